// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/softmax.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

std::vector<float> softmax(std::span<const float> values)
{
    const double highest = values.empty() ? 0.0 : std::ranges::max(values);
    std::vector<double> exponentials(values.size());
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        sum += exponentials[i] = std::exp(static_cast<double>(values[i]) - highest);
    std::vector<float> result(values.size());
    std::ranges::transform(exponentials, result.begin(),
                           [sum](double value) { return static_cast<float>(value / sum); });
    return result;
}

} // namespace ocellus
