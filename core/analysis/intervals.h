// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace ocellus {

/// Two ends of what a share may truly be, each in [0, 1].
struct Interval {
    double low = 0;
    double high = 1;
};

/// The normal distribution's quantile for 95 %, two-sided.
constexpr double quantile95 = 1.959963984540054;

/// Wilson's score interval of a share (E. B. Wilson 1927, J. Am. Stat. Assoc. 22:209); 0 to 1 where n is 0.
/// Throws Error(BadArgument) unless 0 <= successes <= n and z is positive.
Interval wilsonInterval(int successes, int n, double z = quantile95);

/// Trials that are no independent ones: maps of one class, or of one picture.
struct TrialCluster {
    int successes = 0;
    int n = 0;
};

/// Wilson's interval of the share of all trials for as many of them as would tell as much had they been independent:
/// their number over the design effect (L. Kish 1965, Survey Sampling), which is 1 at the least. A few clusters tell
/// that effect badly, however alike they are: the number is also multiplied by (z / t)^2, t being the quantile of
/// Student's distribution with a degree of freedom less than there are clusters (E. L. Korn and B. I. Graubard 1998,
/// Survey Methodology 24:193). It is that of the clusters at the least. Where all trials had one outcome, or lie in one
/// cluster, nothing tells the effect: clusters count as one trial each. 0 to 1 without trials. Throws as
/// wilsonInterval().
Interval clusteredInterval(std::span<const TrialCluster> clusters, double z = quantile95);

} // namespace ocellus
