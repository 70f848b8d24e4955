// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <unordered_set>

#include <QCache>
#include <QImage>
#include <QObject>

#include "ui/engine/thumbnail_loader.h"

namespace ocellus {

/// Thumbnails of many pictures within a byte budget, loaded as they are asked for.
class ThumbnailStore : public QObject {
    Q_OBJECT

public:
    explicit ThumbnailStore(QObject* parent = nullptr);

    /// How files are read from now on; what was read otherwise is forgotten.
    void setDecodeOptions(const DecodeOptions& options);

    /// Null while it is on its way, then changed() tells; also where the picture cannot be read.
    QImage thumbnail(const std::filesystem::path& picture) const;

signals:
    void changed(const std::filesystem::path& picture);

private:
    mutable ThumbnailLoader m_loader;
    mutable QCache<std::string, QImage> m_thumbnails; ///< cost in bytes; null images of what cannot be read
    mutable std::unordered_set<std::string> m_asked;
    DecodeOptions m_options;
};

} // namespace ocellus
