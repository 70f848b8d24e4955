// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/class_filter_proxy.h"

#include <cmath>

#include "ui/models/class_list_model.h"

namespace ocellus {

ClassFilterProxy::ClassFilterProxy(ClassListModel& model, QObject* parent)
    : QSortFilterProxyModel(parent),
      m_model(model)
{
    setDynamicSortFilter(true);
    // Before the proxy's own answers to the same signals.
    connect(&model, &ClassListModel::namesChanged, this, &ClassFilterProxy::search);
    setSourceModel(&model);
}

void ClassFilterProxy::setFilterText(const QString& text)
{
    m_text = text;
    search();
    // Not invalidateRowsFilter(): it moves rows run by run, which takes the square of their number.
    invalidate();
}

void ClassFilterProxy::search()
{
    m_found = m_text.trimmed().isEmpty() ? std::vector<bool>() : m_model.find(m_text);
}

void ClassFilterProxy::setOnlyActive(bool onlyActive)
{
    if (m_onlyActive == onlyActive)
        return;
    m_onlyActive = onlyActive;
    invalidate();
}

bool ClassFilterProxy::filterAcceptsRow(int sourceRow, const QModelIndex&) const
{
    if (m_onlyActive && !m_model.isActive(sourceRow) && !m_model.isPinned(sourceRow))
        return false;
    return m_found.empty() || m_found[static_cast<std::size_t>(sourceRow)];
}

bool ClassFilterProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    // Descending order turns this answer round: what always comes first must then be "greater".
    const bool ascending = sortOrder() == Qt::AscendingOrder;
    const bool leftPinned = m_model.isPinned(left.row());
    if (leftPinned != m_model.isPinned(right.row()))
        return leftPinned == ascending;
    const bool leftExcluded = m_model.isExcluded(left.row());
    if (leftExcluded != m_model.isExcluded(right.row()))
        return leftExcluded != ascending;
    if (left.column() == ClassListModel::Name && m_model.hasNames()) {
        const int order = m_model.className(left.row()).compare(m_model.className(right.row()), Qt::CaseInsensitive);
        return order != 0 ? order < 0 : left.row() < right.row();
    }
    const double leftNumber = m_model.sortNumber(left.row(), left.column());
    const double rightNumber = m_model.sortNumber(right.row(), right.column());
    if (std::isnan(leftNumber) != std::isnan(rightNumber))
        return std::isnan(rightNumber) == ascending;
    if (!std::isnan(leftNumber) && leftNumber != rightNumber)
        return leftNumber < rightNumber;
    return ascending ? left.row() < right.row() : left.row() > right.row();
}

} // namespace ocellus
