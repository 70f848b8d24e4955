// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/thumbnail_store.h"

#include <algorithm>

namespace ocellus {

ThumbnailStore::ThumbnailStore(QObject* parent) : QObject(parent), m_thumbnails(64 << 20)
{
    connect(&m_loader, &ThumbnailLoader::dropped, this, [this](const std::filesystem::path& picture) {
        m_asked.erase(picture.string());
        emit changed(picture); // a view that shows it asks again
    });
    connect(&m_loader, &ThumbnailLoader::thumbnailReady, this,
            [this](const std::filesystem::path& picture, const QImage& thumbnail) {
                m_asked.erase(picture.string());
                m_thumbnails.insert(picture.string(), new QImage(thumbnail),
                                    std::max<qsizetype>(thumbnail.sizeInBytes(), 1));
                emit changed(picture);
            });
}

void ThumbnailStore::setDecodeOptions(const DecodeOptions& options)
{
    if (options == m_options)
        return;
    m_options = options;
    m_loader.clear();
    m_asked.clear();
    m_thumbnails.clear();
}

QImage ThumbnailStore::thumbnail(const std::filesystem::path& picture) const
{
    if (const QImage* known = m_thumbnails.object(picture.string()))
        return *known;
    if (m_asked.insert(picture.string()).second)
        m_loader.request(picture, m_options);
    return {};
}

} // namespace ocellus
