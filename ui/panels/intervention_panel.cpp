// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/intervention_panel.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/intervention_text.h"

namespace ocellus {

namespace {

constexpr int HeadsPerRow = 8;
constexpr double usualThreshold = 2, usualSimilarity = 1.2; // times uniform, and times the map's mean

enum Rule { TakeAway, KeepOnly };

QLabel* wrappedLabel()
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

void name(QWidget* widget, const QString& accessibleName, const QString& toolTip)
{
    widget->setAccessibleName(accessibleName);
    widget->setToolTip(toolTip);
}

std::vector<int> together(const std::vector<int>& a, const std::vector<int>& b)
{
    std::vector<int> result;
    std::ranges::set_union(a, b, std::back_inserter(result));
    return result;
}

/// What of `from` is not in `taken`.
std::vector<int> without(const std::vector<int>& from, const std::vector<int>& taken)
{
    std::vector<int> result;
    std::ranges::set_difference(from, taken, std::back_inserter(result));
    return result;
}

std::vector<int> upTo(int count)
{
    std::vector<int> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

} // namespace

InterventionPanel::InterventionPanel(QWidget* parent)
    : QWidget(parent),
      m_intro(wrappedLabel()),
      m_without(new QLabel),
      m_controls(new QWidget),
      m_note(wrappedLabel()),
      m_effect(wrappedLabel()),
      m_heads(new QButtonGroup(this)),
      m_clear(new QPushButton(tr("&Give everything back")))
{
    m_heads->setExclusive(false);
    QFont bold = m_note->font();
    bold.setBold(true);
    m_note->setFont(bold);
    m_note->setAccessibleName(tr("What is taken away"));
    m_effect->setAccessibleName(tr("What the model answers"));
    m_effect->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_clear->setToolTip(tr("The attention as the model computed it"));
    connect(m_clear, &QPushButton::clicked, this, &InterventionPanel::clear);

    auto* controls = new QVBoxLayout(m_controls);
    controls->setContentsMargins({});
    controls->addLayout(buildHeads());
    controls->addLayout(buildCells());
    controls->addWidget(m_note);
    controls->addWidget(m_effect);
    controls->addWidget(m_clear);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_intro);
    layout->addWidget(m_controls);
    layout->addStretch();
    connect(m_heads, &QButtonGroup::idToggled, this, &InterventionPanel::toggleHead);
    showSubject();
}

QLayout* InterventionPanel::buildHeads()
{
    m_headGrid = new QGridLayout;
    m_headGrid->setSpacing(2);
    m_headGrid->setColumnStretch(HeadsPerRow, 1);
    auto* column = new QVBoxLayout;
    column->addWidget(m_without);
    column->addLayout(m_headGrid);
    return column;
}

QLayout* InterventionPanel::buildCells()
{
    m_rule = new QComboBox;
    m_rule->addItems({tr("Take away"), tr("Keep only")});
    m_rule->setAccessibleName(tr("Take cells away, or keep them only"));
    m_head = new QComboBox;
    m_head->setAccessibleName(tr("Whose cells"));
    connect(m_head, &QComboBox::activated, this, [this](int head) {
        showCrosshair();
        emit headChosen(head);
    });
    connect(m_rule, &QComboBox::currentIndexChanged, this, &InterventionPanel::showCrosshair);

    m_threshold = new QDoubleSpinBox;
    m_threshold->setRange(0, 100'000);
    m_threshold->setSingleStep(0.5);
    m_threshold->setValue(usualThreshold);
    m_threshold->setSuffix(tr(" \u00d7"));
    m_threshold->setAccessibleName(tr("Threshold, times uniform"));

    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Cells of"), m_head);
    form->addRow(tr("&Rule"), m_rule);
    auto* grid = new QGridLayout;
    m_takeCrosshair = addButton(grid, 0, tr("At the crossha&ir"), tr("The cell under the crosshair of the picture"),
                                &InterventionPanel::takeCrosshair);
    m_takeAbove = addButton(grid, 1, {}, {}, &InterventionPanel::takeAbove);
    grid->addWidget(m_threshold, 1, 1);
    m_takeMask = addButton(grid, 2, tr("Inside the mas&k"),
                           tr("The cells that lie at least half inside what is selected in the picture"),
                           &InterventionPanel::takeMask);
    auto* column = new QVBoxLayout;
    column->addLayout(form);
    column->addLayout(grid);
    return column;
}

QPushButton* InterventionPanel::addButton(QGridLayout* grid, int row, const QString& text, const QString& toolTip,
                                          void (InterventionPanel::*slot)())
{
    auto* button = new QPushButton(text);
    button->setToolTip(toolTip);
    connect(button, &QPushButton::clicked, this, slot);
    grid->addWidget(button, row, 0);
    return button;
}

void InterventionPanel::makeHeadButtons()
{
    const MapNames& names = m_subject.names;
    const int heads = hasMaps() ? m_subject.untouched->extent().heads : 0;
    QStringList titles;
    for (int head = 0; head < heads; ++head)
        titles << names.name(head);
    if (titles == m_titles)
        return;
    m_titles = titles;
    qDeleteAll(m_heads->buttons());
    const int chosen = m_head->currentIndex();
    m_head->clear();
    for (int head = 0; head < heads; ++head) {
        auto* button = new QToolButton;
        button->setText(titles[head].section(u' ', -1)); // its number
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        name(button, tr("Without %1").arg(titles[head]),
             names.areHeads() ? tr("Head %1 contributes nothing").arg(head + 1)
                              : tr("As if %1 were found nowhere, by any class").arg(titles[head]));
        m_heads->addButton(button, head);
        m_headGrid->addWidget(button, head / HeadsPerRow, head % HeadsPerRow);
        m_head->addItem(titles[head].front().toUpper() + titles[head].sliced(1));
    }
    m_head->addItem(names.areHeads() ? tr("All heads") : tr("All of the class's prototypes"));
    m_head->setCurrentIndex(std::clamp(chosen, 0, heads));
}

void InterventionPanel::nameControls()
{
    const bool areHeads = m_subject.names.areHeads();
    if (areHeads != m_areHeads) { // a similarity is never as far above its mean as attention is
        m_areHeads = areHeads;
        m_threshold->setValue(areHeads ? usualThreshold : usualSimilarity);
    }
    m_without->setText(areHeads ? tr("Without these heads") : tr("Without these prototypes"));
    m_rule->setToolTip(
        areHeads ? tr("What happens to the cells that the buttons name; what is left of a head still sums to 1")
                 : tr("What happens to the cells that the buttons name; a prototype is looked for in what is left"));
    m_head->setToolTip(areHeads ? tr("The head that loses the cells") : tr("The prototype that loses the cells"));
    m_takeAbove->setText(areHeads ? tr("Looked at &above") : tr("Alike &above"));
    m_takeAbove->setToolTip(
        areHeads ? tr("The cells that get more attention than this from the head, as the model computed it")
                 : tr("The cells that are more like the prototype than this, as the model computed it"));
    m_threshold->setToolTip(areHeads ? tr("In multiples of an even spread of attention over the picture")
                                     : tr("In multiples of the map's own mean"));
}

QString InterventionPanel::introText() const
{
    if (!m_subject.canIntervene)
        return tr("Nothing can be taken away by hand from this model: it has neither queries that look at the picture "
                  "last and alone nor prototypes that are added up. Edit the picture instead to see what it needs.");
    if (!hasMaps())
        return tr("Open a model and a picture to change what a class sees.");
    return m_subject.names.areHeads()
               ? tr("Takes heads or cells away from what %1 sees in the last layer, and asks for its logit again. No "
                    "other class's logit depends on it.")
                     .arg(m_subject.className)
               : tr("Takes prototypes of %1 away, whole or from places, and adds up the logits again. Other classes "
                    "lose them too, each by its own weight for them.")
                     .arg(m_subject.className);
}

void InterventionPanel::setSubject(const InterventionSubject& subject)
{
    m_subject = subject;
    showSubject();
}

void InterventionPanel::setIntervention(const AttentionIntervention& intervention)
{
    m_intervention = intervention;
    showIntervention();
}

void InterventionPanel::setHead(int head)
{
    if (head >= 0 && head < m_head->count())
        m_head->setCurrentIndex(head);
    showCrosshair();
}

void InterventionPanel::setCrosshair(const std::optional<Cell>& cell)
{
    if (cell == m_crosshair)
        return;
    m_crosshair = cell;
    showCrosshair();
}

void InterventionPanel::setMask(CellsOfMask cells)
{
    m_mask = std::move(cells);
    showCrosshair();
}

void InterventionPanel::toggleHead(int head, bool suppressed)
{
    AttentionIntervention intervention = m_intervention;
    intervention.heads = suppressed ? together(intervention.heads, {head}) : without(intervention.heads, {head});
    change(std::move(intervention));
}

void InterventionPanel::takeCrosshair()
{
    const int cell = *crosshairCell();
    if (m_rule->currentIndex() == KeepOnly || !isAllTaken(cell)) {
        takeCells([cell](int) { return std::vector<int>{cell}; });
        return;
    }
    AttentionIntervention intervention = m_intervention;
    for (const int head : chosenHeads())
        intervention.cells[head] = without(intervention.cells[head], {cell});
    change(std::move(intervention));
}

void InterventionPanel::takeAbove()
{
    const Decoding& decoding = *m_subject.untouched;
    const double least = m_threshold->value() / static_cast<double>(decoding.extent().cells());
    takeCells([&](int head) {
        const auto map = decoding.attention(decoding.extent().layers - 1, head, m_subject.classIndex);
        std::vector<int> above = upTo(static_cast<int>(map.size()));
        std::erase_if(above,
                      [&](int cell) { return static_cast<double>(map[static_cast<std::size_t>(cell)]) <= least; });
        return above;
    });
}

void InterventionPanel::takeMask()
{
    const std::vector<int> cells = m_mask();
    takeCells([&cells](int) { return cells; });
}

/// Takes the cells from the chosen heads, on top of what is gone, or leaves nothing but them; a head for which there is
/// no cell stays as it is.
void InterventionPanel::takeCells(const CellsOfHead& cellsOfHead)
{
    const int count = static_cast<int>(m_subject.untouched->extent().cells());
    AttentionIntervention intervention = m_intervention;
    for (const int head : chosenHeads()) {
        const std::vector<int> cells = cellsOfHead(head);
        if (!cells.empty())
            intervention.cells[head] = m_rule->currentIndex() == KeepOnly ? without(upTo(count), cells)
                                                                          : together(intervention.cells[head], cells);
    }
    if (intervention == m_intervention)
        m_effect->setText(tr("There is no further cell to take."));
    else
        change(std::move(intervention));
}

void InterventionPanel::clear()
{
    change({});
}

void InterventionPanel::change(AttentionIntervention intervention)
{
    std::erase_if(intervention.cells, [](const auto& head) { return head.second.empty(); });
    intervention.classIndex = m_subject.classIndex;
    if (intervention.empty())
        intervention = {};
    intervention.rows = intervention.hasCells() ? m_subject.untouched->extent().rows : 0;
    intervention.columns = intervention.hasCells() ? m_subject.untouched->extent().columns : 0;
    const bool changed = intervention != m_intervention;
    m_intervention = std::move(intervention);
    showIntervention();
    if (changed)
        emit interventionChanged(m_intervention);
}

bool InterventionPanel::hasMaps() const
{
    return m_subject.canIntervene && m_subject.decoding && m_subject.untouched &&
           m_subject.untouched->extent().heads > 0 && m_subject.untouched->hasClass(m_subject.classIndex) &&
           m_subject.decoding->hasClass(m_subject.classIndex);
}

bool InterventionPanel::hasGrid() const
{
    return hasMaps() && !m_subject.isDraft;
}

bool InterventionPanel::isAllTaken(int cell) const
{
    return std::ranges::all_of(chosenHeads(), [&](int head) {
        const auto cells = m_intervention.cells.find(head);
        return cells != m_intervention.cells.end() && std::ranges::binary_search(cells->second, cell);
    });
}

std::vector<int> InterventionPanel::chosenHeads() const
{
    const int heads = m_head->count() - 1;
    return m_head->currentIndex() == heads ? upTo(heads) : std::vector<int>{m_head->currentIndex()};
}

std::optional<int> InterventionPanel::crosshairCell() const
{
    if (!m_crosshair || !hasGrid())
        return std::nullopt;
    const Decoding::Extent& extent = m_subject.untouched->extent();
    if (m_crosshair->row < 0 || m_crosshair->row >= extent.rows || m_crosshair->column < 0 ||
        m_crosshair->column >= extent.columns)
        return std::nullopt;
    return m_crosshair->row * extent.columns + m_crosshair->column;
}

void InterventionPanel::showSubject()
{
    m_controls->setVisible(m_subject.canIntervene);
    makeHeadButtons();
    nameControls();
    m_intro->setText(introText());
    for (QWidget* control : std::initializer_list<QWidget*>{m_head, m_rule})
        control->setEnabled(hasMaps());
    for (QWidget* control : std::initializer_list<QWidget*>{m_threshold, m_takeAbove})
        control->setEnabled(hasGrid());
    showIntervention();
}

void InterventionPanel::showIntervention()
{
    {
        const QSignalBlocker quiet(m_heads);
        for (QAbstractButton* button : m_heads->buttons())
            button->setChecked(std::ranges::binary_search(m_intervention.heads, m_heads->id(button)));
    }
    const QString text = interventionText(m_intervention, m_subject.names);
    m_note->setVisible(!text.isEmpty());
    m_note->setText(text.isEmpty() ? text : text.front().toUpper() + text.sliced(1) + u'.');
    m_clear->setEnabled(!m_intervention.empty());
    m_effect->setVisible(hasMaps());
    if (hasMaps())
        m_effect->setText(m_subject.decoding->intervention() == m_intervention
                              ? interventionEffectText(*m_subject.untouched, *m_subject.decoding, m_subject.classIndex)
                              : tr("The model is being asked."));
    showCrosshair();
}

void InterventionPanel::showCrosshair()
{
    const std::optional<int> cell = crosshairCell();
    m_takeCrosshair->setEnabled(cell.has_value());
    const bool gives = cell && m_rule->currentIndex() == TakeAway && isAllTaken(*cell);
    m_takeCrosshair->setText(gives ? tr("Give back the crossha&ir") : tr("At the crossha&ir"));
    m_takeMask->setEnabled(hasGrid() && m_mask);
}

} // namespace ocellus
