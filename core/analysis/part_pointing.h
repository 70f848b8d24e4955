// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "core/analysis/pointing.h"
#include "core/data/part_points.h"
#include "core/engine/decoding.h"
#include "core/model/receptive_field.h"

namespace ocellus {

/// Counts, for every head of the last layer, how often the true class's peak lies within one cell of a part's point:
/// of each part where it is visible, and of any; under both placements of cells. A picture counts for the heads whose
/// maps have a place in it (placedHeads).
class PartPointing {
public:
    PartPointing(std::vector<std::string> parts, int heads, const ReceptiveField& field, std::uint64_t seed);

    /// `points` are the picture's visible parts; without one the picture is not counted.
    /// Throws Error(BadArgument) for a decoding without maps or of another number of heads.
    void add(const Decoding& decoding, int trueClass, Size picture, Size input, const std::vector<PartPoint>& points);

    /// By placement, part (any part last) and head.
    std::vector<PointingRow> rows() const;

private:
    void addPlacement(Placement placement, const Decoding& decoding, int trueClass, const CellGeometry& geometry,
                      const std::vector<PartPoint>& points);
    std::size_t row(Placement placement, std::size_t part, int head) const;

    std::vector<std::string> m_parts;
    int m_heads;
    ReceptiveField m_field;
    std::mt19937_64 m_generator;
    std::vector<PointingTally> m_tallies; ///< [placement, part and any, head]
};

} // namespace ocellus
