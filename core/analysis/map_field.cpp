// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/map_field.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr int smoothScale = 4;

/// The two cells between whose centres a sample lies, and the share of the second; on a centre they are one.
struct Between {
    std::size_t first = 0;
    std::size_t second = 0;
    float share = 0;
};

/// Samples along one axis of `cells` cells and the margin. With one sample a cell each lies on a centre.
std::vector<Between> samplesAlong(int cells, int scale)
{
    std::vector<Between> samples;
    for (int i = 0; i < (cells + 2) * scale; ++i) {
        const double position = std::clamp((i + 0.5) / scale - 1.5, 0.0, cells - 1.0);
        const auto first = static_cast<std::size_t>(position);
        const auto share = static_cast<float>(position - std::floor(position));
        samples.push_back({first, share > 0 ? first + 1 : first, share});
    }
    return samples;
}

/// Unlike std::lerp this keeps what is not a number.
float between(float first, float second, float share)
{
    return first + (second - first) * share;
}

} // namespace

MapField mapField(std::span<const float> values, const CellGeometry& geometry, bool smooth)
{
    const auto columns = static_cast<std::size_t>(geometry.columns());
    if (values.empty() || values.size() != static_cast<std::size_t>(geometry.rows()) * columns)
        throw Error(ErrorCode::BadArgument, "map",
                    "expected " + std::to_string(geometry.rows()) + "x" + std::to_string(columns) + " values, got " +
                        std::to_string(values.size()));
    const int scale = smooth ? smoothScale : 1;
    const std::vector<Between> across = samplesAlong(geometry.columns(), scale);
    const std::vector<Between> down = samplesAlong(geometry.rows(), scale);

    MapField field{static_cast<int>(across.size()), static_cast<int>(down.size()), scale, {}};
    field.values.reserve(across.size() * down.size());
    for (const Between& y : down) {
        const float* upper = values.data() + y.first * columns;
        const float* lower = values.data() + y.second * columns;
        for (const Between& x : across) {
            const float above = between(upper[x.first], upper[x.second], x.share);
            const float below = between(lower[x.first], lower[x.second], x.share);
            field.values.push_back(between(above, below, y.share));
        }
    }
    return field;
}

Box fieldBox(const CellGeometry& geometry)
{
    const Box grid = geometry.gridBox();
    const double cellWidth = grid.width / geometry.columns();
    const double cellHeight = grid.height / geometry.rows();
    return {grid.left - cellWidth, grid.top - cellHeight, grid.width + 2 * cellWidth, grid.height + 2 * cellHeight};
}

} // namespace ocellus
