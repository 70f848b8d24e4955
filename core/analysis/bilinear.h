// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocellus {

/// The two cells of an axis between whose centres a sample lies, and the share of the second; on a centre they are one.
struct BetweenCells {
    std::size_t first = 0, second = 0;
    float share = 0;
};

/// For a place in cells from the first one's centre; outside the centres it is the outermost cell's.
BetweenCells betweenCells(double place, int cells);

/// A map's values (row by row, `columns` a row) mixed at every crossing of the samples, row by row.
std::vector<float> sampled(std::span<const float> values, std::size_t columns, std::span<const BetweenCells> across,
                           std::span<const BetweenCells> down);

} // namespace ocellus
