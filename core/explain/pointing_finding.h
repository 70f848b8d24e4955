// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/explain/finding.h"
#include "core/explain/moved_map.h"

namespace ocellus {

/// How much of a map lies on a part that is known, beside the same pattern at other places of the grid (around its
/// edges) and a map of the picture's middle. `map` [rows, columns] without negative values, `coverage` the share of
/// each cell that is the part, 0 to 1; `part` its name. Asks no model.
/// Throws Error: BadArgument for a map with the sum 0 or an empty part, Mismatch for other lengths.
Finding pointingFinding(std::span<const float> map, int rows, int columns, std::span<const double> coverage,
                        const std::string& part, int places = usualPlaces, std::uint64_t seed = 0);

} // namespace ocellus
