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

} // namespace ocellus
