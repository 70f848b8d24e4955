// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/mass_mask.h"

#include <algorithm>
#include <numeric>

namespace ocellus {

std::vector<std::uint8_t> massMask(std::span<const float> map, double keep)
{
    std::vector<std::size_t> order(map.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [map](std::size_t cell) { return map[cell]; });
    const double total = std::accumulate(map.begin(), map.end(), 0.0);
    std::vector<std::uint8_t> mask(map.size());
    double sum = 0;
    for (const std::size_t cell : order) {
        sum += map[cell];
        mask[cell] = sum > (1 - keep) * total ? 1 : 0;
    }
    return mask;
}

} // namespace ocellus
