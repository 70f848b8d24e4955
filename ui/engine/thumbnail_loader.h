// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>

#include <QImage>
#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/image/decode.h"

namespace ocellus {

/// Decodes pictures to thumbnails on a thread of its own, one after the other.
class ThumbnailLoader : public QObject {
    Q_OBJECT

public:
    static constexpr int Side = 256; ///< pixels of the longer side

    explicit ThumbnailLoader(QObject* parent = nullptr);

    /// Does nothing while the same path is on its way.
    void request(const std::filesystem::path& path, const DecodeOptions& options);
    /// The picture has gone: its thumbnail never comes.
    void forget(const std::filesystem::path& path);
    /// Forgets everything that was asked for.
    void clear();

signals:
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

    std::deque<Wanted> m_waiting; // the front is being decoded
    std::uint64_t m_run = 0;      // of the front; thumbnails of older runs are dropped
    LatestWinsQueue m_queue;      // last: it goes first, and waits for what cannot be stopped of the one being decoded
};

} // namespace ocellus
