// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_thumbnails.h"

#include "ui/dataset/dataset_document.h"

namespace ocellus {

namespace {

constexpr qsizetype budget = qsizetype{150} << 20; // about 800 thumbnails of 256 x 192 pixels

} // namespace

DatasetThumbnails::DatasetThumbnails(const DatasetDocument& dataset, QObject* parent)
    : QObject(parent),
      m_dataset(dataset),
      m_images(budget)
{
    connect(&dataset, &DatasetDocument::replaced, this, &DatasetThumbnails::clear);
    connect(&m_loader, &ThumbnailLoader::dropped, this, [this](const std::filesystem::path& path) {
        if (const auto found = m_pictureOfPath.find(path.string()); found != m_pictureOfPath.end())
            m_asked.erase(found->second);
    });
    connect(&m_loader, &ThumbnailLoader::thumbnailReady, this,
            [this](const std::filesystem::path& path, const QImage& thumbnail) {
                const auto found = m_pictureOfPath.find(path.string());
                if (found == m_pictureOfPath.end() || thumbnail.isNull())
                    return;
                m_asked.erase(found->second);
                m_images.insert(found->second, new QImage(thumbnail), thumbnail.sizeInBytes());
                emit ready(found->second);
            });
}

QImage DatasetThumbnails::of(int picture)
{
    if (const QImage* image = m_images.object(picture))
        return *image;
    followPaths();
    if (m_asked.insert(picture).second)
        m_loader.request(m_dataset.dataset().pictures.at(static_cast<std::size_t>(picture)).path, DecodeOptions());
    return {};
}

void DatasetThumbnails::clear()
{
    m_loader.clear();
    m_pictureOfPath.clear();
    m_images.clear();
    m_asked.clear();
}

/// Pictures are added at the end, and none ever leaves.
void DatasetThumbnails::followPaths()
{
    const auto& pictures = m_dataset.dataset().pictures;
    for (std::size_t i = m_pictureOfPath.size(); i < pictures.size(); ++i)
        m_pictureOfPath.emplace(pictures[i].path.string(), static_cast<int>(i));
}

} // namespace ocellus
