// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/overlay.h"
#include "core/image/picture.h"

namespace ocellus {

/// A coloured map, ready to be drawn: stretch `rgba` over `box` and clip it to the picture.
struct MapImage {
    Size size;
    std::vector<std::uint8_t> rgba; ///< straight alpha, size.height * size.width * 4 bytes
    Box box;             ///< in picture coordinates; has a margin of one repeated cell on every side, so that
                         ///< every pixel of the picture has the colour of its nearest cell
    bool smooth = false; ///< draw with interpolation (true) or nearest neighbour (false)
};

/// Attention (or its mean) as multiples of a uniform map: value * number of cells.
std::vector<float> timesUniform(std::span<const float> attention);

/// 0 to the largest value; 0 to 1 where none is positive.
Range rangeFromZero(std::span<const float> values);
/// Smallest to largest value, as the released code stretches each map.
Range rangeOf(std::span<const float> values);

/// What is coloured of a map: its values, or with OverlayRule::Mass 1 in the mask that its own style asks for and 0
/// elsewhere. Of a map with negative values, or not a number, nothing is in the mask.
std::vector<float> drawnValues(std::span<const float> values, const MapStyle& style);

/// overlayOf() each of `values` (row by row on the geometry's grid). With style.smooth the *values* are interpolated
/// on a finer grid before they are coloured, so that a colour always means its value; masks have the cells' edges.
MapImage renderMap(std::span<const float> values, const CellGeometry& geometry, const MapStyle& style, Range range);

/// Closed lines around the area where the (interpolated, or per-cell without smooth) value is at least `level`, in
/// picture coordinates, clipped to what the model sees of the picture.
std::vector<std::vector<Point>> contours(std::span<const float> values, const CellGeometry& geometry, bool smooth,
                                         float level);

/// Share of cells whose value is lower, plus half of those equal, in percent.
double percentile(std::span<const float> values, std::size_t cell);

} // namespace ocellus
