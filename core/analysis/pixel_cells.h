// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace ocellus {

/// Which cell each of `size` pixels of an axis belongs to: the map stretched over the picture, as published, or with a
/// `stride` the nearest of the centres 0, stride, 2 stride, ... where the backbone's arithmetic puts them.
/// Throws Error(BadArgument) for numbers below 1.
std::vector<int> cellsOfPixels(int size, int cells, std::optional<int> stride = std::nullopt);

} // namespace ocellus
