// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/pointing_finding.h"

#include <numeric>

#include "core/analysis/map_in_mask.h"
#include "core/base/error.h"
#include "core/explain/moved_map.h"

namespace ocellus {

Finding pointingFinding(std::span<const float> map, int rows, int columns, std::span<const double> coverage,
                        const std::string& part, int places, std::uint64_t seed)
{
    if (rows < 1 || columns < 1 || map.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns))
        throw Error(ErrorCode::Mismatch, part, "expected a map that fills its grid");
    Finding finding;
    finding.test = EvidenceTest::Pointing;
    finding.settings = "part=" + part;
    finding.value = massInMask(map, coverage).share;
    finding.share = std::accumulate(coverage.begin(), coverage.end(), 0.0) / static_cast<double>(coverage.size());
    finding.centre = massInMask(centralMap(rows, columns), coverage).share;
    for (const int place : otherPlaces(static_cast<int>(map.size()), places, seed))
        finding.nulls.push_back(massInMask(movedMap(map, rows, columns, place), coverage).share);
    finding.p = pAmongNulls(finding);
    return finding;
}

PointingGame pointingGame(std::span<const float> map, const CellsNear& near)
{
    if (map.size() != near.cells())
        throw Error(ErrorCode::Mismatch, "map", "expected as many values as the grid has cells");
    return {near.contains(peakCell(map)), near.share(), near.containsMiddle()};
}

} // namespace ocellus
