// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_class_model.h"

#include <algorithm>
#include <numeric>

#include "core/data/name_text.h"
#include "ui/dataset/dataset_document.h"
#include "ui/dataset/dataset_section.h"
#include "ui/dataset/picture_section_model.h"

namespace ocellus {

DatasetClassModel::DatasetClassModel(DatasetDocument& dataset, QObject* parent)
    : QAbstractTableModel(parent),
      m_dataset(dataset)
{
    connect(&dataset, &DatasetDocument::changed, this, &DatasetClassModel::follow);
    follow();
}

void DatasetClassModel::follow()
{
    const auto counts = m_dataset.state().counts();
    const auto& names = m_dataset.state().classNames;
    const bool isSame = std::ranges::equal(names, m_rows, {}, {}, &Row::name);
    if (!isSame)
        beginResetModel();
    m_rows.resize(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        m_rows[i] = {names[i], counts[i]};
    if (!isSame)
        endResetModel();
    else if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int DatasetClassModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DatasetClassModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DatasetClassModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() != Name)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && index.column() == Name)
        return QString::fromStdString(row.name).toHtmlEscaped();
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    const auto count = [&row](PictureSplit split) {
        return static_cast<qulonglong>(row.counts[static_cast<std::size_t>(split)]);
    };
    switch (index.column()) {
    case Name: return QString::fromStdString(row.name);
    case All: return static_cast<qulonglong>(std::accumulate(row.counts.begin(), row.counts.end(), std::size_t{0}));
    case Train: return count(PictureSplit::Train);
    case Val: return count(PictureSplit::Val);
    case Test: return count(PictureSplit::Test);
    default: return {};
    }
}

bool DatasetClassModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() != Name || index.row() >= rowCount())
        return false;
    const std::string before = nameOf(index.row());
    const std::string name = normalised(value.toString().toStdString());
    if (name == before)
        return false;
    // Later: the editor that calls this does not expect the rows to go.
    QMetaObject::invokeMethod(
        this,
        [this, before, name] {
            m_dataset.apply(MergeClasses{{before}, name});
        },
        Qt::QueuedConnection);
    return true;
}

QVariant DatasetClassModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    switch (section) {
    case Name:
        return isTip ? tr("Double click or F2 writes a name anew; the name of another species merges both")
                     : tr("Species");
    case All: return isTip ? tr("Pictures that take part") : tr("All");
    case Train: return isTip ? sectionPurpose(DatasetSection::Train) : tr("Train");
    case Val: return isTip ? sectionPurpose(DatasetSection::Val) : tr("Val");
    case Test: return isTip ? sectionPurpose(DatasetSection::Test) : tr("Test");
    default: return {};
    }
}

Qt::ItemFlags DatasetClassModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemIsDropEnabled;
    return index.column() == Name ? flags | Qt::ItemIsEditable : flags;
}

QStringList DatasetClassModel::mimeTypes() const
{
    return {datasetPictureDragType()};
}

bool DatasetClassModel::canDropMimeData(const QMimeData* data, Qt::DropAction, int, int,
                                        const QModelIndex& parent) const
{
    return parent.isValid() && !draggedDatasetPictures(*data, m_dataset).empty();
}

bool DatasetClassModel::dropMimeData(const QMimeData* data, Qt::DropAction, int, int, const QModelIndex& parent)
{
    const std::vector<int> pictures = draggedDatasetPictures(*data, m_dataset);
    return parent.isValid() && !pictures.empty() && m_dataset.apply(AssignClass{pictures, nameOf(parent.row())});
}

} // namespace ocellus
