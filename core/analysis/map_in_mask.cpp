// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/map_in_mask.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "core/analysis/pixel_cells.h"
#include "core/analysis/pointing.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

void requirePixels(std::size_t count, Size size, const char* what)
{
    const std::size_t pixels = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    if (size.width < 1 || size.height < 1 || count != pixels)
        throw Error(ErrorCode::Mismatch, what,
                    "expected " + std::to_string(size.width) + "x" + std::to_string(size.height) + " pixels, got " +
                        std::to_string(count));
}

/// In float, halves of halves down to blocks of eight sums: the oracle's order, whose rounding shows in the last
/// digits.
float pairwiseSum(std::span<const float> values)
{
    constexpr std::size_t lanes = 8;
    constexpr std::size_t block = 128;
    if (values.size() > block) {
        const std::size_t half = values.size() / 2 / lanes * lanes;
        return pairwiseSum(values.first(half)) + pairwiseSum(values.subspan(half));
    }
    if (values.size() < lanes)
        return std::accumulate(values.begin(), values.end(), 0.0F);
    std::array<float, lanes> sums{};
    const std::size_t whole = values.size() / lanes * lanes;
    for (std::size_t i = 0; i < whole; ++i)
        sums[i % lanes] += values[i];
    const float sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(whole), values.end(), sum);
}

} // namespace

std::vector<double> maskCoverage(std::span<const std::uint8_t> mask, Size size, int rows, int columns,
                                 std::optional<int> stride)
{
    requirePixels(mask.size(), size, "mask");
    const std::vector<int> down = cellsOfPixels(size.height, rows, stride);
    const std::vector<int> across = cellsOfPixels(size.width, columns, stride);
    const auto width = static_cast<std::size_t>(columns);
    std::vector<double> covered(static_cast<std::size_t>(rows) * width);
    std::vector<double> pixels(covered.size());
    std::size_t pixel = 0;
    for (const int row : down)
        for (const int column : across) {
            const std::size_t cell = static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column);
            covered[cell] += mask[pixel++] != 0 ? 1 : 0;
            pixels[cell] += 1;
        }
    for (std::size_t cell = 0; cell < covered.size(); ++cell)
        covered[cell] = pixels[cell] > 0 ? covered[cell] / pixels[cell] : 0;
    return covered;
}

bool pointsInto(std::span<const float> map, std::span<const std::uint8_t> mask, Size size, int tolerance)
{
    requirePixels(map.size(), size, "map");
    requirePixels(mask.size(), size, "mask");
    const auto width = static_cast<std::size_t>(size.width);
    const std::size_t peak = peakCell(map);
    const auto peakX = static_cast<std::int64_t>(peak % width);
    const auto peakY = static_cast<std::int64_t>(peak / width);
    std::int64_t nearest = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < mask.size(); ++i)
        if (mask[i] != 0) {
            const std::int64_t x = static_cast<std::int64_t>(i % width) - peakX;
            const std::int64_t y = static_cast<std::int64_t>(i / width) - peakY;
            nearest = std::min(nearest, x * x + y * y);
        }
    return nearest <= std::int64_t{tolerance} * tolerance;
}

MassInMask massInMask(std::span<const float> map, std::span<const double> coverage)
{
    if (map.size() != coverage.size())
        throw Error(ErrorCode::Mismatch, "mask",
                    "expected " + std::to_string(map.size()) + " cells, got " + std::to_string(coverage.size()));
    if (std::ranges::any_of(map, [](float value) { return !(value >= 0); }))
        throw Error(ErrorCode::BadArgument, "map", "expected a map without negative values");
    const auto sum = static_cast<double>(pairwiseSum(map));
    const double area = std::accumulate(coverage.begin(), coverage.end(), 0.0) / static_cast<double>(coverage.size());
    if (!(sum > 0) || !(area > 0))
        throw Error(ErrorCode::BadArgument, "map", "expected a map and a mask that are not empty");
    MassInMask mass;
    mass.share = std::inner_product(map.begin(), map.end(), coverage.begin(), 0.0) / sum;
    mass.lift = mass.share / area;
    return mass;
}

std::vector<float> centralMap(int rows, int columns)
{
    std::vector<float> map;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const double y = (row + 0.5 - rows / 2.0) / (rows / 4.0);
            const double x = (column + 0.5 - columns / 2.0) / (columns / 4.0);
            map.push_back(static_cast<float>(std::exp(-(x * x + y * y) / 2)));
        }
    return map;
}

} // namespace ocellus
