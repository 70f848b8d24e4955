// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_form.h"

#include <algorithm>
#include <variant>

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

#include "core/edit/edit.h"
#include "core/edit/edit_json.h"
#include "ui/edit_panel/operation_form.h"
#include "ui/edit_panel/starting_operation.h"
#include "ui/experiment/region_form.h"
#include "ui/figures/control_text.h"
#include "ui/figures/edit_text.h"

namespace ocellus {

namespace {

constexpr int mostControls = 20;
constexpr int asSelected = -1; ///< in the place of an operation's kind

QComboBox* narrowCombo(QWidget* parent)
{
    auto* combo = new QComboBox(parent);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(10);
    return combo;
}

} // namespace

ExperimentForm::ExperimentForm(QWidget* parent)
    : QWidget(parent),
      m_region(new RegionForm(this)),
      m_operation(narrowCombo(this)),
      m_parameters(new OperationForm(this, OperationForm::About::Nothing)),
      m_selectedEdit(new QLabel(this)),
      m_pictures(narrowCombo(this)),
      m_controls(new QSpinBox(this)),
      m_purpose(new QLabel(this)),
      m_place(narrowCombo(this))
{
    addOperations();
    m_pictures->addItems({tr("All open pictures"), QString()});
    m_controls->setRange(0, mostControls);
    m_controls->setSpecialValueText(tr("None"));
    m_place->addItems({tr("On the animal (estimated)"), tr("Anywhere")});
    for (QLabel* words : {m_selectedEdit, m_purpose}) {
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
    }
    arrange();
    setShownClass(-1, {});
    showOperation();
    connect(m_operation, &QComboBox::currentIndexChanged, this, &ExperimentForm::showOperation);
    connect(m_controls, &QSpinBox::valueChanged, this, [this](int count) {
        m_place->setEnabled(count > 0);
        showPurpose(count);
        emit changed();
    });
    m_place->setEnabled(false);
    showPurpose(0);
    connect(m_parameters, &OperationForm::operationChanged, this, &ExperimentForm::changed);
    connect(m_region, &RegionForm::changed, this, &ExperimentForm::changed);
    connect(m_operation, &QComboBox::currentIndexChanged, this, &ExperimentForm::changed);
    connect(m_pictures, &QComboBox::currentIndexChanged, this, &ExperimentForm::changed);
}

void ExperimentForm::showPurpose(int controls)
{
    const QString text = controls == 0
                             ? tr("Without controls nobody knows whether any other change would have done the same.")
                             : fewControlsText(static_cast<std::size_t>(controls));
    m_purpose->setText(text);
    m_purpose->setVisible(!text.isEmpty());
}

void ExperimentForm::addOperations()
{
    for (std::size_t kind = 0; kind < std::variant_size_v<Operation>; ++kind)
        if (const Operation operation = operationOfKind(kind); !changesGeometry(operation))
            m_operation->addItem(operationKind(operation), static_cast<int>(kind));
    m_operation->addItem(tr("As the selected edit"), asSelected);
    m_operation->setCurrentIndex(m_operation->findData(static_cast<int>(Operation(MeanFill()).index())));
}

void ExperimentForm::arrange()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    const auto addRows = [layout] {
        auto* rows = new QFormLayout;
        rows->setRowWrapPolicy(QFormLayout::WrapLongRows);
        rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        layout->addLayout(rows);
        return rows;
    };
    const auto add = [](QFormLayout* rows, const QString& label, QWidget* control, const QString& toolTip) {
        control->setToolTip(toolTip);
        rows->addRow(label, control);
    };
    layout->addWidget(heading(tr("1  Where")));
    layout->addWidget(m_region);
    layout->addWidget(heading(tr("2  What to do there")));
    QFormLayout* change = addRows();
    add(change, tr("O&peration:"), m_operation, tr("What is done to the region of each picture"));
    change->addRow(m_parameters);
    change->addRow(m_selectedEdit);
    layout->addWidget(heading(tr("3  To which pictures")));
    add(addRows(), tr("Pict&ures:"), m_pictures, tr("As their files are, without the edits that were made to them"));
    layout->addWidget(heading(tr("4  Against what")));
    QFormLayout* controls = addRows();
    add(controls, tr("Co&ntrols:"), m_controls, tr("How often the same edit is done elsewhere in each picture"));
    add(controls, tr("&Where:"), m_place, tr("Where the controls lie"));
    layout->addWidget(m_purpose);
}

QLabel* ExperimentForm::heading(const QString& text)
{
    auto* label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    constexpr int above = 8;
    label->setContentsMargins(0, above, 0, 0);
    return label;
}

/// The fields of all groups begin at one place.
void ExperimentForm::alignLabels() const
{
    QList<QWidget*> labels;
    for (const QFormLayout* rows : findChildren<QFormLayout*>())
        for (int row = 0; row < rows->rowCount(); ++row)
            if (const QLayoutItem* item = rows->itemAt(row, QFormLayout::LabelRole); item && item->widget())
                labels << item->widget();
    int widest = 0;
    for (const QWidget* label : labels)
        widest = std::max(widest, label->sizeHint().width());
    for (QWidget* label : labels)
        label->setMinimumWidth(widest);
}

bool ExperimentForm::isAsSelected() const
{
    return m_operation->currentData().toInt() == asSelected;
}

void ExperimentForm::showOperation()
{
    m_parameters->setVisible(!isAsSelected());
    m_selectedEdit->setVisible(isAsSelected());
    if (!isAsSelected() && m_parameters->operation().index() != m_operation->currentData().toUInt())
        m_parameters->setOperation(startingOperation(m_operation->currentData().toUInt(), {}, {}), {});
    m_selectedEdit->setText(m_selected ? operationName(*m_selected) : whyNot());
    alignLabels();
}

void ExperimentForm::setSelectedEdit(const std::optional<Operation>& operation)
{
    m_selected = operation;
    showOperation();
    emit changed();
}

void ExperimentForm::setShownClass(int classIndex, const QString& label)
{
    m_pictures->setItemText(1, classIndex < 0 ? tr("Those of the shown class") : tr("Those of %1").arg(label));
    m_region->setClass(classIndex, label);
}

EditRecipe ExperimentForm::recipe() const
{
    EditRecipe recipe;
    m_region->fill(recipe);
    recipe.operation = isAsSelected() && m_selected ? *m_selected : m_parameters->operation();
    return recipe;
}

nlohmann::json ExperimentForm::choices() const
{
    return {{"region", m_region->choices()},
            {"asSelected", isAsSelected()},
            {"operation", jsonOf(m_parameters->operation())},
            {"pictures", m_pictures->currentIndex()},
            {"controls", m_controls->value()},
            {"place", m_place->currentIndex()}};
}

void ExperimentForm::setChoices(EditReader& reader, const nlohmann::json& choices)
{
    reader.requireKeys(choices, "an experiment's form",
                       {"region", "asSelected", "operation", "pictures", "controls", "place"});
    const Operation operation = reader.operation(choices["operation"]);
    const bool asSelectedEdit = reader.boolean(choices["asSelected"], "asSelected");
    const int kind = m_operation->findData(asSelectedEdit ? asSelected : static_cast<int>(operation.index()));
    if (kind < 0)
        reader.fail("expected an operation that leaves the picture's size alone");
    const int pictures = reader.integer(choices["pictures"], "pictures", 0, m_pictures->count() - 1);
    const int controls = reader.integer(choices["controls"], "controls", 0, mostControls);
    const int place = reader.integer(choices["place"], "place", 0, m_place->count() - 1);
    m_region->setChoices(reader, choices["region"]);
    m_operation->setCurrentIndex(kind);
    if (!changesGeometry(operation))
        m_parameters->setOperation(operation, {});
    m_pictures->setCurrentIndex(pictures);
    m_controls->setValue(controls);
    m_place->setCurrentIndex(place);
    showOperation();
    emit changed();
}

QString ExperimentForm::whyNot() const
{
    if (isAsSelected() && !m_selected)
        return tr("No edit of a part of the shown picture is selected: make one, or choose an operation here.");
    return m_region->whyNot();
}

ExperimentForm::Pictures ExperimentForm::pictures() const
{
    return m_pictures->currentIndex() == 0 ? Pictures::AllOpen : Pictures::OfShownClass;
}

int ExperimentForm::controls() const
{
    return m_controls->value();
}

bool ExperimentForm::onAnimal() const
{
    return m_place->currentIndex() == 0;
}

} // namespace ocellus
