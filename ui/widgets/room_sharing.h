// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>
#include <Qt>

namespace ocellus {

/// Tiles of one size in columns and rows.
struct TileFit {
    int columns = 1;
    int rows = 1;
    double scale = 0; ///< pixels of the screen a pixel of the picture, at which it fits each tile; 0: no room
};

/// The columns that make pictures largest. `room` is divided among `count` tiles with `gap` between them; of each tile
/// `strips` is not the picture's.
TileFit fitTiles(QSizeF room, int count, QSizeF picture, QSizeF strips, double gap);

/// A room divided in two.
struct RoomSharing {
    Qt::Orientation orientation = Qt::Horizontal; ///< horizontal: the large picture is on the left, else above
    int large = 0;                                ///< pixels of the large picture along it
};

/// How a picture and `count` tiles of it are largest together: their areas' product, in which the picture's counts one
/// and a half times, so that neither is bought with next to nothing of the other. The tiles' `strips` are the picture's
/// too.
RoomSharing shareRoom(QSize room, int count, QSizeF picture, QSizeF strips, double gap);

} // namespace ocellus
