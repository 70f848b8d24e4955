// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/finer_score.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/engine/softmax.h"

namespace ocellus {

namespace {

void requireClass(int classIndex, std::size_t classes)
{
    if (classIndex < 0 || static_cast<std::size_t>(classIndex) >= classes)
        throw Error(ErrorCode::BadArgument, "class",
                    "expected 0 to " + std::to_string(classes - 1) + ", got " + std::to_string(classIndex));
}

void requireReferences(const std::vector<int>& references, int label, std::size_t classes)
{
    std::vector<int> sorted = references;
    std::ranges::sort(sorted);
    for (const int reference : sorted)
        requireClass(reference, classes);
    if (std::ranges::find(sorted, label) != sorted.end())
        throw Error(ErrorCode::BadArgument, "references",
                    "expected classes other than " + std::to_string(label) + ", got it among them");
    if (std::ranges::adjacent_find(sorted) != sorted.end())
        throw Error(ErrorCode::BadArgument, "references", "expected each class once");
}

} // namespace

std::vector<int> nearestClasses(std::span<const float> logits, int label, std::size_t count)
{
    requireClass(label, logits.size());
    std::vector<int> order;
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (static_cast<int>(i) != label)
            order.push_back(static_cast<int>(i));
    const float own = logits[static_cast<std::size_t>(label)];
    std::ranges::stable_sort(order, {}, [&](int i) { return std::abs(logits[static_cast<std::size_t>(i)] - own); });
    order.resize(std::min(order.size(), count));
    return order;
}

FinerScore finerScore(std::span<const float> logits, int label, const FinerRecipe& recipe)
{
    if (logits.size() < 2)
        throw Error(ErrorCode::BadArgument, "references", "expected at least two classes to set apart");
    requireClass(label, logits.size());
    FinerScore result;
    result.references = recipe.references.empty() ? nearestClasses(logits, label) : recipe.references;
    requireReferences(result.references, label, logits.size());
    const std::vector<float> p = softmax(logits);
    const auto at = [](std::span<const float> values, int i) {
        return static_cast<double>(values[static_cast<std::size_t>(i)]);
    };
    double weights = 0;
    double weighed = 0;
    for (const int i : result.references) {
        weights += at(p, i);
        weighed += at(p, i) * (at(logits, label) - recipe.alpha * at(logits, i));
    }
    const double divisor = weights + 1e-9;
    result.score = weighed / divisor;
    std::vector<double> derivative(logits.size());
    derivative[static_cast<std::size_t>(label)] = weights / divisor;
    for (const int i : result.references)
        derivative[static_cast<std::size_t>(i)] -= recipe.alpha * at(p, i) / divisor;
    if (recipe.throughWeights) {
        // dp_i / dz_k = p_i ([i = k] - p_k), in the numerator and in the divisor.
        for (std::size_t k = 0; k < logits.size(); ++k)
            derivative[k] -= static_cast<double>(p[k]) * (weighed - result.score * weights) / divisor;
        for (const int i : result.references)
            derivative[static_cast<std::size_t>(i)] +=
                at(p, i) * (at(logits, label) - recipe.alpha * at(logits, i) - result.score) / divisor;
    }
    result.derivative.assign(derivative.begin(), derivative.end());
    return result;
}

} // namespace ocellus
