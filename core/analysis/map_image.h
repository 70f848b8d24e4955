// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/colour_map.h"
#include "core/image/geometry.h"
#include "core/image/picture.h"

namespace ocellus {

/// Values that the two ends of a colour scale stand for.
struct Range {
    float low = 0;
    float high = 1;

    bool operator==(const Range&) const = default;
};

/// How a map is laid over a picture. Values and threshold are in "times uniform": attention times the number of cells.
struct MapStyle {
    ColourMap colourMap = ColourMap::Viridis;
    double opacity = 0.6;           ///< 0 (picture only) to 1 (map only)
    bool smooth = false;            ///< false: cells as cells; true: values interpolated between cell centres
    std::optional<float> threshold; ///< nothing is drawn where the value is lower
    bool contour = false;           ///< a line around what lies above the threshold, or above half the range
    bool perMapStretch = false;     ///< each map over its own minimum to maximum; must be labelled wherever shown
    Placement placement = Placement::Receptive;

    bool operator==(const MapStyle&) const = default;
};

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

/// Colours `values` (row by row on the geometry's grid) over `range`. With style.smooth the *values* are interpolated
/// on a finer grid before they are coloured, so that a colour always means its value.
MapImage renderMap(std::span<const float> values, const CellGeometry& geometry, const MapStyle& style, Range range);

/// Closed lines around the area where the (interpolated, or per-cell without smooth) value is at least `level`, in
/// picture coordinates, clipped to the picture.
std::vector<std::vector<Point>> contours(std::span<const float> values, const CellGeometry& geometry, bool smooth,
                                         float level);

/// Share of cells whose value is lower, plus half of those equal, in percent.
double percentile(std::span<const float> values, std::size_t cell);

} // namespace ocellus
