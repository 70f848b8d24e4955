// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/explain/source_map.h"

namespace ocellus {

/// The cell of `grid` in which the centre of each pixel lies of an input that is stretched over the grid's picture, row
/// by row; cells are numbered the same way.
std::vector<std::size_t> cellsOfInput(const CellGeometry& grid, Size input);

/// Means of a map, whose cells lie as `own` says, over the pixels that each of `count` owners has in an input that is
/// stretched over `own`'s picture; -HUGE_VALF for one that has no pixel. `owners` [height, width] of the input.
std::vector<float> meansOfOwners(const SourceMap& map, const CellGeometry& own, Size input,
                                 std::span<const std::size_t> owners, std::size_t count);

/// The same map told by other cells: `rows` times `columns` of them, as `field` places them in an input of that size.
/// Each is the mean of the pixels that it owns, and one beyond the picture the map's least. A map that lies on these
/// cells already is given back as it is.
SourceMap onGrid(SourceMap map, int rows, int columns, const ReceptiveField& field, Size input);

} // namespace ocellus
