// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/analysis/pointing.h"
#include "core/data/class_table.h"
#include "core/data/sample.h"
#include "core/engine/decoding.h"

namespace ocellus {

/// The pair that the tour shows, in the open model's classes.
struct TourScene {
    SamplePair pair;
    int species = 0;
    int partner = 0;
    std::vector<int> ring; ///< classes, the two among them
};

/// The sample's first pair. Throws Error(Mismatch) where the classes have other names, and what readRings throws.
TourScene tourScene(const Sample& sample, const ClassTable& classes);

/// A head, and where its map of one class peaks.
struct MarkedHead {
    int head = 0;
    int rank = 1; ///< by peak score, from 1
    Cell peak;
    bool nearMark = false; ///< within one cell of it
};

/// Of the three best-ranked heads the first that peaks near the mark, or the best where none does.
/// Throws Error(BadArgument) for a class without a map.
MarkedHead headAtMark(const Decoding& decoding, int layer, int classIndex, const CellsNear& mark);

} // namespace ocellus
