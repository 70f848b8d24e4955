// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/prototypes_by_hand.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace ocellus {

namespace {

constexpr int layer = 0; // prototypes are of one

/// The greatest similarity where it was looked for; 0 where nowhere.
double foundWhere(std::span<const float> looked, const std::vector<float>& similarities)
{
    std::optional<float> best;
    for (std::size_t cell = 0; cell < looked.size(); ++cell)
        if (looked[cell] > 0)
            best = std::max(best.value_or(similarities[cell]), similarities[cell]);
    return static_cast<double>(best.value_or(0));
}

} // namespace

std::vector<MapSource::Part> partsWhere(const Decoding& whole, int classIndex, std::span<const float> attention)
{
    const std::size_t cells = whole.extent().cells();
    std::vector<MapSource::Part> parts;
    for (int head = 0; head < whole.extent().heads; ++head) {
        std::optional<MapSource::Part> part = whole.part(layer, head, classIndex);
        if (!part)
            break; // the class has fewer than others
        const std::span<const float> looked = attention.subspan(static_cast<std::size_t>(head) * cells, cells);
        const auto isLooked = [](float share) { return share > 0; };
        if (std::ranges::none_of(looked, isLooked))
            part->similarity = 0;
        else if (!part->isGlobal() &&
                 !std::ranges::all_of(looked, isLooked)) // else it is what the model found, to the bit
            part->similarity = foundWhere(looked, whole.scores(layer, head, classIndex));
        parts.push_back(*part);
    }
    return parts;
}

std::vector<float>
logitsWhere(const Decoding& whole, int classIndex, std::span<const float> attention,
            const std::function<std::vector<float>(const std::vector<MapSource::Part>& parts)>& logitsOf)
{
    const std::size_t each = static_cast<std::size_t>(whole.extent().heads) * whole.extent().cells();
    std::vector<float> logits;
    for (std::size_t from = 0; from < attention.size(); from += each)
        logits.push_back(logitsOf(
            partsWhere(whole, classIndex, attention.subspan(from, each)))[static_cast<std::size_t>(classIndex)]);
    return logits;
}

Decoding::Answer answerByHand(const Decoding& whole, int classIndex, std::vector<float> logits,
                              const std::vector<MapSource::Part>& parts, std::vector<float> attention)
{
    Decoding::Answer answer;
    answer.logit = logits[static_cast<std::size_t>(classIndex)];
    answer.logits = std::move(logits);
    answer.attention = std::move(attention);
    answer.output.resize(static_cast<std::size_t>(whole.extent().hiddenDim));
    answer.parts.resize(static_cast<std::size_t>(whole.extent().heads));
    for (std::size_t head = 0; head < parts.size(); ++head) {
        answer.output[head] = static_cast<float>(parts[head].similarity);
        answer.parts[head] = parts[head];
    }
    return answer;
}

} // namespace ocellus
