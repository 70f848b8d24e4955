// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <QString>

#include "core/explain/evidence_sheet.h"
#include "core/io/csv.h"
#include "ui/figures/explanation.h"

namespace ocellus {

/// What was found out about the maps of one class in one picture, as tiles, figures and tables tell it.
struct MapEvidence {
    int classIndex = -1;
    int layer = 0; ///< from 0; of the maps that are of one, see isOfLayer()
    EvidenceSheet sheet;
    std::vector<float> headWorth; ///< what each head's attending adds to the class's logit; empty where not known
};

/// The explanation's own: null where there is none, and where it is of another class or layer by now.
const MapEvidence* evidenceOf(const Explanation& explanation);

/// Which of the explanation's maps the tile shows.
EvidenceMap evidenceMapOf(const Explanation& explanation, const TileMap& tile);

/// What was found out about a tile's map, told small.
struct MapStanding {
    std::optional<EvidenceVerdict> verdict; ///< none: nobody tested it
    std::optional<float> importance;        ///< what the head's attending adds to the class's logit, or takes from it
    float importanceShare = 0;              ///< of the largest among the heads, -1 to 1

    bool operator==(const MapStanding&) const = default;
};

MapStanding standingOf(const Explanation& explanation, const TileMap& tile);

/// The middle of what chance did; none where it was not tried.
std::optional<double> medianOfNull(const Finding& finding);

/// The tile's title with the mark of its verdict: "Head 3 ✓".
QString markedTitle(const Explanation& explanation, const TileMap& tile);

/// "✓", "✗" or "?" of a map that was tested, for the title of a figure's tile; else empty.
QString markOf(const Explanation& explanation, const TileMap& tile);

/// What the marks in a figure mean, with their numbers: the test, its null, how many and how they were corrected.
/// Empty where none of the tiles was tested.
QString markLegend(const Explanation& explanation);

/// Columns of a table that tell a map's evidence.
std::string_view evidenceColumns();
/// Their values: verdict, logit lost where it was covered, the median of its null, n, p as it is and corrected, how it
/// was corrected, and what a head is worth; empty where that is not known.
void addEvidence(CsvLine& line, const Explanation& explanation, const TileMap& tile);

} // namespace ocellus
