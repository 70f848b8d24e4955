// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace ocellus {

/// What is known of n parts in some observations, and of the scores that came with them: sums about their means.
struct Moments {
    std::vector<double> covariance; ///< [n, n]
    std::vector<double> right;      ///< [n]: with the scores
    double variance = 0;            ///< of the scores
    double count = 0;               ///< of observations
};

/// At least one observation, each of the same number of parts, and as many scores.
Moments momentsOf(const std::vector<const std::vector<double>*>& parts, const std::vector<double>& scores);

/// What each part is worth by a penalised linear fit (A. E. Hoerl and R. W. Kennard 1970, Technometrics 12:55), with
/// the penalty of generalised cross-validation (G. H. Golub, M. Heath and G. Wahba 1979, Technometrics 21:215); zeros
/// where that says nothing, as of scores that are not finite.
std::vector<double> ridgeFit(const Moments& moments);

/// The same of scores without noise, of which there are many: hardly any penalty.
std::vector<double> leastSquaresFit(const Moments& moments);

} // namespace ocellus
