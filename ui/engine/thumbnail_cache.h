// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QImage>
#include <QString>

namespace ocellus {

/// Thumbnails on disk, where file managers keep theirs and find ours: the freedesktop Thumbnail Managing Standard, in
/// its size "large" (256 pixels).
///
/// Only ours are taken from there: they say that the file was decoded without anything out of the ordinary, which one
/// of another program does not. Can be used on any thread.
class ThumbnailCache {
public:
    static constexpr int Side = 256; ///< pixels of the longer side, at most

    /// `folder` holds the folders of the sizes.
    explicit ThumbnailCache(QString folder = usualFolder());

    /// XDG_CACHE_HOME/thumbnails.
    static QString usualFolder();

    /// Null where there is none of the file as it is now.
    QImage find(const std::filesystem::path& picture) const;
    /// Of a file that was decoded without any remark. What cannot be written is done without.
    void keep(const std::filesystem::path& picture, const QImage& thumbnail) const;

private:
    QString fileOf(const QString& uri) const;

    QString m_folder;
};

} // namespace ocellus
