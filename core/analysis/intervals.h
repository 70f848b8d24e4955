// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

} // namespace ocellus
