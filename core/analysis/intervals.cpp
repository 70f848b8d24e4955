// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/intervals.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"

namespace ocellus {

Interval wilsonInterval(int successes, int n, double z)
{
    if (successes < 0 || successes > n || !(z > 0) || !std::isfinite(z))
        throw Error(ErrorCode::BadArgument, "interval",
                    "expected successes from 0 to n and a positive quantile, got " + std::to_string(successes) +
                        " of " + std::to_string(n) + " and " + std::to_string(z));
    if (n == 0)
        return {};
    const double share = static_cast<double>(successes) / n;
    const double squared = z * z / n;
    const double centre = (share + squared / 2) / (1 + squared);
    const double reach = std::sqrt(share * (1 - share) * squared + squared * squared / 4) / (1 + squared);
    // Rounding must not leave a trace of the other side where nothing or everything succeeded.
    return {successes == 0 ? 0.0 : std::max(centre - reach, 0.0), successes == n ? 1.0 : std::min(centre + reach, 1.0)};
}

} // namespace ocellus
