// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_form.h"

#include <algorithm>
#include <climits>

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "core/explain/source_table.h"
#include "ui/figures/map_names.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

QString fromText(const std::string& text)
{
    return QString::fromStdString(text);
}

/// "p1" as it is, "through-weights" as words.
QString labelOf(const SourceOption& option)
{
    return atBeginning(fromText(option.key).replace('-', ' '));
}

} // namespace

SourceForm::SourceForm(QWidget* parent)
    : QWidget(parent),
      m_table(std::make_unique<SourceTable>()),
      m_choice(new QComboBox),
      m_unfold(new QToolButton),
      m_options(new QWidget),
      m_form(new QFormLayout(m_options)),
      m_problem(new QLabel)
{
    setFocusProxy(m_choice);
    m_choice->setAccessibleName(tr("Source of the maps"));
    m_choice->setToolTip(tr("What makes the maps: the model itself, or another explainer"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(8);
    for (const auto& source : m_table->sources())
        m_choice->addItem(fromText(source->traits().name), fromText(source->traits().id));
    m_ownId = m_choice->itemData(0).toString();
    m_unfold->setText(tr("Options"));
    m_unfold->setAccessibleName(tr("Options of the source"));
    m_unfold->setCheckable(true);
    m_unfold->setArrowType(Qt::RightArrow);
    m_unfold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_unfold->setFocusPolicy(Qt::StrongFocus);
    m_form->setContentsMargins({});
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_options->hide();
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto* label = new QLabel(tr("&Maps of"));
    label->setBuddy(m_choice);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_choice, 1);
    row->addWidget(m_unfold);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_options);
    layout->addWidget(m_problem);
    connect(m_choice, &QComboBox::activated, this, &SourceForm::choose);
    connect(m_unfold, &QToolButton::toggled, this, [this](bool unfolded) {
        m_unfold->setArrowType(unfolded ? Qt::DownArrow : Qt::RightArrow);
        m_options->setVisible(unfolded && m_form->rowCount() > 0);
    });
    showSource();
}

SourceForm::~SourceForm() = default;

void SourceForm::setModel(const ModelDescription& model)
{
    auto* items = qobject_cast<QStandardItemModel*>(m_choice->model());
    m_ownId.clear();
    for (int row = 0; row < m_choice->count(); ++row) {
        const ExplanationSource& source = *m_table->sources()[static_cast<std::size_t>(row)];
        const SourceTraits traits = source.traits();
        // What it shows by itself, it has.
        const bool isOwn = row == 0 && model.offer.maps != MapSubject::None;
        const QString why = isOwn ? QString() : fromText(source.unfit(model));
        items->item(row)->setEnabled(why.isEmpty());
        m_choice->setItemText(row, MapNames::source(traits.id, traits.name, model.offer.mapKind));
        m_choice->setItemData(row, why.isEmpty() ? fromText(traits.formula) : tr("Not of this model: %1").arg(why),
                              Qt::ToolTipRole);
        if (why.isEmpty() && m_ownId.isEmpty() && traits.cost != SourceCost::Many)
            m_ownId = fromText(traits.id);
    }
    showSource();
}

void SourceForm::setSource(const SourceText& source)
{
    if (source == m_source)
        return;
    m_source = source;
    showSource();
}

bool SourceForm::areHeadsChosen() const
{
    return m_choice->currentIndex() == 0;
}

void SourceForm::choose(int row)
{
    const QString id = m_choice->itemData(row).toString();
    const SourceText chosen{id == m_ownId ? std::string() : id.toStdString(), {}};
    if (chosen == m_source)
        return;
    m_source = chosen;
    showSource();
    emit sourceChanged(m_source);
}

void SourceForm::showSource()
{
    const int row = m_choice->findData(m_source.source.empty() ? m_ownId : fromText(m_source.source));
    m_choice->setCurrentIndex(std::max(row, 0));
    m_problem->hide();
    buildOptions();
}

void SourceForm::buildOptions()
{
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    // The heads' are the panel's own: layer and tile.
    if (!areHeadsChosen())
        for (const SourceOption& option :
             m_table->sources()[static_cast<std::size_t>(m_choice->currentIndex())]->traits().options) {
            QWidget* control = controlOf(option);
            control->setAccessibleName(labelOf(option));
            control->setToolTip(fromText(option.meaning));
            m_form->addRow(labelOf(option), control);
        }
    m_unfold->setEnabled(m_form->rowCount() > 0);
    m_options->setVisible(m_unfold->isChecked() && m_form->rowCount() > 0);
}

QWidget* SourceForm::controlOf(const SourceOption& option)
{
    const auto known = m_source.options.find(option.key);
    const QString value = fromText(known == m_source.options.end() ? option.standard : known->second);
    switch (option.kind) {
    case SourceOption::Kind::Flag: {
        auto* box = new QCheckBox;
        box->setChecked(value == QLatin1String("yes"));
        connect(box, &QCheckBox::toggled, this,
                [this, option](bool on) { take(option, on ? QStringLiteral("yes") : QStringLiteral("no")); });
        return box;
    }
    case SourceOption::Kind::Whole: {
        auto* box = new QSpinBox;
        box->setRange(static_cast<int>(option.low), static_cast<int>(std::min(option.high, double{INT_MAX})));
        box->setValue(value.toInt());
        box->setKeyboardTracking(false); // each value runs the model
        connect(box, &QSpinBox::valueChanged, this,
                [this, option](int number) { take(option, QString::number(number)); });
        return box;
    }
    case SourceOption::Kind::Choice: {
        auto* box = new QComboBox;
        for (const std::string& choice : option.choices)
            box->addItem(fromText(choice));
        box->setCurrentText(value);
        connect(box, &QComboBox::currentTextChanged, this, [this, option](const QString& text) { take(option, text); });
        return box;
    }
    case SourceOption::Kind::Real:
    case SourceOption::Kind::Text:
    case SourceOption::Kind::Classes: break;
    }
    return lineOf(option, value);
}

QWidget* SourceForm::lineOf(const SourceOption& option, const QString& value)
{
    auto* line = new QLineEdit(value);
    line->setPlaceholderText(fromText(option.standard));
    connect(line, &QLineEdit::editingFinished, this, [this, option, line] { take(option, line->text().trimmed()); });
    return line;
}

/// Refused in words under the form, and then nothing changes.
void SourceForm::take(const SourceOption& option, const QString& value)
{
    const std::string text = value.isEmpty() ? option.standard : value.toStdString();
    SourceText changed{m_choice->currentData().toString().toStdString(), m_source.options};
    changed.options.erase(option.key);
    if (text != option.standard)
        changed.options[option.key] = text;
    try {
        m_table->settings(changed);
    } catch (const Error& error) {
        m_problem->setText(tr("%1: %2").arg(labelOf(option), fromText(error.detail())));
        m_problem->show();
        return;
    }
    m_problem->hide();
    if (changed.options.empty() && fromText(changed.source) == m_ownId)
        changed.source.clear();
    if (changed == m_source)
        return;
    m_source = changed;
    emit sourceChanged(m_source);
}

} // namespace ocellus
