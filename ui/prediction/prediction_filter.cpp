// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_filter.h"

#include "ui/prediction/prediction_table_model.h"

namespace ocellus {

PredictionFilter::PredictionFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(PredictionTableModel::SortRole);
}

void PredictionFilter::show(Show what)
{
    m_show = what;
    invalidateFilter();
}

bool PredictionFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto is = [&index](PredictionTableModel::Role role) { return index.data(role).toBool(); };
    switch (m_show) {
    case Show::All: return true;
    case Show::Unchecked: return !is(PredictionTableModel::CheckedRole) && !is(PredictionTableModel::FailedRole);
    case Show::Unusual: return is(PredictionTableModel::UnusualRole);
    case Show::Unsure: return is(PredictionTableModel::UnsureRole);
    case Show::Checked: return is(PredictionTableModel::CheckedRole);
    case Show::Corrected: return is(PredictionTableModel::CorrectedRole);
    case Show::Failed: return is(PredictionTableModel::FailedRole);
    }
    return true;
}

} // namespace ocellus
