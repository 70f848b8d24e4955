// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/picture_filter_proxy.h"

#include <algorithm>

#include "ui/models/picture_list_model.h"

namespace ocellus {

PictureFilterProxy::PictureFilterProxy(QObject* parent) : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
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
    const QModelIndex index = sourceModel()->index(sourceRow, 0, sourceParent);
    const auto verdict = static_cast<PictureListModel::Verdict>(index.data(PictureListModel::VerdictRole).toInt());
    if (m_onlyMisclassified && verdict != PictureListModel::Verdict::Wrong)
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text =
        QStringList{index.data(Qt::DisplayRole).toString(), index.data(PictureListModel::GroundTruthRole).toString(),
                    index.data(PictureListModel::PredictionRole).toString()}
            .join(QLatin1Char('\n'));
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace ocellus
