// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/analysis/pointing.h"
#include "core/explain/finding.h"
#include "core/explain/moved_map.h"

namespace ocellus {

/// How much of a map lies on a part that is known, beside the same pattern at other places of the grid (around its
/// edges) and a map of the picture's middle. `map` [rows, columns] without negative values, `coverage` the share of
/// each cell that is the part, 0 to 1; `part` its name. Asks no model.
/// Throws Error: BadArgument for a map with the sum 0 or an empty part, Mismatch for other lengths.
Finding pointingFinding(std::span<const float> map, int rows, int columns, std::span<const double> coverage,
                        const std::string& part, int places = usualPlaces, std::uint64_t seed = 0);

/// The pointing game (Zhang et al. 2018) on one map: whether its peak lies within a cell of a part that is known. In
/// one picture it proves nothing, and so it is told beside what chance does.
struct PointingGame {
    bool isHit = false;
    double chance = 0;        ///< of a cell drawn at random
    bool isMiddleHit = false; ///< where a map of the picture's middle has its peak

    bool operator==(const PointingGame&) const = default;
};

/// `near` are the cells of the map's grid. Throws Error: BadArgument for a map without cells, Mismatch for another
/// number of them.
PointingGame pointingGame(std::span<const float> map, const CellsNear& near);

} // namespace ocellus
