// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/class_filter_proxy.h"

#include <algorithm>

#include "ui/models/class_list_model.h"

namespace ocellus {

ClassFilterProxy::ClassFilterProxy(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(ClassListModel::SortRole);
    setDynamicSortFilter(true);
}

void ClassFilterProxy::setFilterText(const QString& text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateRowsFilter();
}

void ClassFilterProxy::setOnlyActive(bool onlyActive)
{
    if (m_onlyActive == onlyActive)
        return;
    m_onlyActive = onlyActive;
    invalidateRowsFilter();
}

bool ClassFilterProxy::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const
{
    const QModelIndex index = sourceModel()->index(sourceRow, 0, sourceParent);
    const bool shown =
        index.data(ClassListModel::ActiveRole).toBool() || index.data(ClassListModel::PinnedRole).toBool();
    if (m_onlyActive && !shown)
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = index.data(ClassListModel::SearchRole).toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool ClassFilterProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    // Descending order turns this answer round: what always comes first must then be "greater".
    const bool ascending = sortOrder() == Qt::AscendingOrder;
    const bool leftPinned = left.data(ClassListModel::PinnedRole).toBool();
    const bool rightPinned = right.data(ClassListModel::PinnedRole).toBool();
    if (leftPinned != rightPinned)
        return leftPinned == ascending;

    const QVariant leftValue = left.data(ClassListModel::SortRole);
    const QVariant rightValue = right.data(ClassListModel::SortRole);
    if (leftValue.isValid() != rightValue.isValid())
        return leftValue.isValid() == ascending;
    if (leftValue.typeId() == QMetaType::QString) {
        const int order = QString::compare(leftValue.toString(), rightValue.toString(), Qt::CaseInsensitive);
        return order != 0 ? order < 0 : left.row() < right.row();
    }
    const double leftNumber = leftValue.toDouble();
    const double rightNumber = rightValue.toDouble();
    if (leftNumber != rightNumber)
        return leftNumber < rightNumber;
    return ascending ? left.row() < right.row() : left.row() > right.row();
}

} // namespace ocellus
