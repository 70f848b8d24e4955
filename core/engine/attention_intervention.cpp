// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/attention_intervention.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <string>

#include "core/base/error.h"
#include "core/engine/decoding.h"
#include "core/engine/intervention_subject.h"
#include "core/engine/softmax.h"

namespace ocellus {
namespace {

/// Ascending indices from 0 to count - 1.
void requireIndices(const std::string& what, const std::vector<int>& indices, int count)
{
    for (const int index : indices)
        if (index < 0 || index >= count)
            throw Error(ErrorCode::BadArgument, interventionSubject,
                        "expected " + what + " from 0 to " + std::to_string(count - 1) + ", got " +
                            std::to_string(index));
    const auto disorder = std::ranges::adjacent_find(indices, std::ranges::greater_equal());
    if (disorder != indices.end())
        throw Error(ErrorCode::BadArgument, interventionSubject,
                    "expected " + what + " in ascending order, each once, got " + std::to_string(disorder[0]) +
                        " before " + std::to_string(disorder[1]));
}

std::string gridText(int rows, int columns)
{
    return std::to_string(rows) + " rows and " + std::to_string(columns) + " columns";
}

/// Softmax over the cells that are left, which cannot run out of weight as shares of the whole softmax can.
std::vector<float> softmaxWithout(const std::vector<int>& suppressed, std::vector<float> scores)
{
    for (const int cell : suppressed)
        scores[static_cast<std::size_t>(cell)] = -std::numeric_limits<float>::infinity();
    return softmax(scores);
}

/// Shares of a prototype's similarity over the cells that are left.
std::vector<float> sharesWithout(const std::vector<int>& suppressed, std::vector<float> shares)
{
    for (const int cell : suppressed)
        shares[static_cast<std::size_t>(cell)] = 0;
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    if (sum > 0)
        for (float& share : shares)
            share = static_cast<float>(share / sum);
    return shares;
}

/// One map without some of its cells, its sum 1 as before.
std::vector<float> mapWithout(const std::vector<int>& suppressed, const Decoding& decoding, int head, int classIndex)
{
    const int layer = decoding.extent().layers - 1;
    return decoding.part(layer, head, classIndex)
               ? sharesWithout(suppressed, decoding.attention(layer, head, classIndex))
               : softmaxWithout(suppressed, decoding.scores(layer, head, classIndex));
}

} // namespace

bool AttentionIntervention::empty() const
{
    return classIndex == -1 || (heads.empty() && !hasCells());
}

bool AttentionIntervention::hasCells() const
{
    return std::ranges::any_of(cells, [](const auto& head) { return !head.second.empty(); });
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
        throw Error(ErrorCode::BadArgument, interventionSubject, "a plain classifier has no attention to change");
    decoding.logit(intervention.classIndex);
    requireIndices("heads", intervention.heads, decoding.removable());
    if (intervention.hasCells() && (intervention.rows != extent.rows || intervention.columns != extent.columns))
        throw Error(ErrorCode::BadArgument, interventionSubject,
                    "expected cells of a grid of " + gridText(extent.rows, extent.columns) + ", got cells of " +
                        gridText(intervention.rows, intervention.columns),
                    "Choose the cells again on the maps that are shown");
    for (const auto& [head, cells] : intervention.cells) {
        requireIndices("heads", {head}, decoding.removable());
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
        const auto found = intervention.cells.find(head);
        const bool isWhole = found == intervention.cells.end() || found->second.empty();
        std::ranges::copy(isWhole ? decoding.attention(extent.layers - 1, head, intervention.classIndex)
                                  : mapWithout(found->second, decoding, head, intervention.classIndex),
                          weights.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(head) * cells));
    }
    return weights;
}

} // namespace ocellus
