// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/evaluation_form.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include "ui/widgets/elided_label.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

QToolButton* menuButton(const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(EvaluationForm::tr("Choose"));
    button->setAccessibleName(name);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setMenu(new QMenu(button));
    return button;
}

} // namespace

EvaluationForm::EvaluationForm(QWidget* parent)
    : QWidget(parent),
      m_source(menuButton(tr("Choose the pictures"), this)),
      m_sourceText(new ElidedLabel(this)),
      m_parts(new QComboBox(this)),
      m_unusual(menuButton(tr("Choose unusual pictures"), this)),
      m_unusualText(new ElidedLabel(this)),
      m_start(new QPushButton(tr("Ev&aluate"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_progress(new QProgressBar(this)),
      m_left(new QLabel(this)),
      m_whyNot(plainLabel(this))
{
    const auto add = [this](const QString& text, Source source) {
        return m_source->menu()->addAction(text, this, [this, source] { emit sourceWanted(source); });
    };
    m_takeOpen = add(tr("The &open data set"), Source::OpenDataset);
    add(tr("A &folder with a folder a species…"), Source::Folder);
    add(tr("A &data set's file…"), Source::DatasetFile);
    m_unusual->menu()->addAction(tr("A &folder…"), this, [this] { emit unusualWanted(true); });
    m_unusual->menu()->addAction(tr("&None"), this, [this] { emit unusualWanted(false); });
    m_unusual->setToolTip(tr("Pictures of none of the classes: insects, drawings, empty backgrounds. With them it is "
                             "measured how well the model tells that a picture is none of its own."));
    m_parts->setAccessibleName(tr("Part of the data set"));
    m_progress->setAccessibleName(tr("Pictures of the evaluation"));

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(new QLabel(tr("Pictures:"), this), 0, 0);
    layout->addWidget(m_source, 0, 1);
    layout->addWidget(m_sourceText, 0, 2);
    layout->addWidget(m_parts, 0, 3);
    layout->addWidget(m_start, 0, 4);
    layout->addWidget(new QLabel(tr("Unusual ones:"), this), 1, 0);
    layout->addWidget(m_unusual, 1, 1);
    layout->addWidget(m_unusualText, 1, 2, 1, 2);
    layout->addWidget(m_cancel, 1, 4);
    layout->addWidget(m_progress, 2, 0, 1, 4);
    layout->addWidget(m_left, 2, 4);
    layout->addWidget(m_whyNot, 3, 0, 1, 5);
    layout->setColumnStretch(2, 1);
    connect(m_start, &QPushButton::clicked, this, &EvaluationForm::startRequested);
    connect(m_cancel, &QPushButton::clicked, this, &EvaluationForm::cancelRequested);
    connect(m_parts, &QComboBox::activated, this, &EvaluationForm::partChanged);
    setUnusual(tr("none"), {});
    setWhyNot({});
    setParts({}, {});
}

void EvaluationForm::setSource(const QString& text, const QString& toolTip)
{
    m_sourceText->setText(text);
    m_sourceText->setToolTip(Qt::convertFromPlainText(toolTip.isEmpty() ? text : toolTip));
    m_sourceText->setAccessibleName(text);
}

void EvaluationForm::setCanTakeOpen(bool can)
{
    m_takeOpen->setEnabled(can);
}

void EvaluationForm::setParts(const std::vector<PartChoice>& parts, std::optional<PictureSplit> chosen)
{
    m_parts->clear();
    for (const PartChoice& choice : parts)
        m_parts->addItem(choice.text, choice.part ? static_cast<int>(*choice.part) : -1);
    m_parts->setCurrentIndex(m_parts->findData(chosen ? static_cast<int>(*chosen) : -1));
    m_parts->setVisible(!parts.empty());
}

std::optional<PictureSplit> EvaluationForm::part() const
{
    const QVariant chosen = m_parts->currentData();
    return chosen.isValid() && chosen.toInt() >= 0 ? std::optional(static_cast<PictureSplit>(chosen.toInt()))
                                                   : std::nullopt;
}

void EvaluationForm::setUnusual(const QString& text, const QString& toolTip)
{
    m_unusualText->setText(text);
    m_unusualText->setToolTip(Qt::convertFromPlainText(toolTip.isEmpty() ? text : toolTip));
    m_unusualText->setAccessibleName(text);
}

void EvaluationForm::setWhyNot(const QString& why)
{
    m_whyNot->setText(why);
    m_whyNot->setVisible(!why.isEmpty());
    updateButtons();
}

void EvaluationForm::setRunning(bool running)
{
    if (running != m_running) {
        m_progress->setRange(0, 0); // until it is known how many there are
        m_left->clear();
    }
    m_running = running;
    updateButtons();
}

void EvaluationForm::setProgress(int done, int total, const QString& left)
{
    m_progress->setRange(0, total);
    m_progress->setValue(done);
    m_progress->setFormat(tr("%v of %m pictures"));
    m_left->setText(left);
}

void EvaluationForm::updateButtons()
{
    m_start->setEnabled(!m_running && m_whyNot->text().isEmpty());
    m_start->setDefault(true);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_progress, m_cancel, m_left})
        widget->setVisible(m_running);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_source, m_parts, m_unusual})
        widget->setEnabled(!m_running);
}

} // namespace ocellus
