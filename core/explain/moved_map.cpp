// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/moved_map.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/random.h"

namespace ocellus {

std::vector<float> movedMap(std::span<const float> map, int rows, int columns, int place)
{
    const int down = place / columns, right = place % columns;
    std::vector<float> result(map.size());
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            result[static_cast<std::size_t>((row + down) % rows * columns + (column + right) % columns)] =
                map[static_cast<std::size_t>(row * columns + column)];
    return result;
}

std::vector<int> otherPlaces(int cells, int count, std::uint64_t seed)
{
    std::vector<int> places(static_cast<std::size_t>(std::max(cells - 1, 0)));
    std::iota(places.begin(), places.end(), 1);
    RandomStream stream(seed);
    for (std::size_t i = places.size(); i > 1; --i)
        std::swap(places[i - 1], places[static_cast<std::size_t>(stream.below(static_cast<int>(i)))]);
    places.resize(std::min(places.size(), static_cast<std::size_t>(std::max(count, 0))));
    return places;
}

} // namespace ocellus
