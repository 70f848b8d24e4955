// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace ocellus {

namespace {

/// From 1; equal values have the mean of the ranks that they take up.
std::vector<double> ranksOf(std::span<const float> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (std::size_t i = begin; i < end; ++i)
            ranks[order[i]] = static_cast<double>(begin + 1 + end) / 2;
    }
    return ranks;
}

} // namespace

double rankCorrelation(std::span<const float> a, std::span<const float> b)
{
    if (a.size() != b.size() || a.size() < 2)
        throw Error(ErrorCode::Mismatch, "rank correlation",
                    "expected two maps of one length, got " + std::to_string(a.size()) + " and " +
                        std::to_string(b.size()) + " values");
    const auto finite = [](float value) { return std::isfinite(value); };
    if (!std::ranges::all_of(a, finite) || !std::ranges::all_of(b, finite))
        return std::nan("");
    const std::vector<double> first = ranksOf(a);
    const std::vector<double> second = ranksOf(b);
    const double mean = static_cast<double>(a.size() + 1) / 2;
    double both = 0;
    double ofFirst = 0;
    double ofSecond = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        both += (first[i] - mean) * (second[i] - mean);
        ofFirst += (first[i] - mean) * (first[i] - mean);
        ofSecond += (second[i] - mean) * (second[i] - mean);
    }
    return ofFirst > 0 && ofSecond > 0 ? both / std::sqrt(ofFirst * ofSecond) : std::nan("");
}

double rankCorrelationSpread(std::size_t count)
{
    return count < 2 ? 1 : 1 / std::sqrt(static_cast<double>(count - 1));
}

} // namespace ocellus
