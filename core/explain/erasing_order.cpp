// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/erasing_order.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/analysis/pixel_cells.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

void requireStep(std::size_t step)
{
    if (step < 1)
        throw Error(ErrorCode::BadArgument, "step", "expected at least 1, got 0");
}

} // namespace

std::vector<std::size_t> fallingOrder(std::span<const float> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return values[a] > values[b] || (std::isnan(values[b]) && !std::isnan(values[a]));
    });
    return order;
}

PixelGroups groupsByPixel(std::span<const float> map, std::size_t step)
{
    requireStep(step);
    const std::vector<std::size_t> order = fallingOrder(map);
    PixelGroups groups;
    for (std::size_t begin = 0; begin < order.size(); begin += step)
        groups.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(begin),
                            order.begin() + static_cast<std::ptrdiff_t>(std::min(begin + step, order.size())));
    return groups;
}

PixelGroups groupsByOwner(std::span<const std::size_t> order, std::span<const std::size_t> owners, std::size_t perStep)
{
    requireStep(perStep);
    constexpr std::size_t none = SIZE_MAX;
    std::vector<std::size_t> groupOf(order.size(), none);
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (order[i] >= groupOf.size() || groupOf[order[i]] != none)
            throw Error(ErrorCode::BadArgument, "order", "expected every cell once");
        groupOf[order[i]] = i / perStep;
    }
    PixelGroups groups((order.size() + perStep - 1) / perStep);
    for (std::size_t pixel = 0; pixel < owners.size(); ++pixel) {
        if (owners[pixel] >= groupOf.size())
            throw Error(ErrorCode::BadArgument, "order", "expected every cell once");
        groups[groupOf[owners[pixel]]].push_back(pixel);
    }
    return groups;
}

PixelGroups groupsByCell(std::span<const std::size_t> order, int rows, int columns, Size picture, std::size_t perStep,
                         std::optional<int> stride)
{
    const std::vector<int> down = cellsOfPixels(picture.height, rows, stride);
    const std::vector<int> across = cellsOfPixels(picture.width, columns, stride);
    if (order.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns))
        throw Error(ErrorCode::BadArgument, "order", "expected every cell once");
    std::vector<std::size_t> owners;
    for (const int row : down)
        for (const int column : across)
            owners.push_back(static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                             static_cast<std::size_t>(column));
    return groupsByOwner(order, owners, perStep);
}

} // namespace ocellus
