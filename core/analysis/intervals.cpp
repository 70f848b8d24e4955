// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/intervals.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

/// `n` is positive and need not be whole.
Interval wilson(double share, double n, double z)
{
    const double squared = z * z / n;
    const double centre = (share + squared / 2) / (1 + squared);
    const double reach = std::sqrt(share * (1 - share) * squared + squared * squared / 4) / (1 + squared);
    // Rounding must not leave a trace of the other side where nothing or everything succeeded.
    return {share <= 0 ? 0.0 : std::max(centre - reach, 0.0), share >= 1 ? 1.0 : std::min(centre + reach, 1.0)};
}

/// Within t, two-sided, of Student's distribution with so many degrees of freedom: 0 to 1 (Abramowitz and Stegun 1964,
/// 26.7.3 and 26.7.4).
double studentWithin(double t, int freedom)
{
    const double angle = std::atan(t / std::sqrt(static_cast<double>(freedom)));
    const double squared = std::pow(std::cos(angle), 2);
    const bool isOdd = freedom % 2 == 1;
    double term = isOdd ? std::cos(angle) : 1;
    double sum = 0;
    for (int i = isOdd ? 1 : 0; i <= freedom - 2; i += 2) {
        sum += term;
        term *= squared * (i + 1) / (i + 2);
    }
    sum *= std::sin(angle);
    return isOdd ? 2 / std::numbers::pi * (angle + sum) : sum;
}

/// What the normal distribution's quantile `z` is in Student's.
double studentQuantile(double z, int freedom)
{
    constexpr int many = 200;
    if (freedom > many) // Abramowitz and Stegun, 26.7.5
        return z + (z * z * z + z) / (4.0 * freedom);
    const double share = std::erf(z / std::numbers::sqrt2);
    double low = z;
    double high = 2 * z;
    constexpr double farthest = 1e9;
    while (studentWithin(high, freedom) < share && high < farthest)
        high *= 2;
    constexpr int halvings = 60;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        (studentWithin(middle, freedom) < share ? low : high) = middle;
    }
    return high;
}

} // namespace

Interval wilsonInterval(int successes, int n, double z)
{
    if (successes < 0 || successes > n || !(z > 0) || !std::isfinite(z))
        throw Error(ErrorCode::BadArgument, "interval",
                    "expected successes from 0 to n and a positive quantile, got " + std::to_string(successes) +
                        " of " + std::to_string(n) + " and " + std::to_string(z));
    if (n == 0)
        return {};
    return wilson(static_cast<double>(successes) / n, n, z);
}

Interval clusteredInterval(std::span<const TrialCluster> clusters, double z)
{
    int successes = 0;
    int n = 0;
    double count = 0; // of the clusters that have trials
    for (const TrialCluster& cluster : clusters) {
        wilsonInterval(cluster.successes, cluster.n, z); // refuses what cannot be
        successes += cluster.successes;
        n += cluster.n;
        count += cluster.n > 0 ? 1 : 0;
    }
    if (n == 0)
        return {};
    const double share = static_cast<double>(successes) / n;
    double squares = 0;
    for (const TrialCluster& cluster : clusters)
        squares += std::pow(cluster.successes - share * cluster.n, 2);
    const double unclustered = share * (1 - share) / n; // variance of the share, were the trials independent
    if (count < 2 || unclustered <= 0)
        return wilson(share, count, z);
    const double variance = count / (count - 1) * squares / (static_cast<double>(n) * n);
    const double effect = std::max(variance / unclustered, 1.0);
    const double known = z / studentQuantile(z, static_cast<int>(count) - 1);
    return wilson(share, std::max(n / effect * known * known, count), z);
}

} // namespace ocellus
