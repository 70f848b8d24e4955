// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/image/geometry.h"

namespace ocellus {

/// A map's values as they are drawn: with a margin of one repeated cell on every side, and `scale` samples a cell along
/// each axis.
struct MapField {
    int width = 0;
    int height = 0;
    int scale = 1;
    std::vector<float> values; ///< [height, width]

    float at(int x, int y) const
    {
        return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
    }
};

/// One sample a cell; with `smooth` 8, interpolated bilinearly between the cells' centres.
/// Throws Error(BadArgument) where `values` does not fill the geometry's grid.
MapField mapField(std::span<const float> values, const CellGeometry& geometry, bool smooth);

/// Where the field lies on the picture: the geometry's grid and its margin.
Box fieldBox(const CellGeometry& geometry);

} // namespace ocellus
