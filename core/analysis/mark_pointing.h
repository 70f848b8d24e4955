// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "core/analysis/pointing.h"
#include "core/engine/decoding.h"
#include "core/model/receptive_field.h"

namespace ocellus {

/// Counts how often the true class's peak lies within one cell of the mark that tells it apart, and on it: the peaks of
/// the three best-ranked heads of the last layer, and every head alone; limited to its ring, and with the full set of
/// classes. Measures besides how much of the attention lies inside the mark. Only maps that have a place in the picture
/// count (placedHeads), and a picture without any does not.
class MarkPointing {
public:
    MarkPointing(int heads, const ReceptiveField& field, std::uint64_t seed);

    /// The same picture decoded with all classes and limited to the true class's ring, null where a model takes no
    /// limits: rings then have no rows. A picture whose mask is empty is not counted. Throws Error: Mismatch where
    /// picture and mask differ in size, BadArgument for a decoding without maps or of another number of heads.
    void add(const Decoding& full, const Decoding* limited, int trueClass, Size picture, Size input, const Mask& mask);

    /// By limit (ring first), then the best three heads and every single one.
    std::vector<PointingRow> rows() const;

private:
    struct Counts {
        PointingTally best;
        PointingTally bestOn; ///< on the mark's pixels
        double inside = 0;    ///< of the best head's attention, summed over the pictures
        double covered = 0;   ///< share of the grid that the mark covers, summed
        double central = 0;   ///< of a central map, summed
        std::vector<PointingTally> heads;
        std::vector<double> headsInside, headsCovered; // of the pictures whose class has that head
    };
    struct Mark {
        CellsNear near;
        CellsNear on;
        std::vector<double> cover;
    };

    void count(Counts& counts, const Decoding& decoding, int trueClass, const Mark& mark);

    ReceptiveField m_field;
    std::mt19937_64 m_generator;
    Counts m_ring;
    Counts m_full;
};

} // namespace ocellus
