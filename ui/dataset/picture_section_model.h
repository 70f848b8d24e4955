// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QAbstractListModel>

class QMimeData;

namespace ocellus {

class DatasetDocument;
class DatasetThumbnails;

/// Some pictures of a data set, by their numbers in it, as a view shows them and drags them.
class PictureSectionModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        PictureRole = Qt::UserRole + 1, ///< int: number in the data set
        BoxRole,                        ///< QRectF: the animal in shares of the picture's sides; null without one
        RemarkRole                      ///< QString: what is wrong with it, or empty
    };

    /// Both must outlive the model.
    PictureSectionModel(const DatasetDocument& dataset, DatasetThumbnails& thumbnails, QObject* parent = nullptr);

    void setPictures(std::vector<int> pictures);
    const std::vector<int>& pictures() const { return m_pictures; }
    int rowOf(int picture) const; ///< -1 where it is none of them
    /// One a picture of the data set, empty where nothing is wrong; may be shorter.
    void setRemarks(QStringList remarks);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

private:
    QString toolTip(int picture) const;
    QString remark(int picture) const { return m_remarks.value(picture); }

    const DatasetDocument& m_dataset;
    DatasetThumbnails& m_thumbnails;
    std::vector<int> m_pictures; ///< ascending
    QStringList m_remarks;
};

/// What is dragged from there; numbers that the data set has not are left out.
std::vector<int> draggedDatasetPictures(const QMimeData& data, const DatasetDocument& dataset);
QString datasetPictureDragType();

} // namespace ocellus
