// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/effects_panel.h"

#include <algorithm>
#include <utility>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/compare/document_comparison.h"
#include "ui/compare/lazy_refresh.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/figures/elided_name.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/provenance.h"
#include "ui/widgets/class_text.h"

namespace ocellus {

namespace {

constexpr int LeastName = 90; // pixels

NumberTableModel* classModel(QObject* parent)
{
    using Words = EffectsPanel;
    return new NumberTableModel(
        Words::tr("Class"), ClassSubject,
        {{Words::tr("Change"), Words::tr("Logit after less before"), 2, true},
         {Words::tr("Before"), Words::tr("Logit before"), 2, false},
         {Words::tr("After"), Words::tr("Logit after"), 2, false},
         {Words::tr("Probability"), Words::tr("Its change: softmax over the classes that take part"), 3, true},
         {Words::tr("Rank before"), {}, 0, false},
         {Words::tr("Rank after"), {}, 0, false},
         {Words::tr("Rank change"), Words::tr("Above 0: fell behind"), 0, true}},
        parent);
}

NumberTableModel* headModel(QObject* parent)
{
    using Words = EffectsPanel;
    return new NumberTableModel(
        Words::tr("Map"), HeadSubject,
        {{Words::tr("Map distance"),
          Words::tr("Jensen-Shannon distance of the maps before and after: 0 equal, 1 no cell in common"), 3, false},
         {Words::tr("In mask before"), Words::tr("Share of the map inside the mask"), 3, false},
         {Words::tr("In mask after"), Words::tr("Share of the map inside the mask"), 3, false},
         {Words::tr("Change"), Words::tr("Share inside the mask, after less before"), 3, true},
         {Words::tr("Worth"),
          Words::tr("What the map adds to the class's logit in the edited picture, beside looking everywhere "
                    "alike"),
          2, true}},
        parent);
}

/// Names that keep their epithet where the column is narrow.
class NameDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const int margin =
            option->widget->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, option, option->widget) + 1;
        if (option->rect.isValid())
            option->text = elidedName(option->text, option->rect.width() - 2 * margin, QFontMetricsF(option->font));
    }
};

/// Names take half of the room at most: the numbers beside them are what is looked for.
void fitColumns(QTableView& table)
{
    table.resizeColumnsToContents();
    table.setColumnWidth(0, std::min(table.columnWidth(0), std::max(table.viewport()->width() / 2, LeastName)));
}

std::optional<double> changeOf(const MapEffect& effect)
{
    if (!effect.inMaskBefore || !effect.inMaskAfter)
        return {};
    return *effect.inMaskAfter - *effect.inMaskBefore;
}

} // namespace

EffectsPanel::EffectsPanel(QWidget* parent)
    : QWidget(parent),
      m_classes(classModel(this)),
      m_heads(headModel(this)),
      m_verdict(new ClassText(this)),
      m_controls(new QToolButton(this)),
      m_tabs(new QTabWidget(this)),
      m_classTable(addTable(m_classes, tr("Classes"))),
      m_headTable(addTable(m_heads, tr("Maps"))),
      m_export(new QPushButton(tr("Export as CSV…"), this))
{
    connect(m_verdict, &ClassText::classChosen, this, &EffectsPanel::classChosen);
    m_controls->setObjectName(QStringLiteral("controls"));
    m_controls->setText(tr("Draw controls"));
    m_controls->setToolTip(
        tr("Does the same change at random other places, and shows where this one falls among them"));
    m_controls->setFocusPolicy(Qt::StrongFocus);
    connect(m_controls, &QToolButton::clicked, this, &EffectsPanel::controlsRequested);
    m_tabs->setDocumentMode(true);
    m_tabs->setCornerWidget(m_export);
    auto* layout = new QVBoxLayout(this);
    auto* words = new QHBoxLayout;
    words->addWidget(m_verdict, 1);
    words->addWidget(m_controls, 0, Qt::AlignTop);
    layout->addLayout(words);
    layout->addWidget(m_tabs, 1);
    connect(m_classTable, &QTableView::activated, this,
            [this](const QModelIndex& index) { emit classChosen(index.data(NumberTableModel::KeyRole).toInt()); });
    connect(m_headTable, &QTableView::activated, this,
            [this](const QModelIndex& index) { emit headChosen(index.data(NumberTableModel::KeyRole).toInt()); });
    connect(m_export, &QPushButton::clicked, this, &EffectsPanel::requestExport);
    setComparison({});
}

QTableView* EffectsPanel::addTable(NumberTableModel* model, const QString& title)
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(model);
    sorted->setSortRole(NumberTableModel::SortRole);
    auto* table = new QTableView(m_tabs);
    table->setModel(sorted);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder); // as they come: by rank, by head
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->setAccessibleName(title);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
    table->horizontalHeader()->setHighlightSections(false);
    table->setItemDelegateForColumn(0, new NameDelegate(table));
    m_tabs->addTab(table, title);
    return table;
}

void EffectsPanel::follow(Document& document, LiveAnswer& answer)
{
    auto* refresh =
        new LazyRefresh(this, [this, &document, &answer] { setComparison(comparisonOf(document, answer)); });
    connect(&answer, &LiveAnswer::explanationChanged, refresh, &LazyRefresh::ask);
    connect(&document.editor(), &PictureEditor::selectedEditChanged, refresh, &LazyRefresh::ask);
    connect(this, &EffectsPanel::classChosen, &document, &Document::setCurrentClass);
    connect(this, &EffectsPanel::headChosen, &document, &Document::setHead);
}

void EffectsPanel::setComparison(const EditComparison& comparison)
{
    m_comparison = comparison;
    const bool isEmpty = comparison.isEmpty();
    m_verdict->setMarkedText(isEmpty ? tr("Edit the picture to see here what that changes.")
                                     : markedVerdict(comparison));
    QFont font = this->font();
    font.setBold(!isEmpty && comparison.classes.flips());
    m_verdict->setFont(font);
    m_tabs->setVisible(!isEmpty);
    m_tabs->setTabVisible(m_tabs->indexOf(m_classTable), isEmpty || !comparison.classes.classes.empty());
    m_controls->setVisible(!isEmpty);
    fillClasses();
    fillHeads();
}

void EffectsPanel::setImportance(const std::vector<float>& ofHeads)
{
    if (ofHeads == m_importance)
        return;
    m_importance = ofHeads;
    fillHeads();
}

void EffectsPanel::fillClasses()
{
    const ClassEffects& effects = m_comparison.classes;
    std::vector<NumberTableModel::Row> rows;
    for (const ClassEffect& effect : effects.classes) {
        const bool isTop = effect.rankBefore == 1 || effect.rankAfter == 1;
        rows.push_back({effect.classIndex,
                        m_comparison.nameOf(effect.classIndex),
                        {effect.logitChange(), effect.logitBefore, effect.logitAfter, effect.probabilityChange(),
                         effect.rankBefore, effect.rankAfter, effect.rankChange()},
                        isTop && effects.flips()});
    }
    m_classes->setRows(std::move(rows));
    fitColumns(*m_classTable);
}

void EffectsPanel::fillHeads()
{
    std::vector<NumberTableModel::Row> rows;
    for (const MapEffect& effect : m_comparison.maps) {
        const bool isMean = rows.size() + 1 == m_comparison.maps.size();
        const auto head = static_cast<std::size_t>(effect.head);
        const auto importance =
            isMean || head >= m_importance.size() ? std::optional<double>() : std::optional<double>(m_importance[head]);
        rows.push_back({effect.head,
                        isMean ? FigureText::mean() : FigureText::headOf(m_comparison.after, effect.head),
                        {effect.distance, effect.inMaskBefore, effect.inMaskAfter, changeOf(effect), importance}});
    }
    m_heads->setRows(std::move(rows));
    fitColumns(*m_headTable);
}

void EffectsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    for (QTableView* table : {m_classTable, m_headTable})
        fitColumns(*table);
}

void EffectsPanel::requestExport()
{
    const std::vector<CsvColumn> belongsTo = provenanceOfClass(m_comparison.after);
    if (m_tabs->currentWidget() == m_headTable) {
        emit exportRequested(QStringLiteral("effects-heads.csv"), csvOf(m_comparison.maps, belongsTo));
        return;
    }
    std::vector<std::string> names;
    for (const QString& name : m_comparison.classNames)
        names.push_back(name.toStdString());
    emit exportRequested(QStringLiteral("effects-classes.csv"), csvOf(m_comparison.classes, names, belongsTo));
}

QString EffectsPanel::verdictText() const
{
    return m_verdict->plainText();
}

} // namespace ocellus
