// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/map_field.h"

#include <string>
#include <vector>

#include "core/analysis/bilinear.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr int smoothScale = 4;

/// Samples along one axis of `cells` cells and the margin. With one sample a cell each lies on a centre.
std::vector<BetweenCells> samplesAlong(int cells, int scale)
{
    std::vector<BetweenCells> samples;
    for (int i = 0; i < (cells + 2) * scale; ++i)
        samples.push_back(betweenCells((i + 0.5) / scale - 1.5, cells));
    return samples;
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
    const std::vector<BetweenCells> across = samplesAlong(geometry.columns(), scale);
    const std::vector<BetweenCells> down = samplesAlong(geometry.rows(), scale);
    return {static_cast<int>(across.size()), static_cast<int>(down.size()), scale,
            sampled(values, columns, across, down)};
}

Box fieldBox(const CellGeometry& geometry)
{
    const Box grid = geometry.gridBox();
    const double cellWidth = grid.width / geometry.columns();
    const double cellHeight = grid.height / geometry.rows();
    return {grid.left - cellWidth, grid.top - cellHeight, grid.width + 2 * cellWidth, grid.height + 2 * cellHeight};
}

} // namespace ocellus
