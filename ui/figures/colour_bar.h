// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QImage>
#include <QPainter>
#include <QRectF>
#include <QString>

#include "core/analysis/map_image.h"

namespace ocellus {

/// Round numbers (1, 2 or 5 times a power of ten apart) within the range, at most `most` of them, at least the two
/// ends where the range is not empty.
std::vector<double> niceTicks(Range range, int most);

/// Values to be marked on a bar, ascending, at least 1 / `most` of its length apart: niceTicks() on a linear scale; on
/// others the range's end, 1x uniform, and round numbers between.
std::vector<double> scaleTicks(Range range, ValueScale scale, int most);

/// A horizontal colour bar with ticks and its unit, empty for times uniform, in the painter's font and pen colour. It
/// shows what overlayOf() lays over a strip of the picture, across its middle; without one over a light and a dark
/// half. Along its upper edge are the colours alone, where there are any. With perMapStretch it says that each map has
/// its own range.
void paintColourBar(QPainter& painter, const QRectF& area, const MapStyle& style, Range range,
                    const QImage& picture = {}, const QString& unit = {});

/// The same without the unit above.
void paintColourScale(QPainter& painter, const QRectF& area, const MapStyle& style, Range range,
                      const QImage& picture = {}, const QString& unit = {});

/// Height that either needs with this font.
double colourBarHeight(const QFont& font);
double colourScaleHeight(const QFont& font);

} // namespace ocellus
