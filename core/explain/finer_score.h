// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocellus {

/// Which classes Finer-CAM sets one class apart from, and how (Zhang et al. 2025, arXiv 2501.11309).
struct FinerRecipe {
    std::vector<int> references; ///< empty: the three classes whose logits are nearest
    double alpha = 1;            ///< how much of a reference's logit is taken off
    /// Whether the gradient runs through the references' probabilities too, as in both public programs; without, the
    /// map is a plain difference of class activation maps.
    bool throughWeights = true;

    bool operator==(const FinerRecipe&) const = default;
};

/// Finer-CAM's score and its derivative by every logit.
struct FinerScore {
    double score = 0;
    std::vector<float> derivative; ///< [C]
    std::vector<int> references;
};

/// score = sum over references i of p_i (z_label - alpha z_i) / (sum of p_i + 1e-9), p the softmax over all classes.
/// Throws Error(BadArgument) for a class or reference that is none, a reference that is the label or named twice, and
/// where there are no two classes.
FinerScore finerScore(std::span<const float> logits, int label, const FinerRecipe& recipe);

/// The `count` classes other than `label` whose logits are nearest to its own, nearest first, equals by index.
std::vector<int> nearestClasses(std::span<const float> logits, int label, std::size_t count = 3);

} // namespace ocellus
