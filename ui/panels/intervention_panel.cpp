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

/// What is found in the whole picture alone cannot be taken from places of it.
bool hasPlace(const Decoding& shown, int classIndex, int number)
{
    if (shown.tree())
        return true;
    const auto part = shown.part(shown.extent().layers - 1, number, classIndex);
    return !part || !part->isGlobal();
}

/// What controls say of maps of a kind.
struct KindWords {
    QString intro; ///< of the class %1, where that matters
    QString without;
    QString rule;
    QString loser;
    QString above;
};

KindWords headWords()
{
    return {InterventionPanel::tr("Takes heads or cells away from what %1 sees in the last layer, and asks for its "
                                  "logit again. No other class's logit depends on it."),
            InterventionPanel::tr("Without these heads"),
            InterventionPanel::tr("What happens to the cells that the buttons name; what is left of a head still sums "
                                  "to 1"),
            InterventionPanel::tr("The head that loses the cells"),
            InterventionPanel::tr("The cells that get more attention than this from the head, as the model computed "
                                  "it")};
}

KindWords prototypeWords()
{
    return {InterventionPanel::tr("Takes prototypes of %1 away, whole or from places, and adds up the logits again. "
                                  "Other classes lose them too, each by its own weight for them."),
            InterventionPanel::tr("Without these prototypes"),
            InterventionPanel::tr("What happens to the cells that the buttons name; a prototype is looked for in what "
                                  "is left"),
            InterventionPanel::tr("The prototype that loses the cells"),
            InterventionPanel::tr("The cells that are more like the prototype than this, as the model computed it")};
}

KindWords nodeWords()
{
    KindWords words = prototypeWords();
    words.intro = InterventionPanel::tr(
        "Takes the prototypes of nodes away, whole or from places: what is gone counts as similarity 0, and where "
        "nothing is found the picture goes left. The way and every class's probability are worked out again. A node "
        "off the way is chosen in the tree.");
    words.without = InterventionPanel::tr("Without these nodes");
    words.loser = InterventionPanel::tr("The node whose prototype loses the cells");
    return words;
}

KindWords conceptWords()
{
    return {InterventionPanel::tr("Takes concepts away, whole or from places: attention to them is 0 there. The other "
                                  "concepts keep theirs, and every class's logit loses what is gone."),
            InterventionPanel::tr("Without these concepts"),
            InterventionPanel::tr("What happens to the cells that the buttons name: attention to the concept is 0 "
                                  "there"),
            InterventionPanel::tr("The concept that loses the cells"),
            InterventionPanel::tr("The cells that attend to the concept more than this, as the model computed it")};
}

KindWords kindWords(MapKind kind)
{
    switch (kind) {
    case MapKind::Prototype: return prototypeWords();
    case MapKind::Node: return nodeWords();
    case MapKind::Concept: return conceptWords();
    case MapKind::Head: break;
    }
    return headWords();
}

/// What a head's button does.
QString removalText(const MapNames& names, int number)
{
    switch (names.kind()) {
    case MapKind::Prototype: return InterventionPanel::tr("As if %1 gave nothing to any class").arg(names.name(number));
    case MapKind::Node:
        return InterventionPanel::tr("As if the prototype of %1 were found nowhere: the picture goes left there")
            .arg(names.name(number));
    case MapKind::Concept: return InterventionPanel::tr("As if nothing attended to %1").arg(names.name(number));
    case MapKind::Head: break;
    }
    return InterventionPanel::tr("Head %1 contributes nothing").arg(number + 1);
}

QString allText(MapKind kind)
{
    switch (kind) {
    case MapKind::Prototype: return InterventionPanel::tr("All of the class's prototypes");
    case MapKind::Node: return InterventionPanel::tr("All of these nodes");
    case MapKind::Concept: return InterventionPanel::tr("All concepts");
    case MapKind::Head: break;
    }
    return InterventionPanel::tr("All heads");
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
    connect(m_head, &QComboBox::activated, this, [this](int place) {
        showCrosshair();
        if (const auto head = headAt(place))
            emit headChosen(*head);
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

/// What there are buttons for: heads or, of a tree, the branches on the way, in its order, and then what else was taken
/// away or chosen.
std::vector<int> InterventionPanel::removable() const
{
    if (!hasMaps())
        return {};
    const Decoding& shown = *m_subject.decoding;
    if (!shown.tree())
        return shown.ownHeads(shown.extent().layers - 1, m_subject.classIndex);
    std::vector<int> numbers;
    const auto add = [&](int number) {
        if (number >= 0 && number < shown.removable() && std::ranges::find(numbers, number) == numbers.end())
            numbers.push_back(number);
    };
    for (const int head : shown.ownHeads(shown.extent().layers - 1, m_subject.classIndex))
        if (const auto part = shown.part(shown.extent().layers - 1, head, m_subject.classIndex))
            add(part->prototype);
    std::ranges::for_each(m_intervention.heads, add);
    for (const auto& [number, cells] : m_intervention.cells)
        add(number);
    add(m_node);
    return numbers;
}

void InterventionPanel::makeHeadButtons()
{
    const MapNames& names = m_subject.names;
    const std::vector<int> numbers = removable();
    QStringList titles;
    for (const int number : numbers)
        titles << names.name(number);
    if (titles == m_titles && numbers == m_numbers)
        return;
    m_titles = titles;
    const QVariant chosen = m_head->currentData();
    m_numbers = numbers;
    for (QAbstractButton* button : m_heads->buttons()) { // one of them may be what was clicked
        m_heads->removeButton(button);
        button->setParent(nullptr);
        button->deleteLater();
    }
    m_head->clear();
    for (std::size_t place = 0; place < numbers.size(); ++place) {
        const QString& title = titles[static_cast<qsizetype>(place)];
        auto* button = new QToolButton;
        button->setText(title.section(u' ', -1)); // its number
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        name(button, tr("Without %1").arg(title), removalText(names, numbers[place]));
        m_heads->addButton(button, numbers[place]);
        m_headGrid->addWidget(button, static_cast<int>(place) / HeadsPerRow, static_cast<int>(place) % HeadsPerRow);
        if (hasPlace(*m_subject.decoding, m_subject.classIndex, numbers[place]))
            m_head->addItem(title.front().toUpper() + title.sliced(1), numbers[place]);
    }
    m_head->addItem(allText(names.kind()), -1);
    m_head->setCurrentIndex(std::max(0, m_head->findData(chosen)));
}

void InterventionPanel::nameControls()
{
    const bool areHeads = m_subject.names.areHeads();
    if (hasMaps() && areHeads != m_areHeads) { // a similarity is never as far above its mean as attention is
        m_areHeads = areHeads;
        m_threshold->setValue(areHeads ? usualThreshold : usualSimilarity);
    }
    const KindWords words = kindWords(m_subject.names.kind());
    m_without->setText(words.without);
    m_rule->setToolTip(words.rule);
    m_head->setToolTip(words.loser);
    m_takeAbove->setText(areHeads ? tr("Looked at &above") : tr("Alike &above"));
    m_takeAbove->setToolTip(words.above);
    m_threshold->setToolTip(areHeads ? tr("In multiples of an even spread of attention over the picture")
                                     : tr("In multiples of the map's own mean"));
}

QString InterventionPanel::introText() const
{
    if (!m_subject.canIntervene)
        return tr("Nothing can be taken away by hand from this model: it has neither queries that look at the picture "
                  "last and alone nor prototypes or concepts that are added up. Edit the picture instead to see what "
                  "it needs.");
    if (!hasMaps())
        return tr("Open a model and a picture to change what a class sees.");
    const QString intro = kindWords(m_subject.names.kind()).intro;
    return intro.contains(QStringLiteral("%1")) ? intro.arg(m_subject.className) : intro;
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
    // Of a tree the branches on the way come first; there can be fewer than on the longest.
    const bool isTree = hasMaps() && m_subject.decoding->tree();
    const int place = isTree ? head : m_head->findData(head);
    if (hasMaps() && head == m_subject.untouched->extent().heads)
        m_head->setCurrentIndex(m_head->count() - 1);
    else if (place >= 0 && place < m_head->count())
        m_head->setCurrentIndex(place);
    showCrosshair();
}

void InterventionPanel::setNode(int prototype)
{
    m_node = prototype;
    makeHeadButtons();
    showIntervention();
    if (const int place = m_head->findData(prototype); place >= 0)
        m_head->setCurrentIndex(place);
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
        const std::vector<float> map = decoding.removableMap(head, m_subject.classIndex);
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
    const int number = m_head->currentData().toInt();
    if (number >= 0)
        return {number};
    std::vector<int> placed = m_numbers;
    std::erase_if(placed, [this](int each) { return !hasPlace(*m_subject.decoding, m_subject.classIndex, each); });
    return placed;
}

/// Whose map that is: none of a node off the way.
std::optional<int> InterventionPanel::headAt(int place) const
{
    if (!hasMaps())
        return {};
    const Decoding& shown = *m_subject.decoding;
    if (place == m_head->count() - 1)
        return shown.extent().heads;
    if (!shown.tree())
        return m_head->itemData(place).toInt();
    const auto own = shown.ownHeads(shown.extent().layers - 1, m_subject.classIndex);
    return place >= static_cast<int>(own.size()) ? std::nullopt : std::optional(place);
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
    makeHeadButtons();
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
