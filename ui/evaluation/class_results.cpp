// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/class_results.h"

#include <map>
#include <optional>

#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include "core/analysis/intervals.h"
#include "ui/compare/number_table_model.h"

namespace ocellus {

namespace {

constexpr double percent = 100;

} // namespace

ClassResults::ClassResults(QWidget* parent)
    : QWidget(parent),
      m_rows(new NumberTableModel(
          tr("Class"), ClassSubject,
          {{tr("Pictures"), tr("Of this class in the data"), 0, false},
           {tr("Named rightly"), {}, 0, false},
           {tr("Right, %"), tr("Share of the class's pictures that were named rightly (recall)"), 1, false},
           {tr("At least, %"), tr("Lower end of Wilson's 95 % interval: few pictures leave much open"), 1, false},
           {tr("At most, %"), tr("Upper end of Wilson's 95 % interval"), 1, false},
           {tr("Named so"), tr("Pictures of any class that were named as this one"), 0, false},
           {tr("Of these right, %"), tr("Share of the pictures named so that are of the class (precision)"), 1, false}},
          this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_table(new QTableView(this))
{
    m_sorted->setSourceModel(m_rows);
    m_sorted->setSortRole(NumberTableModel::SortRole);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_sorted);
    m_table->setAccessibleName(tr("Results by class"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(3, Qt::AscendingOrder); // the worst first
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->setToolTip(tr("Return or a double click shows a class's mistakes"));
    auto* filter = new QLineEdit(this);
    filter->setPlaceholderText(tr("Find a class"));
    filter->setAccessibleName(tr("Find a class in the results"));
    filter->setClearButtonEnabled(true);
    connect(filter, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& index) { emit classActivated(index.data(NumberTableModel::KeyRole).toInt()); });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(filter);
    layout->addWidget(m_table, 1);
}

void ClassResults::setIsOfOpenModel(bool isOf)
{
    m_rows->setSubject(isOf ? std::optional(ClassSubject) : std::nullopt);
}

void ClassResults::setEvaluation(const Evaluation& evaluation, const QStringList& names)
{
    std::map<int, int> named;
    for (const auto& [pair, pictures] : evaluation.confusion())
        named[pair.second] += pictures;
    std::vector<NumberTableModel::Row> rows;
    for (const int classIndex : evaluation.involvedClasses()) {
        const auto found = evaluation.classes().find(classIndex);
        const Evaluation::Share share = found == evaluation.classes().end() ? Evaluation::Share() : found->second;
        NumberTableModel::Row& row = rows.emplace_back();
        row.key = classIndex;
        row.name = names.value(classIndex);
        row.values = {share.n, share.correct, {}, {}, {}, named[classIndex], {}};
        if (share.n > 0) {
            const Interval interval = wilsonInterval(share.correct, share.n);
            row.values[2] = percent * share.correct / share.n;
            row.values[3] = percent * interval.low;
            row.values[4] = percent * interval.high;
        }
        if (named[classIndex] > 0)
            row.values[6] = percent * share.correct / named[classIndex];
    }
    m_rows->setRows(std::move(rows));
}

} // namespace ocellus
