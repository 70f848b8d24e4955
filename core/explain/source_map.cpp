// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/source_map.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

std::string_view toString(MapState state)
{
    switch (state) {
    case MapState::Good: return "good";
    case MapState::NegativeEverywhere: return "negative everywhere";
    case MapState::Constant: return "the same everywhere";
    case MapState::NotFinite: return "not finite";
    }
    return "unknown";
}

MapState stateOf(const std::vector<float>& values, bool isSigned)
{
    if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); }))
        return MapState::NotFinite;
    if (values.empty())
        return MapState::Constant;
    const auto [low, high] = std::ranges::minmax(values);
    if (isSigned && high < 0)
        return MapState::NegativeEverywhere;
    return low == high ? MapState::Constant : MapState::Good;
}

CellGeometry geometryOf(const SourceMap& map, Size seen, Placement placement)
{
    return CellGeometry(seen, map.input, map.rows, map.columns, map.field, placement);
}

CellGeometry geometryOnPicture(const SourceMap& map, Size picture, Placement placement)
{
    if (map.place.input != map.input)
        return geometryOf(map, picture, placement);
    return CellGeometry(picture, map.place, map.rows, map.columns, map.field, placement);
}

} // namespace ocellus
