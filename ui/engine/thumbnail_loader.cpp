// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/thumbnail_loader.h"

#include "ui/engine/picture_image.h"

namespace ocellus {

ThumbnailLoader::ThumbnailLoader(QObject* parent) : QObject(parent) {}

void ThumbnailLoader::request(const std::filesystem::path& path, const DecodeOptions& options)
{
    if (!m_waiting.insert(path).second)
        return;
    m_queue.addBackground([this, path, options](const std::stop_token&) {
        QImage thumbnail;
        try {
            thumbnail =
                toImage(decodePicture(path, options)).scaled(Side, Side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        } catch (...) {
            // A null image: why the picture cannot be read is told when it is predicted or chosen.
            thumbnail = {};
        }
        QMetaObject::invokeMethod(
            this,
            [this, path, thumbnail] {
                if (m_waiting.erase(path) > 0)
                    emit thumbnailReady(path, thumbnail);
            },
            Qt::QueuedConnection);
        return true;
    });
}

void ThumbnailLoader::clear()
{
    m_queue.clearBackground();
    m_waiting.clear();
}

} // namespace ocellus
