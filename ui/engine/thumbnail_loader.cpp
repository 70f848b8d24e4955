// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/thumbnail_loader.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "ui/engine/picture_image.h"

namespace ocellus {

ThumbnailLoader::ThumbnailLoader(QObject* parent) : QObject(parent) {}

void ThumbnailLoader::request(const std::filesystem::path& path, const DecodeOptions& options)
{
    if (std::ranges::find(m_waiting, path, &Wanted::path) != m_waiting.end())
        return;
    m_queue.addBackground([this, path, options, generation = m_generation](const std::stop_token&) {
        QImage thumbnail;
        PictureFacts facts;
        try {
            const DecodedPicture decoded = decodeWithFacts(path, options);
            thumbnail = toImage(decoded.picture).scaled(Side, Side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
            facts = decoded.facts;
        } catch (...) {
            // A null image: why the picture cannot be read is told when it is predicted or chosen.
            thumbnail = {};
        }
        if (stop.stop_requested())
            return false;
        QMetaObject::invokeMethod(
            this,
            [this, path, thumbnail, facts, generation] {
                // What was asked for before clear() was read with other options, perhaps.
                if (generation == m_generation && m_waiting.erase(path) > 0)
                    emit thumbnailReady(path, thumbnail, facts);
            },
            Qt::QueuedConnection);
        return true;
    });
}

void ThumbnailLoader::take(const QImage& thumbnail)
{
    m_queue.clearBackground();
    m_waiting.clear();
    ++m_generation;
}

} // namespace ocellus
