// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/thumbnail_loader.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "ui/engine/picture_image.h"

namespace ocellus {

ThumbnailLoader::ThumbnailLoader(ThumbnailCache cache, QObject* parent) : QObject(parent), m_cache(std::move(cache)) {}

void ThumbnailLoader::request(const std::filesystem::path& path, const DecodeOptions& options)
{
    if (std::ranges::find(m_waiting, path, &Wanted::path) != m_waiting.end())
        return;
    m_waiting.insert(m_waiting.begin() + (m_waiting.empty() ? 0 : 1), {path, options});
    if (m_waiting.size() == 1)
        runFront();
    if (m_waiting.size() <= Most)
        return;
    const std::filesystem::path oldest = std::move(m_waiting.back().path);
    m_waiting.pop_back();
    emit dropped(oldest);
}

void ThumbnailLoader::forget(const std::filesystem::path& path)
{
    const auto found = std::ranges::find(m_waiting, path, &Wanted::path);
    if (found == m_waiting.end())
        return;
    if (found != m_waiting.begin()) {
        m_waiting.erase(found);
        return;
    }
    stopFront();
    m_waiting.pop_front();
    runFront();
}

void ThumbnailLoader::clear()
{
    stopFront();
    m_waiting.clear();
}

void ThumbnailLoader::stopFront()
{
    ++m_run;
    m_queue.clearBackground();
}

void ThumbnailLoader::runFront()
{
    if (m_waiting.empty())
        return;
    m_queue.addBackground([this, wanted = m_waiting.front(), run = ++m_run](std::stop_token stop) {
        // As stored on their side they are nobody else's.
        const bool isShared = !wanted.options.ignoreExif;
        QImage thumbnail = isShared ? m_cache.find(wanted.path) : QImage();
        PictureFacts facts;
        try {
            if (thumbnail.isNull()) {
                const DecodedPicture decoded = decodeWithFacts(wanted.path, wanted.options, Progress(stop));
                thumbnail = toImage(decoded.picture).scaled(Side, Side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
                facts = decoded.facts;
                if (isShared && facts == PictureFacts())
                    m_cache.keep(wanted.path, thumbnail);
            }
        } catch (...) {
            // A null image: why the picture cannot be read is told when it is predicted or chosen.
            thumbnail = {};
        }
        if (stop.stop_requested())
            return false;
        QMetaObject::invokeMethod(
            this,
            [this, run, thumbnail, facts] {
                if (run == m_run && !m_waiting.empty())
                    take(thumbnail, facts);
            },
            Qt::QueuedConnection);
        return true;
    });
}

void ThumbnailLoader::take(const QImage& thumbnail, const PictureFacts& facts)
{
    const std::filesystem::path path = std::move(m_waiting.front().path);
    m_waiting.pop_front();
    runFront();
    emit thumbnailReady(path, thumbnail, facts);
}

} // namespace ocellus
