// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/intervals.h"

#include <algorithm>
#include <cmath>
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
    const double variance = count > 1 ? count / (count - 1) * squares / (static_cast<double>(n) * n) : 0;
    const double worth =
        variance > 0 ? std::clamp(share * (1 - share) / variance, count, static_cast<double>(n)) : count;
    return wilson(share, worth, z);
}

} // namespace ocellus
