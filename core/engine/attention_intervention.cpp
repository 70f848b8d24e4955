// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/attention_intervention.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <string>

#include "core/base/error.h"
#include "core/engine/decoding.h"

namespace ocellus {
namespace {

/// Ascending indices from 0 to count - 1.
void requireIndices(const std::string& what, const std::vector<int>& indices, int count)
{
    for (const int index : indices)
        if (index < 0 || index >= count)
            throw Error(ErrorCode::BadArgument, "attention by hand",
                        "expected " + what + " from 0 to " + std::to_string(count - 1) + ", got " +
                            std::to_string(index));
    const auto disorder = std::ranges::adjacent_find(indices, std::ranges::greater_equal());
    if (disorder != indices.end())
        throw Error(ErrorCode::BadArgument, "attention by hand",
                    "expected " + what + " in ascending order, each once, got " + std::to_string(disorder[0]) +
                        " before " + std::to_string(disorder[1]));
}

/// Softmax over the cells that are left, which cannot run out of weight as shares of the whole softmax can.
void softmaxWithout(const std::vector<int>& suppressed, std::span<const float> scores, std::span<float> weights)
{
    std::vector<double> exponentials(scores.begin(), scores.end());
    for (const int cell : suppressed)
        exponentials[static_cast<std::size_t>(cell)] = -std::numeric_limits<double>::infinity();
    const double highest = std::ranges::max(exponentials);
    double sum = 0;
    for (double& value : exponentials)
        sum += value = std::exp(value - highest);
    std::ranges::transform(exponentials, weights.begin(),
                           [sum](double value) { return static_cast<float>(value / sum); });
}

} // namespace

bool AttentionIntervention::empty() const
{
    return classIndex == -1 ||
           (heads.empty() && std::ranges::all_of(cells, [](const auto& head) { return head.second.empty(); }));
}

bool AttentionIntervention::suppressesHead(int head, int cellCount) const
{
    if (std::ranges::binary_search(heads, head))
        return true;
    const auto found = cells.find(head);
    return found != cells.end() && found->second.size() >= static_cast<std::size_t>(cellCount);
}

void validate(const AttentionIntervention& intervention, const Decoding& decoding)
{
    if (intervention.empty())
        return;
    const Decoding::Extent& extent = decoding.extent();
    if (extent.layers == 0)
        throw Error(ErrorCode::BadArgument, "attention by hand", "a plain classifier has no attention to change");
    decoding.logit(intervention.classIndex);
    requireIndices("heads", intervention.heads, extent.heads);
    for (const auto& [head, cells] : intervention.cells) {
        requireIndices("heads", {head}, extent.heads);
        requireIndices("cells", cells, static_cast<int>(extent.cells()));
    }
}

std::vector<float> intervenedAttention(const AttentionIntervention& intervention, const Decoding& decoding)
{
    validate(intervention, decoding);
    const Decoding::Extent& extent = decoding.extent();
    const std::size_t cells = extent.cells();
    std::vector<float> weights(static_cast<std::size_t>(extent.heads) * cells);
    for (int head = 0; head < extent.heads; ++head) {
        if (intervention.suppressesHead(head, static_cast<int>(cells)))
            continue;
        const std::span row = std::span(weights).subspan(static_cast<std::size_t>(head) * cells, cells);
        const auto found = intervention.cells.find(head);
        if (found == intervention.cells.end() || found->second.empty())
            std::ranges::copy(decoding.attention(extent.layers - 1, head, intervention.classIndex), row.begin());
        else
            softmaxWithout(found->second, decoding.scores(extent.layers - 1, head, intervention.classIndex), row);
    }
    return weights;
}

} // namespace ocellus
