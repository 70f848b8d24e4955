// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/class_alone.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "core/engine/stored_maps.h"

namespace ocellus {

namespace {

using MapOf = std::vector<float> (Decoding::*)(int layer, int head, int classIndex) const;

std::vector<float> allOf(const Decoding& decoding, MapOf map, int classIndex)
{
    const Decoding::Extent& extent = decoding.extent();
    std::vector<float> all;
    for (int layer = 0; layer < extent.layers; ++layer)
        for (int head = 0; head < extent.heads; ++head)
            std::ranges::copy((decoding.*map)(layer, head, classIndex), std::back_inserter(all));
    return all;
}

std::vector<MapSource::Shares> sharesOf(const Decoding& decoding, int classIndex)
{
    const Decoding::Extent& extent = decoding.extent();
    std::vector<MapSource::Shares> all;
    for (int layer = 0; layer < extent.layers; ++layer)
        for (int head = 0; head < extent.heads; ++head)
            all.push_back(decoding.shares(layer, head, classIndex));
    return all;
}

} // namespace

std::shared_ptr<const Decoding> withMapsOf(const Decoding& decoding, int classIndex)
{
    const std::span<const float> output = decoding.output(classIndex);
    Decoding::Arrays arrays;
    if (decoding.hasLogits())
        arrays.logits = decoding.logits();
    arrays.outputs.assign(output.begin(), output.end());
    Decoding::Extent extent = decoding.extent();
    extent.queries = 1;
    arrays.maps = std::make_shared<const StoredMaps>(
        extent.heads, extent.queries, extent.cells(), allOf(decoding, &Decoding::attention, classIndex),
        allOf(decoding, &Decoding::scores, classIndex), sharesOf(decoding, classIndex));
    std::vector<int> queryOfClass(static_cast<std::size_t>(extent.classes), -1);
    queryOfClass[static_cast<std::size_t>(classIndex)] = 0;
    return std::make_shared<const Decoding>(decoding.key(), decoding.querySet(), extent, std::move(queryOfClass),
                                            std::move(arrays));
}

} // namespace ocellus
