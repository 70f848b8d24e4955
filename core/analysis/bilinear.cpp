// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bilinear.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

namespace {

/// Unlike std::lerp this keeps what is not a number.
float between(float first, float second, float share)
{
    return first + (second - first) * share;
}

} // namespace

BetweenCells betweenCells(double place, int cells)
{
    const double position = std::clamp(place, 0.0, cells - 1.0);
    const auto first = static_cast<std::size_t>(position);
    const auto share = static_cast<float>(position - std::floor(position));
    return {first, share > 0 ? first + 1 : first, share};
}

std::vector<float> sampled(std::span<const float> values, std::size_t columns, std::span<const BetweenCells> across,
                           std::span<const BetweenCells> down)
{
    std::vector<float> samples;
    samples.reserve(across.size() * down.size());
    for (const BetweenCells& y : down) {
        const std::span<const float> upper = values.subspan(y.first * columns, columns);
        const std::span<const float> lower = values.subspan(y.second * columns, columns);
        for (const BetweenCells& x : across)
            samples.push_back(between(between(upper[x.first], upper[x.second], x.share),
                                      between(lower[x.first], lower[x.second], x.share), y.share));
    }
    return samples;
}

} // namespace ocellus
