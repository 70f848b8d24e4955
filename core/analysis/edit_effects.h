// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/edit/mask.h"
#include "core/engine/decoding.h"
#include "core/image/geometry.h"
#include "core/io/csv.h"

namespace ocellus {

/// What an edit did to one class's answer. Ranks count from 1, the best.
struct ClassEffect {
    int classIndex = 0;
    float logitBefore = 0, logitAfter = 0;
    float probabilityBefore = 0, probabilityAfter = 0;
    int rankBefore = 1, rankAfter = 1;

    float logitChange() const { return logitAfter - logitBefore; }
    float probabilityChange() const { return probabilityAfter - probabilityBefore; }
    int rankChange() const { return rankAfter - rankBefore; } ///< above 0: fell behind
};

/// Of all classes that take part, in the order of the ranks before: none that a limit leaves out.
struct ClassEffects {
    std::vector<ClassEffect> classes;
    int topBefore = 0, topAfter = 0; ///< class indices of rank 1

    bool flips() const { return topBefore != topAfter; }
};

/// What an edit did to the map of one head, or of the mean of the heads where `head` equals their number.
struct MapEffect {
    int head = 0;
    /// 0 (equal) to 1 (no cell in common); none where a crop or a rotation changed the grid, of a head that was
    /// suppressed by hand, and of a tree's node that was not on the picture's way before.
    std::optional<double> distance;
    std::optional<double> inMaskBefore, inMaskAfter; ///< shares of the attention, 0 to 1; none without a mask
};

/// Two decodings of one query set: the picture before and after an edit, of one size or not.
/// Throws Error: Mismatch where they have different classes, BadArgument for a decoding without logits.
ClassEffects classEffects(const Decoding& before, const Decoding& after);

/// The heads, or the prototypes that the class has after the edit, in their order and their mean, of one class in one
/// layer (from 0). Each cover is of its own decoding's grid, or empty. No rows for a class without a map of its own in
/// either decoding, nor for a plain classifier. Throws Error: Mismatch for another number of heads or layers and for a
/// cover that does not fill its grid, BadArgument for a layer that is not there.
std::vector<MapEffect> mapEffects(const Decoding& before, const Decoding& after, int layer, int classIndex,
                                  std::span<const double> coverBefore = {}, std::span<const double> coverAfter = {});

/// How far two distributions over the same cells are apart: the square root, which is a metric (D. M. Endres and
/// J. E. Schindelin 2003), of the Jensen-Shannon divergence (J. Lin 1991) with base 2,
///
///     sqrt(sum_c p_c log2(p_c / m_c) / 2 + q_c log2(q_c / m_c) / 2),   m = (p + q) / 2,
///
/// 0 where they are equal to 1 where they share no cell. Both are divided by their sums first.
/// Throws Error: Mismatch for different lengths, BadArgument for values below 0 or not finite, or a sum of 0.
double jensenShannonDistance(std::span<const float> p, std::span<const float> q);

/// How much of each cell a mask covers, 0 to 1, row by row on the geometry's grid:
///
///     cover_c = sum of alpha / 255 over the pixels of the cell, divided by their number,
///
/// where a cell's pixels are those whose centres are nearest to its centre (CellGeometry::cellAt), but for what the
/// model doesn't see. A cell too small to
/// have a pixel gets the value of the one under its centre. Throws Error(Mismatch) for a mask of another size.
std::vector<double> cellCover(const Mask& mask, const CellGeometry& geometry);

/// The part of a map that lies inside a mask: sum of attention_c * cover_c, 0 to 1 for attention that sums to 1.
/// Throws Error(Mismatch) for different lengths.
double attentionInside(std::span<const float> attention, std::span<const double> cover);

/// CSV with a line a class: class, name, logit_before, logit_after, logit_change, probability_before,
/// probability_after, probability_change, rank_before, rank_after, and what the table belongs to. `names` by class
/// index.
std::string csvOf(const ClassEffects& effects, const std::vector<std::string>& names,
                  std::span<const CsvColumn> belongsTo = {});

/// CSV with a line a map: head (from 1, or "mean"), js_distance, in_mask_before, in_mask_after; what is not there stays
/// empty.
std::string csvOf(std::span<const MapEffect> effects, std::span<const CsvColumn> belongsTo = {});

} // namespace ocellus
