// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/window/picture_share.h"

#include <QRegion>

#include "ui/widgets/map_tile.h"
#include "ui/widgets/picture_pair.h"

namespace ocellus {

namespace {

QRegion inWindow(const QWidget& widget, const QRectF& drawn)
{
    const QRegion seen = widget.visibleRegion() & drawn.toAlignedRect();
    return seen.translated(widget.mapTo(widget.window(), QPoint()));
}

} // namespace

double pictureShare(const QWidget& window)
{
    QRegion pictures;
    for (const MapTile* tile : window.findChildren<MapTile*>()) {
        if (!tile->isVisible() || tile->explanation().picture.isNull())
            continue;
        const PictureTransform transform = tile->pictureTransform();
        const QSizeF size = transform.scale * QSizeF(tile->explanation().picture.size());
        pictures += inWindow(*tile, QRectF(transform.toDevice(Point{0, 0}), size) & tile->pictureArea());
    }
    for (const PicturePair* compared : window.findChildren<PicturePair*>())
        if (compared->isVisible())
            for (const QRectF& rect : compared->pictureRects())
                pictures += inWindow(*compared, rect);
    double pixels = 0;
    for (const QRect& rect : pictures)
        pixels += double(rect.width()) * rect.height();
    return pixels / (double(window.width()) * window.height());
}

} // namespace ocellus
