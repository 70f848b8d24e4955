// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/map_image.h"
#include "core/explain/source_settings.h"

namespace ocellus {

/// Everything that the display panel decides; none of it but the source reaches the model.
struct DisplayChoice {
    int layer = 0;     ///< from 0; shown from 1
    SourceText source; ///< of the maps; without an id the model's own: its heads, where it has some
    MapStyle style;
    bool boxes = false;         ///< around what prototypes find, as published
    bool sortByRanking = false; ///< tiles by the heads' peak score instead of their own order
    /// Tiles in the order of Explanation::blurRanks where they are known; excludes sortByRanking.
    bool sortByBlurring = false;
    bool sortByWorth = false; ///< by what heads are worth to the class, where known; excludes both
    bool lockRange = false;   ///< hold the present range across classes and pictures; excludes style.perMapStretch

    bool operator==(const DisplayChoice&) const = default;
};

} // namespace ocellus
