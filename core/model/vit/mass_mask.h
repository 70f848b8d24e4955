// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ocellus {

/// The fewest cells that hold the share `keep` of a map's sum, 1 each, the others 0 (DINO, arXiv 2104.14294, figure 4):
/// cells are summed from the smallest on, and those beyond 1 - keep stay. `map` has no negative values; `keep` in
/// (0, 1].
std::vector<std::uint8_t> massMask(std::span<const float> map, double keep);

} // namespace ocellus
