// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>

#include <QImage>
#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/image/decode.h"
#include "ui/engine/thumbnail_cache.h"

namespace ocellus {

/// Decodes pictures to thumbnails, or takes those that it kept before, on a thread of its own, one after the other.
class ThumbnailLoader : public QObject {
    Q_OBJECT

public:
    static constexpr int Side = ThumbnailCache::Side; ///< pixels of the longer side
    static constexpr std::size_t Most = 256;          ///< that wait; a list that is scrolled fast asks for more

    explicit ThumbnailLoader(ThumbnailCache cache = ThumbnailCache(), QObject* parent = nullptr);

    /// The newest is decoded next. Does nothing while the same path is on its way.
    void request(const std::filesystem::path& path, const DecodeOptions& options);
    /// The picture has gone: its thumbnail never comes.
    void forget(const std::filesystem::path& path);
    /// Forgets everything that was asked for.
    void clear();

signals:
    /// Too many were asked for since: a view that shows it still asks again.
    void dropped(const std::filesystem::path& path);
    /// A null image where the picture cannot be read.
    void thumbnailReady(const std::filesystem::path& path, const QImage& thumbnail, const ocellus::PictureFacts& facts);

private:
    struct Wanted {
        std::filesystem::path path;
        DecodeOptions options;
    };

    void runFront();
    void stopFront();
    void take(const QImage& thumbnail, const PictureFacts& facts);

    ThumbnailCache m_cache;
    std::deque<Wanted> m_waiting; // the front is being decoded, the others from the newest to the oldest
    std::uint64_t m_run = 0;      // of the front; thumbnails of older runs are dropped
    LatestWinsQueue m_queue;      // last: it goes first, and waits for what cannot be stopped of the one being decoded
};

} // namespace ocellus
