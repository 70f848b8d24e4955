// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/map_image.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/analysis/map_field.h"
#include "core/base/error.h"
#include "core/model/vit/mass_mask.h"

namespace ocellus {

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

std::vector<float> drawnValues(std::span<const float> values, const MapStyle& style)
{
    if (style.overlay != OverlayRule::Mass)
        return {values.begin(), values.end()};
    std::vector<float> inside(values.size());
    if (std::ranges::all_of(values, [](float value) { return value >= 0; }))
        std::ranges::copy(massMask(values, std::clamp(style.mass, 0.0, 1.0)), inside.begin());
    return inside;
}

MapImage renderMap(std::span<const float> values, const CellGeometry& geometry, const MapStyle& style, Range range)
{
    const bool smooth = style.smooth && style.overlay != OverlayRule::Mass;
    const MapField field = mapField(drawnValues(values, style), geometry, smooth);
    return {{field.width, field.height}, overlayPixels(field.values, range, style), fieldBox(geometry), smooth};
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
