// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/backbone_plan.h"

namespace ocellus {

/// Rows and columns of a grid of cells, or of the model's input in pixels.
struct GridSize {
    int rows = 0;
    int columns = 0;

    bool operator==(const GridSize&) const = default;
};

/// A rectangle of cells or pixels, [x0, x1) x [y0, y1).
struct CellBox {
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;

    bool empty() const { return x0 >= x1 || y0 >= y1; }
    double area() const { return empty() ? 0 : static_cast<double>(x1 - x0) * (y1 - y0); }

    bool operator==(const CellBox&) const = default;
};

/// The grid that the block makes of one of this size.
GridSize outputSize(const PlannedBlock& block, GridSize input);

/// By how much the block's grid is coarser than its input.
int strideOf(const PlannedBlock& block);

/// The cells of the block's output that a change inside `changed`, a box of its input, can reach; may be empty.
CellBox reachedFrom(const CellBox& changed, const PlannedBlock& block, GridSize input);

/// The cells of the block's input that decide the cells `wanted` of its output; the padding is outside.
CellBox neededFor(const CellBox& wanted, const PlannedBlock& block, GridSize input);

} // namespace ocellus
