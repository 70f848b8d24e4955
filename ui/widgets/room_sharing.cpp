// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/room_sharing.h"

#include <algorithm>

namespace ocellus {

namespace {

double scaleIn(QSizeF room, QSizeF picture)
{
    return std::max(0.0, std::min(room.width() / picture.width(), room.height() / picture.height()));
}

} // namespace

TileFit fitTiles(QSizeF room, int count, QSizeF picture, QSizeF strips, double gap)
{
    TileFit best;
    best.rows = std::max(count, 1);
    for (int columns = 1; columns <= count; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const QSizeF tile((room.width() - (columns - 1) * gap) / columns, (room.height() - (rows - 1) * gap) / rows);
        if (const double scale = scaleIn(tile - strips, picture); scale > best.scale)
            best = {columns, rows, scale};
    }
    return best;
}

RoomSharing shareRoom(QSize room, int count, QSizeF picture, QSizeF strips, double gap)
{
    RoomSharing best{Qt::Horizontal, room.width() / 2};
    double most = 0;
    for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical}) {
        const bool isHorizontal = orientation == Qt::Horizontal;
        const int length = isHorizontal ? room.width() : room.height();
        const auto part = [&](double along) {
            return isHorizontal ? QSizeF(along, room.height()) : QSizeF(room.width(), along);
        };
        for (int large = 1; large < length; ++large) {
            const double scale = scaleIn(part(large) - strips, picture);
            const double tiles = fitTiles(part(length - large - gap), count, picture, strips, gap).scale;
            // Squares of scales are areas; the large view's counts twice, for it is what is looked at longest.
            const double area = scale * scale;
            if (const double worth = area * area * tiles * tiles; worth > most) {
                most = worth;
                best = {orientation, large};
            }
        }
    }
    return best;
}

} // namespace ocellus
