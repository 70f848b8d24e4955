// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/control_statistics.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/base/random.h"

namespace ocellus {

namespace {

constexpr double tail = 0.025;
constexpr double maxDrawnValues = 2e8;
constexpr int leastDraws = 1'000;

void requireFinite(std::span<const double> values)
{
    if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); }))
        throw Error(ErrorCode::BadArgument, "statistics", "expected finite numbers, got one that is not");
}

double meanOf(std::span<const double> values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

} // namespace

ClassStanding standingOf(const Decoding& decoding, int classIndex)
{
    ClassStanding standing{decoding.logit(classIndex), decoding.probability(classIndex), 0};
    for (const int position : decoding.ranking()) {
        const auto at = static_cast<std::size_t>(position);
        if (decoding.classes()[at] == classIndex)
            continue;
        standing.margin = standing.logit - decoding.logits()[at];
        break;
    }
    return standing;
}

ClassStanding changeOf(const ClassStanding& before, const ClassStanding& after)
{
    return {after.logit - before.logit, after.probability - before.probability, after.margin - before.margin};
}

double empiricalP(double edit, std::span<const double> controls)
{
    requireFinite(std::span(&edit, 1));
    requireFinite(controls);
    const auto atLeast =
        std::ranges::count_if(controls, [edit](double control) { return std::abs(control) >= std::abs(edit); });
    return (1.0 + static_cast<double>(atLeast)) / (1.0 + static_cast<double>(controls.size()));
}

double quantile(std::vector<double> values, double share)
{
    if (values.empty() || !(share >= 0 && share <= 1))
        throw Error(ErrorCode::BadArgument, "quantile",
                    "expected values and a share from 0 to 1, got " + std::to_string(values.size()) + " values and " +
                        std::to_string(share));
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::ptrdiff_t>(std::floor(place));
    std::ranges::nth_element(values, values.begin() + below);
    const double low = values[static_cast<std::size_t>(below)];
    if (static_cast<double>(below) == place)
        return low;
    const double high = *std::min_element(values.begin() + below + 1, values.end());
    return low + (place - static_cast<double>(below)) * (high - low);
}

BootstrapMean bootstrapMean(std::span<const double> values, std::uint64_t seed)
{
    requireFinite(values);
    BootstrapMean result;
    result.n = values.size();
    if (values.empty())
        return result;
    const double affordable = maxDrawnValues / static_cast<double>(values.size());
    result.draws = static_cast<int>(std::clamp<double>(affordable, leastDraws, bootstrapDraws));
    result.mean = meanOf(values);
    RandomStream random(seed);
    std::vector<double> means;
    means.reserve(static_cast<std::size_t>(result.draws));
    for (int draw = 0; draw < result.draws; ++draw) {
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            sum += values[static_cast<std::size_t>(random.below(static_cast<int>(values.size())))];
        means.push_back(sum / static_cast<double>(values.size()));
    }
    result.low = quantile(means, tail);
    result.high = quantile(std::move(means), 1 - tail);
    return result;
}

} // namespace ocellus
