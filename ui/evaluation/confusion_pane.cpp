// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/confusion_pane.h"

#include <algorithm>
#include <set>
#include <utility>

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/data/class_selection.h"
#include "ui/compare/number_table_model.h"
#include "ui/evaluation/confusion_view.h"
#include "ui/evaluation/evaluated_pictures_model.h"
#include "ui/evaluation/pair_maps.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int gap = 6;
constexpr int iconSide = 84; ///< pixels

QToolButton* toolButton(const QString& text, const QString& toolTip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

ConfusionPane::ConfusionPane(ThumbnailStore& thumbnails, PairMaps* maps, QWidget* parent)
    : QWidget(parent),
      m_pictures(new EvaluatedPicturesModel(thumbnails, this)),
      m_pairRows(new NumberTableModel(tr("Most confused"), std::nullopt,
                                      {{tr("Pictures"), tr("Of both, that were taken for the other"), 0, false},
                                       {tr("→"), tr("Of the first, named as the second"), 0, false},
                                       {tr("←"), tr("Of the second, named as the first"), 0, false}},
                                      this)),
      m_view(new ConfusionView(this)),
      m_maps(maps),
      m_order(new QComboBox(this)),
      m_least(new QSpinBox(this)),
      m_pairs(new QTableView(this)),
      m_title(plainLabel(this)),
      m_list(new QListView(this)),
      m_compare(new QPushButton(tr("Com&pare the two"), this)),
      m_shown(new QLabel(this))
{
    auto* left = new QWidget(this);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins({});
    leftLayout->addWidget(makeBar());
    leftLayout->addWidget(m_view, 1);
    auto* halves = new QSplitter(this);
    halves->addWidget(left);
    halves->addWidget(makeRight());
    halves->setChildrenCollapsible(false);
    halves->setSizes({600, 480});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->addWidget(halves);

    connect(m_order, &QComboBox::activated, this, &ConfusionPane::arrange);
    connect(m_least, &QSpinBox::valueChanged, this, &ConfusionPane::arrange);
    connect(m_view, &ConfusionView::cellChosen, this, &ConfusionPane::showCell);
    connect(m_view, &ConfusionView::cellActivated, this, [this] {
        m_list->setFocus();
        m_list->setCurrentIndex(m_pictures->index(0));
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { choosePicture(current.row()); });
    connect(m_list, &QListView::activated, this, &ConfusionPane::compare);
    connect(m_compare, &QPushButton::clicked, this, &ConfusionPane::compare);
    setFindings(nullptr, {});
}

QWidget* ConfusionPane::makeBar()
{
    m_order->addItem(tr("By similarity"), static_cast<int>(ClassArrangement::Similarity));
    m_order->addItem(tr("By name"), static_cast<int>(ClassArrangement::Name));
    m_order->addItem(tr("By genus"), static_cast<int>(ClassArrangement::Genus));
    m_order->addItem(tr("As in the model"), static_cast<int>(ClassArrangement::Model));
    m_order->setAccessibleName(tr("Order of the classes"));
    m_order->setToolTip(tr("By similarity: classes that the model finds alike stand beside each other"));
    m_least->setRange(0, 999);
    m_least->setPrefix(tr("confused ≥ "));
    m_least->setSpecialValueText(tr("all classes"));
    m_least->setAccessibleName(tr("Fewest pictures of a confusion"));
    m_least->setToolTip(tr("Only classes with so many pictures that were named as one other class, or the other way"));
    auto* smaller = toolButton(QStringLiteral("−"), tr("Smaller cells (−)"), this);
    auto* larger = toolButton(QStringLiteral("+"), tr("Larger cells (+)"), this);
    auto* fit = toolButton(tr("F&it"), tr("All of the matrix (0)"), this);
    auto* next = toolButton(tr("&Next"), tr("The confusion with the next most pictures (N)"), this);
    connect(smaller, &QToolButton::clicked, this, [this] { m_view->zoom(-1); });
    connect(larger, &QToolButton::clicked, this, [this] { m_view->zoom(1); });
    connect(fit, &QToolButton::clicked, m_view, &ConfusionView::fit);
    connect(next, &QToolButton::clicked, m_view, &ConfusionView::chooseNextConfusion);
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    for (QWidget* widget : std::initializer_list<QWidget*>{m_order, m_least, smaller, larger, fit, next})
        layout->addWidget(widget);
    layout->addStretch(1);
    layout->addWidget(m_shown);
    return bar;
}

QWidget* ConfusionPane::makeRight()
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_pairRows);
    sorted->setSortRole(NumberTableModel::SortRole);
    m_pairs->setModel(sorted);
    m_pairs->setAccessibleName(tr("Most confused pairs"));
    m_pairs->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_pairs->setSelectionMode(QAbstractItemView::SingleSelection);
    m_pairs->setSortingEnabled(true);
    m_pairs->sortByColumn(1, Qt::DescendingOrder);
    m_pairs->verticalHeader()->hide();
    m_pairs->setTabKeyNavigation(false);
    m_pairs->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_pairs->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    connect(m_pairs->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { choosePair(current.data(NumberTableModel::KeyRole).toInt()); });

    m_list->setModel(m_pictures);
    m_list->setViewMode(QListView::IconMode);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMovement(QListView::Static);
    m_list->setIconSize({iconSide, iconSide});
    m_list->setGridSize({iconSide + 2 * gap, iconSide + 2 * gap + fontMetrics().height()});
    m_list->setMinimumHeight(m_list->gridSize().height() + 2 * gap); // a whole row
    m_list->setAccessibleName(tr("Pictures of the chosen cell"));
    m_compare->setToolTip(tr("Opens the picture in Compare, with what it is and what it was named as"));

    auto* pictures = new QWidget(this);
    auto* picturesLayout = new QVBoxLayout(pictures);
    picturesLayout->setContentsMargins({});
    auto* heading = new QHBoxLayout;
    heading->addWidget(m_title, 1);
    heading->addWidget(m_compare, 0, Qt::AlignTop);
    picturesLayout->addLayout(heading);
    picturesLayout->addWidget(m_list, 1);
    auto* right = new QSplitter(Qt::Vertical, this);
    right->addWidget(m_pairs);
    right->addWidget(pictures);
    right->addWidget(m_maps);
    right->setSizes({110, 160, 360});
    right->setChildrenCollapsible(false);
    return right;
}

void ConfusionPane::setFindings(std::shared_ptr<const EvaluationFindings> findings, const QStringList& names)
{
    m_findings = std::move(findings);
    m_names = names;
    m_pictures->setFindings(m_findings, names);
    // A choice that cannot be made says so by being grey.
    auto* orders = qobject_cast<QStandardItemModel*>(m_order->model());
    const int genus = m_order->findData(static_cast<int>(ClassArrangement::Genus));
    const bool isTaxonKnown = m_findings && hasGenera(m_findings->report.table());
    orders->item(genus)->setEnabled(isTaxonKnown);
    orders->item(genus)->setToolTip(isTaxonKnown ? QString() : tr("The classes have no Latin names"));
    if (!isTaxonKnown && m_order->currentIndex() == genus)
        m_order->setCurrentIndex(0);
    fillPairs();
    arrange();
    showTitle(m_findings ? tr("Choose a cell or a pair to see its pictures.") : QString());
}

void ConfusionPane::setWhyNoMaps(const QString& why)
{
    if (why == m_whyNoMaps)
        return;
    m_whyNoMaps = why;
    m_pictures->setIsOfOpenModel(why.isEmpty());
    m_compare->setEnabled(chosenRow() >= 0 && why.isEmpty());
    choosePicture(chosenRow());
}

void ConfusionPane::fillPairs()
{
    std::vector<NumberTableModel::Row> rows;
    if (m_findings) {
        const std::vector<ConfusedPair> pairs = m_findings->report.evaluation.confusedPairs();
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const ConfusedPair& pair = pairs[i];
            // The direction with more pictures reads from left to right.
            const bool turned = pair.secondAsFirst > pair.firstAsSecond;
            const int from = turned ? pair.second : pair.first, to = turned ? pair.first : pair.second;
            rows.push_back({static_cast<int>(i),
                            tr("%1 → %2").arg(m_names.value(from), m_names.value(to)),
                            {pair.total(), turned ? pair.secondAsFirst : pair.firstAsSecond,
                             turned ? pair.firstAsSecond : pair.secondAsFirst}});
        }
    }
    m_pairRows->setRows(std::move(rows));
}

void ConfusionPane::choosePair(int row)
{
    if (!m_findings || row < 0)
        return;
    const std::vector<ConfusedPair> pairs = m_findings->report.evaluation.confusedPairs();
    if (row >= static_cast<int>(pairs.size()))
        return;
    const ConfusedPair& pair = pairs[static_cast<std::size_t>(row)];
    const bool turned = pair.secondAsFirst > pair.firstAsSecond;
    const int from = turned ? pair.second : pair.first, to = turned ? pair.first : pair.second;
    const ConfusionTable& table = m_view->table();
    if (table.placeOf(from) >= 0 && table.placeOf(to) >= 0)
        m_view->choose(table.placeOf(from), table.placeOf(to));
    m_pictures->showCell(from, to, true);
    showTitle(tr("%1 and %2, taken for each other in %n picture(s)", nullptr, pair.total())
                  .arg(m_names.value(from), m_names.value(to)));
}

void ConfusionPane::arrange()
{
    if (!m_findings) {
        m_view->setTable({});
        m_shown->clear();
        return;
    }
    const Evaluation& evaluation = m_findings->report.evaluation;
    const std::vector<int> involved = evaluation.involvedClasses();
    std::vector<int> classes = arranged(involved, static_cast<ClassArrangement>(m_order->currentData().toInt()),
                                        m_findings->report.table(), m_findings->alike);
    if (const int least = m_least->value(); least > 0) {
        std::set<int> confused;
        for (const auto& [pair, pictures] : evaluation.confusion())
            if (pair.first != pair.second && pictures >= least)
                confused.insert({pair.first, pair.second});
        std::erase_if(classes, [&confused](int classIndex) { return !confused.contains(classIndex); });
    }
    m_shown->setText(tr("%1 of %2 classes").arg(classes.size()).arg(involved.size()));
    m_view->setTable(ConfusionTable(evaluation, std::move(classes), m_names));
}

void ConfusionPane::showCell(int trueClass, int named)
{
    m_pictures->showCell(trueClass, named, false);
    const ConfusionTable& table = m_view->table();
    showTitle(table.text(table.placeOf(trueClass), table.placeOf(named)));
}

void ConfusionPane::showMistakesOf(int trueClass)
{
    m_pictures->showMistakesOf(trueClass);
    showTitle(
        tr("%1: %n picture(s) named as something else", nullptr, m_pictures->rowCount()).arg(m_names.value(trueClass)));
}

void ConfusionPane::showTitle(const QString& title)
{
    m_title->setText(title);
    m_compare->setEnabled(false);
    m_maps->showText(m_pictures->rowCount() == 0 ? QString()
                     : m_whyNoMaps.isEmpty() ? tr("Choose a picture to see where the model looked for each of the two.")
                                             : m_whyNoMaps);
}

int ConfusionPane::chosenRow() const
{
    return m_list->currentIndex().row();
}

void ConfusionPane::choosePicture(int row)
{
    const EvaluatedOne* one = m_pictures->at(row);
    m_compare->setEnabled(one && m_whyNoMaps.isEmpty());
    if (!m_whyNoMaps.isEmpty())
        m_maps->showText(m_whyNoMaps);
    else if (one)
        m_maps->show(one->picture, one->outcome.trueClass, one->outcome.predicted);
}

void ConfusionPane::compare()
{
    if (const EvaluatedOne* one = m_pictures->at(chosenRow()); one && m_whyNoMaps.isEmpty())
        emit comparisonWanted(one->picture.file.path, one->outcome.trueClass, one->outcome.predicted);
}

} // namespace ocellus
