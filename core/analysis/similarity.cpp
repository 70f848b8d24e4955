// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/similarity.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

double similarity(const Decoding& decoding, int classA, int classB)
{
    const std::span<const float> a = decoding.output(classA);
    const std::span<const float> b = decoding.output(classB);
    double product = 0, squaresA = 0, squaresB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += static_cast<double>(a[i]) * b[i];
        squaresA += static_cast<double>(a[i]) * a[i];
        squaresB += static_cast<double>(b[i]) * b[i];
    }
    const double lengths = std::sqrt(squaresA) * std::sqrt(squaresB);
    // Rounding may carry two equal directions a little beyond 1.
    return lengths > 0 ? std::clamp(product / lengths, -1.0, 1.0) : 0.0;
}

std::vector<int> mostSimilar(const Decoding& decoding, int classIndex, int count)
{
    if (count < 0)
        throw Error(ErrorCode::BadArgument, "similar classes", "expected a count of at least 0");
    std::vector<std::pair<double, int>> others;
    for (const int other : decoding.classes()) {
        if (other != classIndex)
            others.emplace_back(-similarity(decoding, classIndex, other), other);
    }
    const std::size_t kept = std::min(static_cast<std::size_t>(count), others.size());
    std::partial_sort(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(kept), others.end());
    std::vector<int> classes;
    for (std::size_t i = 0; i < kept; ++i)
        classes.push_back(others[i].second);
    return classes;
}

} // namespace ocellus
