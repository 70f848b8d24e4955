// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/placed_maps.h"

#include <optional>

namespace ocellus {

namespace {

bool hasPlace(const std::optional<MapSource::Part>& part)
{
    constexpr double isFound = 0.5;
    if (!part)
        return true; // attention
    return !part->isGlobal() && (part->node < 0 || part->similarity > isFound);
}

} // namespace

std::vector<int> placedHeads(const Decoding& decoding, int layer, int classIndex)
{
    std::vector<int> heads = decoding.ownHeads(layer, classIndex);
    std::erase_if(heads, [&](int head) { return !hasPlace(decoding.part(layer, head, classIndex)); });
    return heads;
}

std::vector<float> placedMean(const Decoding& decoding, int layer, int classIndex)
{
    const std::vector<int> heads = placedHeads(decoding, layer, classIndex);
    std::vector<float> mean(heads.empty() ? 0 : decoding.extent().cells());
    for (const int head : heads) {
        const std::vector<float> map = decoding.attention(layer, head, classIndex);
        for (std::size_t cell = 0; cell < mean.size(); ++cell)
            mean[cell] += map[cell] / static_cast<float>(heads.size());
    }
    return mean;
}

} // namespace ocellus
