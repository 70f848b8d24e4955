// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/edit/mask.h"
#include "core/image/geometry.h"

namespace ocellus {

/// The cells of a grid that lie within one cell of something: the distance from the cell's centre to it, measured in
/// cells (grid steps) along each axis, is at most 1.
class CellsNear {
public:
    /// Near nothing yet.
    explicit CellsNear(const CellGeometry& geometry);

    /// Adds the cells near a point of the picture. Throws Error(BadArgument) for one that is not finite.
    void add(Point point);

    /// Adds one cell, whatever it is near to.
    void addCell(Cell cell);

    bool isEmpty() const { return m_isEmpty; } ///< no point was added; one beyond the grid's reach has no cell near
    bool contains(std::size_t cell) const { return m_near[cell]; } ///< cells are numbered row by row
    std::size_t cells() const { return m_near.size(); }
    bool containsMiddle() const; ///< the cell in the middle of the grid
    double share() const;        ///< chance of a cell drawn at random, 0 to 1

private:
    CellGeometry m_geometry;
    Point m_step; ///< picture pixels from one cell's centre to the next
    std::vector<bool> m_near;
    std::size_t m_count = 0;
    bool m_isEmpty = true;
};

/// The cells near a mark: pixels that are selected at least half (128 of 255).
/// Throws Error(Mismatch) unless the mask is of the geometry's picture.
CellsNear cellsNearMark(const CellGeometry& geometry, const Mask& mask);

/// The cells whose centre lies on a mark's pixel. Throws as cellsNearMark.
CellsNear cellsOnMark(const CellGeometry& geometry, const Mask& mask);

/// How much of each cell's square a mark covers, 0 to 1, row by row: what lies beyond the grid belongs to no cell.
/// Throws as cellsNearMark.
std::vector<double> markCover(const CellGeometry& geometry, const Mask& mask);

/// The first cell with the map's largest value. Throws Error(BadArgument) for a map without cells.
std::size_t peakCell(std::span<const float> map);

/// How many pictures had a peak near what was looked for, and how many would have had by chance.
struct PointingTally {
    int n = 0;
    int hits = 0;
    int shuffledHits = 0;    ///< with the cells of each map permuted, once, by a seeded generator
    int centralHits = 0;     ///< of a map that always peaks in the middle of the grid
    double expectedHits = 0; ///< of shuffled maps, over all permutations

    /// Counts a picture: a hit where any of the maps' peaks is near.
    void add(const CellsNear& near, std::span<const std::size_t> peaks, std::mt19937_64& generator);

    double share() const { return n == 0 ? 0 : static_cast<double>(hits) / n; }
    double shuffledShare() const { return n == 0 ? 0 : static_cast<double>(shuffledHits) / n; }
    double centralShare() const { return n == 0 ? 0 : static_cast<double>(centralHits) / n; }
    double chance() const { return n == 0 ? 0 : expectedHits / n; }
};

/// One tally of a report, with what it counts.
struct PointingRow {
    std::string mark;  ///< a part's name, "any part" or "mark"
    std::string limit; ///< "full set" or "ring"
    Placement placement = Placement::Receptive;
    std::string heads; ///< "1" to "8" as the window numbers them, or "any of best 3"
    PointingTally tally;
    bool isSinglePart = false; ///< one of several parts that "any part" sums up
    /// Mean share of the attention that lies inside the mark, of the best-ranked head or the single one; where
    /// measured.
    std::optional<double> inside = std::nullopt;
    /// The same over the mean share of the grid that the mark covers; 1 is an even spread.
    std::optional<double> lift = std::nullopt;
    /// The same of a map that knows only where the middle is (see centralMap).
    std::optional<double> centralLift = std::nullopt;
    std::string maps = "heads"; ///< what they are called, as mapWords() has it
};

/// "true" or "published".
std::string_view toString(Placement placement);

} // namespace ocellus
