// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/picture_filter_proxy.h"

#include <algorithm>

#include "ui/models/picture_list_model.h"

namespace ocellus {

namespace {

QString fileName(const QModelIndex& index)
{
    return index.data(PictureListModel::PathRole).toString().section(QLatin1Char('/'), -1);
}

} // namespace

PictureFilterProxy::PictureFilterProxy(QObject* parent)
    : QSortFilterProxyModel(parent),
      m_collator(QLocale(QLocale::English)) // the C locale knows no numbers
{
    setDynamicSortFilter(true);
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    sort(0);
}

void PictureFilterProxy::setOrder(PictureOrder order)
{
    if (order == m_order)
        return;
    m_order = order;
    invalidate();
}

void PictureFilterProxy::setGrouped(bool grouped)
{
    if (grouped == m_grouped)
        return;
    m_grouped = grouped;
    invalidate();
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {GroupTitleRole});
}

QVariant PictureFilterProxy::data(const QModelIndex& index, int role) const
{
    return role == GroupTitleRole && index.isValid() ? groupTitle(index.row())
                                                     : QSortFilterProxyModel::data(index, role);
}

QString PictureFilterProxy::groupTitle(int row) const
{
    if (!m_grouped)
        return {};
    const QString folder = index(row, 0).data(PictureListModel::FolderRole).toString();
    const bool isFirst = row == 0 || index(row - 1, 0).data(PictureListModel::FolderRole).toString() != folder;
    return isFirst ? folder : QString();
}

int PictureFilterProxy::compareTexts(const QModelIndex& left, const QModelIndex& right, int role) const
{
    return m_collator.compare(left.data(role).toString(), right.data(role).toString());
}

int PictureFilterProxy::compare(const QModelIndex& left, const QModelIndex& right) const
{
    const auto isDone = [](const QModelIndex& index) {
        return index.data(PictureListModel::PredictedClassRole).toInt() >= 0;
    };
    const auto byProbability = [](const QModelIndex& low, const QModelIndex& high) {
        const double difference = low.data(PictureListModel::ProbabilityRole).toDouble() -
                                  high.data(PictureListModel::ProbabilityRole).toDouble();
        return (difference > 0) - (difference < 0);
    };
    if (m_grouped || m_order == PictureOrder::Folder)
        if (const int folders = compareTexts(left, right, PictureListModel::FolderRole); folders != 0)
            return folders;
    switch (m_order) {
    case PictureOrder::Opened: return 0;
    case PictureOrder::File:
    case PictureOrder::Folder: return m_collator.compare(fileName(left), fileName(right));
    case PictureOrder::Prediction:
    case PictureOrder::Confidence: break;
    }
    if (isDone(left) != isDone(right))
        return isDone(left) ? -1 : 1;
    if (m_order == PictureOrder::Confidence)
        return byProbability(left, right);
    const int classes = compareTexts(left, right, PictureListModel::PredictionRole);
    return classes != 0 ? classes : byProbability(right, left);
}

bool PictureFilterProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const int order = compare(left, right);
    return order != 0 ? order < 0 : left.row() < right.row();
}

void PictureFilterProxy::setFilterText(const QString& text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateRowsFilter();
}

void PictureFilterProxy::setOnlyMisclassified(bool only)
{
    m_onlyMisclassified = only;
    invalidateRowsFilter();
}

bool PictureFilterProxy::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const
{
    Q_ASSERT(!sourceParent.isValid());
    const auto* pictures = static_cast<const PictureListModel*>(sourceModel());
    if (m_onlyMisclassified && pictures->verdict(sourceRow) != PictureListModel::Verdict::Wrong)
        return false;
    return m_words.isEmpty() || pictures->holds(sourceRow, m_words);
}

} // namespace ocellus
