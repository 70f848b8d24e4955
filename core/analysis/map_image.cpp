// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/map_image.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/analysis/map_field.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

/// Position in a table of 256 colours, each for an equal part of the range.
std::size_t colourIndex(float value, Range range)
{
    const float share = range.high > range.low ? (value - range.low) / (range.high - range.low) : 0.0F;
    return static_cast<std::size_t>(std::clamp(share * 256.0F, 0.0F, 255.0F));
}

} // namespace

std::vector<float> timesUniform(std::span<const float> attention)
{
    const auto cells = static_cast<float>(attention.size());
    std::vector<float> multiples(attention.begin(), attention.end());
    for (float& value : multiples)
        value *= cells;
    return multiples;
}

Range rangeFromZero(std::span<const float> values)
{
    const float largest = values.empty() ? 0.0F : *std::max_element(values.begin(), values.end());
    return {0.0F, largest > 0.0F ? largest : 1.0F};
}

Range rangeOf(std::span<const float> values)
{
    if (values.empty())
        return {};
    const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
    return {*smallest, *largest};
}

MapImage renderMap(std::span<const float> values, const CellGeometry& geometry, const MapStyle& style, Range range)
{
    const MapField field = mapField(values, geometry, style.smooth);
    const std::array<Rgb, 256>& table = colours(style.colourMap);
    const auto alpha = static_cast<std::uint8_t>(std::lround(std::clamp(style.opacity, 0.0, 1.0) * 255));

    MapImage image{{field.width, field.height}, {}, fieldBox(geometry), style.smooth};
    image.rgba.resize(field.values.size() * 4);
    std::uint8_t* pixel = image.rgba.data();
    for (const float value : field.values) {
        const bool hidden = std::isnan(value) || (style.threshold && value < *style.threshold);
        if (!hidden) {
            const Rgb& colour = table[colourIndex(value, range)];
            const std::array<std::uint8_t, 4> straight{colour.red, colour.green, colour.blue, alpha};
            std::ranges::copy(straight, pixel);
        }
        pixel += 4;
    }
    return image;
}

double percentile(std::span<const float> values, std::size_t cell)
{
    if (cell >= values.size())
        throw Error(ErrorCode::BadArgument, "cell",
                    "expected one of " + std::to_string(values.size()) + " cells, got " + std::to_string(cell));
    const float value = values[cell];
    const auto lower = std::count_if(values.begin(), values.end(), [value](float other) { return other < value; });
    const auto equal = std::count(values.begin(), values.end(), value);
    return 100.0 * (static_cast<double>(lower) + static_cast<double>(equal) / 2) / static_cast<double>(values.size());
}

} // namespace ocellus
