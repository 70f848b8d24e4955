// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include <QCache>
#include <QImage>
#include <QObject>

#include "ui/engine/thumbnail_loader.h"

namespace ocellus {

class DatasetDocument;

/// Thumbnails of a data set's pictures, decoded as views ask for them and kept within a budget of memory.
class DatasetThumbnails : public QObject {
    Q_OBJECT

public:
    /// `dataset` must outlive this object.
    explicit DatasetThumbnails(const DatasetDocument& dataset, QObject* parent = nullptr);

    /// Null while it is on its way, and for a picture that cannot be read.
    QImage of(int picture);

signals:
    void ready(int picture);

private:
    void clear();
    void followPaths();

    const DatasetDocument& m_dataset;
    std::unordered_map<std::string, int> m_pictureOfPath;
    QCache<int, QImage> m_images;    ///< cost in bytes
    std::unordered_set<int> m_asked; ///< on their way, or without a thumbnail
    ThumbnailLoader m_loader;
};

} // namespace ocellus
