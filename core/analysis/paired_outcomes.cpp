// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/paired_outcomes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "core/base/error.h"

namespace ocellus {

void PairedOutcomes::add(bool first, bool second)
{
    ++(first ? (second ? both : onlyFirst) : (second ? onlySecond : neither));
}

double mcNemarP(int onlyFirst, int onlySecond)
{
    if (onlyFirst < 0 || onlySecond < 0)
        throw Error(ErrorCode::BadArgument, "McNemar's test",
                    "expected numbers of pictures, got " + std::to_string(onlyFirst) + " and " +
                        std::to_string(onlySecond));
    const double n = static_cast<double>(onlyFirst) + onlySecond;
    if (n == 0)
        return 1;
    double tail = 0;
    for (int k = 0; k <= std::min(onlyFirst, onlySecond); ++k)
        tail += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1) - n * std::numbers::ln2);
    return std::min(1.0, 2 * tail);
}

} // namespace ocellus
