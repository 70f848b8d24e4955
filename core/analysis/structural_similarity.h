// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

namespace ocellus {

/// SSIM of two maps [rows, columns] (Wang et al. 2004) as scikit-image computes it by default: uniform window, sample
/// covariance, constants 0.01 and 0.03, mean over the windows that lie inside; the range is that of both maps together.
/// Nothing where the grid is smaller than the window or a value is not finite; 1 for two maps of one same value.
/// Throws Error(Mismatch) where the maps do not fill the grid.
std::optional<double> structuralSimilarity(std::span<const float> a, std::span<const float> b, int rows, int columns,
                                           int window = 7);

} // namespace ocellus
