// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/head_importance.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/explain/moved_map.h"

namespace ocellus {

namespace {

constexpr std::array removals{HeadRemoval::Uniform, HeadRemoval::Zero, HeadRemoval::Rescaled};

bool arePrototypes(const Decoding& decoding, int classIndex)
{
    const Decoding::Extent& extent = decoding.extent();
    return extent.layers > 0 && extent.heads > 0 && decoding.part(extent.layers - 1, 0, classIndex).has_value();
}

/// Weights of one class with each head taken out in turn, [R, R, N]: which one is out, then heads.
std::vector<float> weightsWithout(const Decoding& decoding, int classIndex, HeadRemoval removal)
{
    const Decoding::Extent& extent = decoding.extent();
    const auto heads = static_cast<std::size_t>(extent.heads);
    const std::size_t cells = extent.cells();
    const float others =
        removal == HeadRemoval::Rescaled && heads > 1 ? static_cast<float>(heads) / static_cast<float>(heads - 1) : 1;
    const bool isSpread = removal == HeadRemoval::Uniform && !arePrototypes(decoding, classIndex);
    const float instead = isSpread ? 1 / static_cast<float>(cells) : 0;
    std::vector<float> all(heads * heads * cells, instead);
    for (std::size_t head = 0; head < heads; ++head) {
        std::vector<float> own = decoding.attention(extent.layers - 1, static_cast<int>(head), classIndex);
        for (float& weight : own)
            weight *= others;
        for (std::size_t out = 0; out < heads; ++out)
            if (out != head)
                std::ranges::copy(own, all.begin() + static_cast<std::ptrdiff_t>((out * heads + head) * cells));
    }
    return all;
}

} // namespace

std::string_view toString(HeadRemoval removal)
{
    switch (removal) {
    case HeadRemoval::Uniform: return "uniform";
    case HeadRemoval::Zero: return "zero";
    case HeadRemoval::Rescaled: return "rescaled";
    }
    return "unknown";
}

HeadRemoval headRemovalOf(std::string_view name)
{
    for (const HeadRemoval removal : removals)
        if (toString(removal) == name)
            return removal;
    throw Error(ErrorCode::BadArgument, "head removal",
                "expected one of uniform, zero, rescaled, got " + std::string(name));
}

std::vector<std::vector<float>> headImportance(Engine& engine, const Encoding& encoding, const Decoding& decoding,
                                               const std::vector<int>& classes, HeadRemoval removal)
{
    std::vector<std::vector<float>> importance;
    for (const int classIndex : classes) {
        const float whole = decoding.logit(classIndex);
        std::vector<float> without =
            engine.logitsWith(encoding, decoding, classIndex, weightsWithout(decoding, classIndex, removal));
        for (float& logit : without)
            logit = whole - logit;
        importance.push_back(std::move(without));
    }
    return importance;
}

namespace {

Finding prototypeFinding(Engine& engine, const Encoding& encoding, const Decoding& decoding, int classIndex, int head)
{
    Finding finding;
    finding.test = EvidenceTest::Importance;
    finding.settings = "prototype taken away";
    finding.value = static_cast<double>(
        headImportance(engine, encoding, decoding, {classIndex}).at(0).at(static_cast<std::size_t>(head)));
    return finding;
}

} // namespace

Finding headImportanceFinding(Engine& engine, const Encoding& encoding, const Decoding& decoding, int classIndex,
                              int head, int places, std::uint64_t seed)
{
    const Decoding::Extent& extent = decoding.extent();
    const int layer = extent.layers - 1;
    const std::size_t cells = extent.cells();
    const std::vector<float> own = decoding.attention(layer, head, classIndex);
    if (arePrototypes(decoding, classIndex))
        return prototypeFinding(engine, encoding, decoding, classIndex, head);
    std::vector<std::vector<float>> instead{std::vector<float>(cells, 1 / static_cast<float>(cells))};
    for (const int place : otherPlaces(static_cast<int>(cells), places, seed))
        instead.push_back(movedMap(own, extent.rows, extent.columns, place));
    std::vector<float> weights;
    weights.reserve(instead.size() * static_cast<std::size_t>(extent.heads) * cells);
    std::vector<float> all;
    for (int other = 0; other < extent.heads; ++other)
        std::ranges::copy(decoding.attention(layer, other, classIndex), std::back_inserter(all));
    for (const std::vector<float>& map : instead) {
        std::ranges::copy(map, all.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(head) * cells));
        weights.insert(weights.end(), all.begin(), all.end());
    }
    const std::vector<float> logits = engine.logitsWith(encoding, decoding, classIndex, weights);
    Finding finding;
    finding.test = EvidenceTest::Importance;
    finding.settings = "places=" + std::to_string(places) + " seed=" + std::to_string(seed);
    const auto uniform = static_cast<double>(logits.front());
    finding.value = static_cast<double>(decoding.logit(classIndex)) - uniform;
    for (std::size_t i = 1; i < logits.size(); ++i)
        finding.nulls.push_back(static_cast<double>(logits[i]) - uniform);
    finding.p = pAmongNulls(finding);
    return finding;
}

} // namespace ocellus
