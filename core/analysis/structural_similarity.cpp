// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/structural_similarity.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/base/error.h"

namespace ocellus {

namespace {

struct Moments {
    double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
};

Moments momentsAt(std::span<const float> a, std::span<const float> b, std::size_t columns, std::size_t window,
                  std::size_t first)
{
    Moments sum;
    for (std::size_t y = 0; y < window; ++y)
        for (std::size_t x = 0; x < window; ++x) {
            const auto p = static_cast<double>(a[first + y * columns + x]);
            const auto q = static_cast<double>(b[first + y * columns + x]);
            sum.a += p;
            sum.b += q;
            sum.aa += p * p;
            sum.bb += q * q;
            sum.ab += p * q;
        }
    const auto count = static_cast<double>(window * window);
    return {sum.a / count, sum.b / count, sum.aa / count, sum.bb / count, sum.ab / count};
}

} // namespace

std::optional<double> structuralSimilarity(std::span<const float> a, std::span<const float> b, int rows, int columns,
                                           int window)
{
    const auto width = static_cast<std::size_t>(columns);
    const auto side = static_cast<std::size_t>(window);
    if (a.size() != b.size() || a.size() != static_cast<std::size_t>(rows) * width || window < 2)
        throw Error(ErrorCode::Mismatch, "similarity", "expected two maps that fill one grid");
    const auto finite = [](float value) { return std::isfinite(value); };
    if (rows < window || columns < window || !std::ranges::all_of(a, finite) || !std::ranges::all_of(b, finite))
        return std::nullopt;
    const auto [lowA, highA] = std::ranges::minmax(a);
    const auto [lowB, highB] = std::ranges::minmax(b);
    const double span = static_cast<double>(std::max(highA, highB)) - static_cast<double>(std::min(lowA, lowB));
    if (span == 0)
        return 1;
    const double c1 = std::pow(0.01 * span, 2);
    const double c2 = std::pow(0.03 * span, 2);
    const auto count = static_cast<double>(side * side);
    const double sample = count / (count - 1);
    double sum = 0;
    std::size_t windows = 0;
    for (std::size_t y = 0; y + side <= static_cast<std::size_t>(rows); ++y)
        for (std::size_t x = 0; x + side <= width; ++x, ++windows) {
            const Moments m = momentsAt(a, b, width, side, y * width + x);
            const double varianceA = sample * (m.aa - m.a * m.a);
            const double varianceB = sample * (m.bb - m.b * m.b);
            const double covariance = sample * (m.ab - m.a * m.b);
            sum += (2 * m.a * m.b + c1) * (2 * covariance + c2) /
                   ((m.a * m.a + m.b * m.b + c1) * (varianceA + varianceB + c2));
        }
    return sum / static_cast<double>(windows);
}

} // namespace ocellus
