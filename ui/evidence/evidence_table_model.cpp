// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/evidence_table_model.h"

#include <algorithm>

#include "ui/figures/evidence_text.h"

namespace ocellus {

namespace {

enum Column { Map, Verdict, FirstTest };

QString shortName(const EvidenceSheet& sheet, const EvidenceMap& map)
{
    return map.source == "mean" ? EvidenceTableModel::tr("Mean") : EvidenceText::title(sheet, map);
}

} // namespace

void EvidenceTableModel::setSheet(const EvidenceSheet& sheet, const std::vector<EvidenceMap>& maps)
{
    beginResetModel();
    m_sheet = sheet;
    m_maps = maps;
    m_tests.clear();
    for (const EvidenceTest test : {EvidenceTest::Cover, EvidenceTest::Importance, EvidenceTest::Deletion,
                                    EvidenceTest::Insertion, EvidenceTest::Pointing})
        if (std::ranges::any_of(sheet.rows(), [test](const auto& row) { return row.finding.test == test; }))
            m_tests.push_back(test);
    endResetModel();
}

int EvidenceTableModel::rowOf(const EvidenceMap& map) const
{
    const auto found = std::ranges::find(m_maps, map);
    return found == m_maps.end() ? -1 : static_cast<int>(found - m_maps.begin());
}

int EvidenceTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_maps.size());
}

int EvidenceTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstTest + static_cast<int>(m_tests.size());
}

QVariant EvidenceTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const EvidenceMap& map = m_maps.at(static_cast<std::size_t>(index.row()));
    const EvidenceVerdict verdict = m_sheet.verdict(map);
    const bool isVerdict = index.column() == Verdict;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return isVerdict ? EvidenceText::verdictMeaning(verdict) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == Map)
        return shortName(m_sheet, map);
    if (isVerdict)
        return EvidenceText::mark(verdict) + QLatin1Char(' ') + EvidenceText::verdict(verdict);
    return EvidenceText::cell(m_sheet, map, m_tests.at(static_cast<std::size_t>(index.column() - FirstTest)));
}

QVariant EvidenceTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section >= FirstTest)
        return tr("The number, its p among what chance does, over all heads, and how many these were");
    if (role != Qt::DisplayRole)
        return {};
    if (section == Map)
        return tr("map");
    if (section == Verdict)
        return tr("verdict");
    return EvidenceText::column(m_tests.at(static_cast<std::size_t>(section - FirstTest)));
}

} // namespace ocellus
