// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ocellus {

/// A map [rows, columns] whose first cell lies at cell number `place` instead, the rest around the edges.
std::vector<float> movedMap(std::span<const float> map, int rows, int columns, int place);

constexpr int usualPlaces = 199; ///< that a map is moved to where nobody says how many

/// Up to `count` different places from 1 to cells - 1, in a random order.
std::vector<int> otherPlaces(int cells, int count, std::uint64_t seed);

} // namespace ocellus
