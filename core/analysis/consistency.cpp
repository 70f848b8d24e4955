// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/consistency.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

std::vector<double> unitVector(std::span<const float> vector)
{
    std::vector<double> unit(vector.begin(), vector.end());
    const double length = std::sqrt(std::inner_product(unit.begin(), unit.end(), unit.begin(), 0.0));
    if (length > 0)
        for (double& value : unit)
            value /= length;
    return unit;
}

} // namespace

std::vector<float> attendedMemory(const Decoding& decoding, std::span<const float> memory, int layer, int classIndex)
{
    const Decoding::Extent& extent = decoding.extent();
    const std::size_t cells = extent.cells();
    const auto width = static_cast<std::size_t>(extent.hiddenDim);
    if (memory.size() != width * cells)
        throw Error(ErrorCode::Mismatch, "attended memory",
                    "expected a memory of " + std::to_string(width * cells) + " values, got " +
                        std::to_string(memory.size()));
    std::vector<float> attended;
    attended.reserve(static_cast<std::size_t>(extent.heads) * width);
    for (int head = 0; head < extent.heads; ++head) {
        const std::vector<float> weights = decoding.attention(layer, head, classIndex);
        for (std::size_t channel = 0; channel < width; ++channel) {
            const std::span<const float> values = memory.subspan(channel * cells, cells);
            attended.push_back(
                static_cast<float>(std::inner_product(weights.begin(), weights.end(), values.begin(), 0.0)));
        }
    }
    return attended;
}

Consistency consistencyOf(const std::vector<std::span<const float>>& vectors)
{
    Consistency consistency;
    const std::size_t count = vectors.size();
    consistency.outlyingness.assign(count, 0);
    std::vector<std::vector<double>> units;
    for (const std::span<const float> vector : vectors) {
        if (vector.size() != vectors.front().size())
            throw Error(ErrorCode::Mismatch, "consistency",
                        "expected vectors of " + std::to_string(vectors.front().size()) + " values, got " +
                            std::to_string(vector.size()));
        units.push_back(unitVector(vector));
    }
    if (count < 2)
        return consistency;

    std::vector<double> sums(count, 0);
    for (std::size_t a = 0; a < count; ++a)
        for (std::size_t b = a + 1; b < count; ++b) {
            const double cosine =
                std::clamp(std::inner_product(units[a].begin(), units[a].end(), units[b].begin(), 0.0), -1.0, 1.0);
            sums[a] += cosine;
            sums[b] += cosine;
        }
    const auto others = static_cast<double>(count - 1);
    for (std::size_t i = 0; i < count; ++i)
        consistency.outlyingness[i] = 1 - sums[i] / others;
    consistency.score = std::accumulate(sums.begin(), sums.end(), 0.0) / (others * static_cast<double>(count));
    return consistency;
}

std::vector<Consistency> consistencyOfHeads(const std::vector<std::span<const float>>& attended, int heads)
{
    const auto count = static_cast<std::size_t>(heads);
    const std::size_t width = attended.empty() || heads == 0 ? 0 : attended.front().size() / count;
    std::vector<std::vector<std::span<const float>>> ofHead(count);
    std::vector<std::vector<float>> means;
    for (const std::span<const float> picture : attended) {
        if (picture.size() != attended.front().size())
            throw Error(ErrorCode::Mismatch, "consistency",
                        "expected vectors of " + std::to_string(attended.front().size()) + " values, got " +
                            std::to_string(picture.size()));
        std::vector<float>& mean = means.emplace_back(width);
        for (std::size_t head = 0; head < count; ++head) {
            const std::span<const float> own = picture.subspan(head * width, width);
            ofHead[head].push_back(own);
            std::ranges::transform(mean, own, mean.begin(), std::plus());
        }
    }
    std::vector<Consistency> all;
    for (const std::vector<std::span<const float>>& vectors : ofHead)
        all.push_back(consistencyOf(vectors));
    // The mean's length does not matter to a cosine, so that the sum does as well.
    all.push_back(consistencyOf({means.begin(), means.end()}));
    return all;
}

} // namespace ocellus
