// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ocellus {

/// The part of a window's pixels, from 0 to 1, that show pictures: what of each picture in a tile, a large view or a
/// comparison is drawn and seen. Empty grounds, captions and thumbnails in lists do not count.
double pictureShare(const QWidget& window);

} // namespace ocellus
