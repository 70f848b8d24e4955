// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/thumbnail_loader.h"

#include "ui/engine/picture_image.h"

namespace ocellus {

ThumbnailLoader::ThumbnailLoader(QObject* parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowestPriority);
}

ThumbnailLoader::~ThumbnailLoader()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void ThumbnailLoader::request(const std::filesystem::path& path, const DecodeOptions& options)
{
    if (!m_waiting.insert(path).second)
        return;
    m_pool.start([this, path, options] {
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
    });
}

void ThumbnailLoader::clear()
{
    m_pool.clear();
    m_waiting.clear();
}

} // namespace ocellus
