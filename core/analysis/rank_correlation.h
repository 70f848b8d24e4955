// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace ocellus {

/// Spearman's rank correlation of two maps, -1 to 1, equal values sharing their mean rank; NaN where one of them is the
/// same everywhere, which has no order. Throws Error(Mismatch) for maps of different length or of fewer than two
/// values.
double rankCorrelation(std::span<const float> a, std::span<const float> b);

/// Standard deviation of it for two maps of `count` values that have nothing to do with each other: 1 / sqrt(n - 1).
/// Neighbouring values that are alike make the true spread larger.
double rankCorrelationSpread(std::size_t count);

} // namespace ocellus
