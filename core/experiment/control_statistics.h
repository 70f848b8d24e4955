// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/engine/decoding.h"

namespace ocellus {

/// How sure the model is of one class.
struct ClassStanding {
    double logit = 0;
    double probability = 0; ///< softmax, 0 to 1
    double margin = 0;      ///< logit minus the highest other one; above 0 for the predicted class, 0 of a single class

    bool operator==(const ClassStanding&) const = default;
};

/// Throws Error(BadArgument) for a class without a logit.
ClassStanding standingOf(const Decoding& decoding, int classIndex);

/// What a change did: after minus before.
ClassStanding changeOf(const ClassStanding& before, const ClassStanding& after);

/// Two-sided empirical p of an effect among those of controls: (1 + #{|control| >= |edit|}) / (n + 1)
/// (the edit counts as one of its own controls; Phipson and Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39). 1 without
/// controls. Throws Error(BadArgument) for numbers that are not finite.
double empiricalP(double edit, std::span<const double> controls);

/// The least p that so many controls can show: that of an effect above all of theirs.
constexpr double leastP(std::size_t controls)
{
    return 1.0 / (1.0 + static_cast<double>(controls));
}

/// Fewer cannot show p = 0.05.
inline constexpr std::size_t controlsForFivePercent = 19;

/// A mean with the ends between which 95 % of its bootstrap draws lie.
struct BootstrapMean {
    std::size_t n = 0;
    int draws = 0; ///< 0 without values
    double mean = 0, low = 0, high = 0;
};

/// As many draws as are made of up to 20,000 values; larger samples get fewer, down to 1,000.
inline constexpr int bootstrapDraws = 10'000;

/// Percentile bootstrap (B. Efron 1979, Ann. Stat. 7:1; quantiles interpolated linearly between the draws). The same
/// values and seed give the same interval. Throws Error(BadArgument) for numbers that are not finite.
BootstrapMean bootstrapMean(std::span<const double> values, std::uint64_t seed);

/// Of values in any order, interpolated linearly between the two nearest; `share` from 0 to 1. Throws
/// Error(BadArgument) without values and for a share out of range.
double quantile(std::vector<double> values, double share);

} // namespace ocellus
