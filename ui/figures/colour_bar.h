// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QPainter>
#include <QRectF>

#include "core/analysis/map_image.h"

namespace ocellus {

/// Round numbers (1, 2 or 5 times a power of ten apart) within the range, at most `most` of them, at least the two
/// ends where the range is not empty.
std::vector<double> niceTicks(Range range, int most);

/// A horizontal colour bar with ticks and its unit, "times uniform", in the painter's font and pen colour.
/// With perMapStretch it says that each map has its own range. A threshold leaves the bar empty below it.
void paintColourBar(QPainter& painter, const QRectF& area, const MapStyle& style, Range range);

/// Height that paintColourBar needs with this font.
double colourBarHeight(const QFont& font);

} // namespace ocellus
