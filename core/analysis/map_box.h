// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// A rectangle of pixels, ends exclusive.
struct MapBox {
    int top = 0, bottom = 1;
    int left = 0, right = 1;

    bool operator==(const MapBox&) const = default;
};

/// A map [rows, columns] stretched over `size` as published for prototypes: cubic (a = -0.75), half-pixel centres, the
/// border repeated. Throws Error(BadArgument) for a map or a size without an extent.
std::vector<float> stretchedCubic(std::span<const float> cells, int rows, int columns, Size size);

/// ProtoPNet's and ProtoPFormer's rectangle: around all pixels from that percentile on (linear between ranks), however
/// many islands they make. `pixels` [height, width].
MapBox percentileBox(std::span<const float> pixels, Size size, double percentile = 95);

/// ProtoTree's rectangle: the cells where the map is largest, stretched as ones among zeros, and of that what is above
/// 1 - `threshold`. Throws as stretchedCubic().
MapBox peakBox(std::span<const float> cells, int rows, int columns, Size size, double threshold = 0.98);

} // namespace ocellus
