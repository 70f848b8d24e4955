// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/picture_section_model.h"

#include <algorithm>
#include <utility>

#include <QDir>
#include <QMimeData>
#include <QRectF>
#include <QSize>

#include "ui/dataset/dataset_document.h"
#include "ui/dataset/dataset_thumbnails.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr QSize cell{132, 124}; ///< room for a thumbnail and its name, in pixels

} // namespace

PictureSectionModel::PictureSectionModel(const DatasetDocument& dataset, DatasetThumbnails& thumbnails, QObject* parent)
    : QAbstractListModel(parent),
      m_dataset(dataset),
      m_thumbnails(thumbnails)
{
    connect(&thumbnails, &DatasetThumbnails::ready, this, [this](int picture) {
        if (const int row = rowOf(picture); row >= 0)
            emit dataChanged(index(row), index(row), {Qt::DecorationRole});
    });
}

void PictureSectionModel::setPictures(std::vector<int> pictures)
{
    if (pictures == m_pictures) {
        if (!m_pictures.empty())
            emit dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_pictures = std::move(pictures);
    endResetModel();
}

int PictureSectionModel::rowOf(int picture) const
{
    const auto found = std::ranges::lower_bound(m_pictures, picture);
    return found != m_pictures.end() && *found == picture ? static_cast<int>(found - m_pictures.begin()) : -1;
}

void PictureSectionModel::setRemarks(QStringList remarks)
{
    m_remarks = std::move(remarks);
}

int PictureSectionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_pictures.size());
}

QVariant PictureSectionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int picture = m_pictures[static_cast<std::size_t>(index.row())];
    const auto at = static_cast<std::size_t>(picture);
    if (at >= std::min(m_dataset.dataset().pictures.size(), m_dataset.state().members.size()))
        return {}; // another data set is there, and setPictures() is yet to follow
    const DatasetPicture& file = m_dataset.dataset().pictures[at];
    const DatasetMember& member = m_dataset.state().members[at];
    switch (role) {
    case Qt::DisplayRole: return toQString(file.path.filename());
    case Qt::DecorationRole: return m_thumbnails.of(picture);
    case Qt::ToolTipRole: return toolTip(picture);
    case Qt::SizeHintRole: return cell;
    case Qt::AccessibleTextRole:
        return QStringList{toQString(file.path.filename()), QString::fromStdString(member.className), remark(picture)}
            .join(QStringLiteral(", "));
    case PictureRole: return picture;
    case RemarkRole: return remark(picture);
    case BoxRole:
        if (!member.box || file.size.width < 1 || file.size.height < 1)
            return QRectF();
        return QRectF(static_cast<double>(member.box->left) / file.size.width,
                      static_cast<double>(member.box->top) / file.size.height,
                      static_cast<double>(member.box->width) / file.size.width,
                      static_cast<double>(member.box->height) / file.size.height);
    default: return {};
    }
}

QString PictureSectionModel::toolTip(int picture) const
{
    const DatasetPicture& file = m_dataset.dataset().pictures.at(static_cast<std::size_t>(picture));
    const DatasetMember& member = m_dataset.state().members.at(static_cast<std::size_t>(picture));
    QStringList lines{QDir::toNativeSeparators(toQString(file.path)), QString::fromStdString(member.className)};
    if (file.size.width > 0)
        lines << tr("%1 × %2 pixels").arg(file.size.width).arg(file.size.height);
    if (!member.excluded.empty())
        lines << tr("Left out: %1").arg(QString::fromStdString(member.excluded));
    if (const QString wrong = remark(picture); !wrong.isEmpty())
        lines << wrong;
    for (std::size_t i = 0; i < file.columns.size() && i < m_dataset.dataset().columns.size(); ++i)
        if (!file.columns[i].empty())
            lines << QStringLiteral("%1: %2").arg(QString::fromStdString(m_dataset.dataset().columns[i]),
                                                  QString::fromStdString(file.columns[i]));
    // As written: names from files are no markup.
    return QStringLiteral("<p style='white-space:pre'>%1</p>").arg(lines.join('\n').toHtmlEscaped());
}

Qt::ItemFlags PictureSectionModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QStringList PictureSectionModel::mimeTypes() const
{
    return {datasetPictureDragType()};
}

QMimeData* PictureSectionModel::mimeData(const QModelIndexList& indexes) const
{
    QByteArrayList numbers;
    for (const QModelIndex& index : indexes)
        numbers << QByteArray::number(index.data(PictureRole).toInt());
    auto* data = new QMimeData;
    data->setData(datasetPictureDragType(), numbers.join('\n'));
    return data;
}

std::vector<int> draggedDatasetPictures(const QMimeData& data, const DatasetDocument& dataset)
{
    std::vector<int> pictures;
    const auto count = static_cast<int>(dataset.dataset().pictures.size());
    for (const QByteArray& number : data.data(datasetPictureDragType()).split('\n')) {
        bool isNumber = false;
        const int picture = number.toInt(&isNumber);
        if (isNumber && picture >= 0 && picture < count)
            pictures.push_back(picture);
    }
    std::ranges::sort(pictures);
    const auto repeated = std::ranges::unique(pictures);
    pictures.erase(repeated.begin(), repeated.end());
    return pictures;
}

QString datasetPictureDragType()
{
    return QStringLiteral("application/x-ocellus-dataset-pictures");
}

} // namespace ocellus
