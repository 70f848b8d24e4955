// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/map_on_grid.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

namespace {

std::size_t cellIndex(const CellGeometry& grid, Point point)
{
    const Cell cell = grid.cellAt(point);
    return static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(grid.columns()) +
           static_cast<std::size_t>(cell.column);
}

/// Of a pixel of the input, on the picture that the input is stretched over.
Point pictureCentre(std::size_t pixel, Size input, Size picture)
{
    const auto width = static_cast<std::size_t>(input.width);
    return {(static_cast<double>(pixel % width) + 0.5) * picture.width / input.width,
            (static_cast<double>(pixel / width) + 0.5) * picture.height / input.height};
}

} // namespace

std::vector<std::size_t> cellsOfInput(const CellGeometry& grid, Size input)
{
    std::vector<std::size_t> cells(static_cast<std::size_t>(input.width) * static_cast<std::size_t>(input.height));
    for (std::size_t pixel = 0; pixel < cells.size(); ++pixel)
        cells[pixel] = cellIndex(grid, pictureCentre(pixel, input, grid.pictureSize()));
    return cells;
}

std::vector<float> meansOfOwners(const SourceMap& map, const CellGeometry& own, Size input,
                                 std::span<const std::size_t> owners, std::size_t count)
{
    std::vector<double> sums(count);
    std::vector<int> pixels(count);
    for (std::size_t pixel = 0; pixel < owners.size(); ++pixel) {
        const std::size_t cell = cellIndex(own, pictureCentre(pixel, input, own.pictureSize()));
        sums[owners[pixel]] += static_cast<double>(map.values[cell]);
        ++pixels[owners[pixel]];
    }
    std::vector<float> means(count);
    for (std::size_t owner = 0; owner < count; ++owner)
        means[owner] = pixels[owner] > 0 ? static_cast<float>(sums[owner] / pixels[owner]) : -HUGE_VALF;
    return means;
}

SourceMap onGrid(SourceMap map, int rows, int columns, const ReceptiveField& field, Size input)
{
    const bool liesThere = map.field.stride == field.stride && map.field.start == field.start;
    if (map.rows == rows && map.columns == columns && map.input == input && liesThere)
        return map;
    const std::size_t count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    const std::vector<std::size_t> owners = cellsOfInput(CellGeometry(input, input, rows, columns, field), input);
    std::vector<float> means = meansOfOwners(map, geometryOf(map, input), input, owners, count);
    const float least = std::ranges::min(map.values);
    for (float& mean : means)
        if (mean == -HUGE_VALF)
            mean = least;
    map.values = std::move(means);
    map.rows = rows;
    map.columns = columns;
    map.input = input;
    map.field = field;
    return map;
}

} // namespace ocellus
