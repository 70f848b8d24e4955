// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/picture_image.h"

#include <new>

namespace ocellus {

QImage toImage(const Picture& picture)
{
    const QImage shared(picture.rgb.data(), picture.size.width, picture.size.height,
                        static_cast<qsizetype>(picture.size.width) * 3, QImage::Format_RGB888);
    QImage copy = shared.convertToFormat(QImage::Format_RGB32);
    if (copy.isNull() && !picture.empty())
        throw std::bad_alloc();
    return copy;
}

QStringList noticesOf(const PictureFacts& facts)
{
    QStringList words;
    for (const std::string& notice : notices(facts))
        words << QString::fromStdString(notice);
    return words;
}

Picture toPicture(const QImage& image)
{
    const QImage straight = image.convertToFormat(QImage::Format_RGB888);
    if (straight.isNull() && !image.isNull())
        throw std::bad_alloc();
    Picture picture{{straight.width(), straight.height()}, {}};
    const qsizetype row = 3 * static_cast<qsizetype>(straight.width());
    picture.rgb.reserve(static_cast<std::size_t>(row) * static_cast<std::size_t>(straight.height()));
    for (int y = 0; y < straight.height(); ++y)
        picture.rgb.insert(picture.rgb.end(), straight.constScanLine(y), straight.constScanLine(y) + row);
    return picture;
}

} // namespace ocellus
