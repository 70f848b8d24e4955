// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// How much of each cell's pixels a mask covers, 0 to 1, [rows, columns]. Pixels belong to cells as in cellsOfPixels;
/// `mask` [height, width] is set where it is not 0. Throws Error: Mismatch where the mask does not fill `size`.
std::vector<double> maskCoverage(std::span<const std::uint8_t> mask, Size size, int rows, int columns,
                                 std::optional<int> stride = std::nullopt);

/// The pointing game (Zhang et al. 2018) on a map of the picture's size: whether its first largest pixel lies in the
/// mask or within `tolerance` pixels of it; false for an empty mask. Throws Error(Mismatch) for another size.
bool pointsInto(std::span<const float> map, std::span<const std::uint8_t> mask, Size size, int tolerance = 15);

/// How much of a map lies in a mask.
struct MassInMask {
    double share = 0; ///< of the map's sum, 0 to 1
    double lift = 0;  ///< the share over the mask's own share of the picture: 1 is chance
};

/// `coverage` as maskCoverage() gives it. Throws Error(BadArgument) for a map with negative values or the sum 0, for an
/// empty mask, and Mismatch for another length.
MassInMask massInMask(std::span<const float> map, std::span<const double> coverage);

/// A map that knows nothing of the picture but where its middle is: exp(-r^2 / 2) with r the distance from the centre
/// over a quarter of each side, [rows, columns].
std::vector<float> centralMap(int rows, int columns);

} // namespace ocellus
