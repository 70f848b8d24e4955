// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/class_alone.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/engine/kept_tokens.h"
#include "core/engine/stored_maps.h"
#include "core/engine/tree_answer.h"

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

/// A class's maps with what its prototypes find, the way through a tree and the patches that were kept.
class MapsOfClass : public StoredMaps {
public:
    MapsOfClass(const Decoding& decoding, int classIndex)
        : StoredMaps(decoding.extent().heads, 1, decoding.extent().cells(),
                     allOf(decoding, &Decoding::attention, classIndex), allOf(decoding, &Decoding::scores, classIndex),
                     sharesOf(decoding, classIndex)),
          m_heads(decoding.extent().heads),
          m_cellScores(decoding.cellScores(classIndex))
    {
        for (int layer = 0; layer < decoding.extent().layers; ++layer)
            for (int head = 0; head < m_heads; ++head)
                m_parts.push_back(decoding.part(layer, head, classIndex));
        if (decoding.tree())
            m_tree = *decoding.tree();
        if (decoding.kept())
            m_kept = *decoding.kept();
    }

    std::optional<Part> part(int layer, int head, int) const override
    {
        return m_parts[static_cast<std::size_t>(layer * m_heads + head)];
    }
    const TreeAnswer* tree() const override { return m_tree ? &*m_tree : nullptr; }
    const KeptTokens* kept() const override { return m_kept ? &*m_kept : nullptr; }
    std::vector<float> cellScores(int) const override { return m_cellScores; }

private:
    int m_heads;
    std::vector<std::optional<Part>> m_parts;
    std::optional<TreeAnswer> m_tree;
    std::optional<KeptTokens> m_kept;
    std::vector<float> m_cellScores;
};

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
    arrays.maps = std::make_shared<const MapsOfClass>(decoding, classIndex);
    std::vector<int> queryOfClass(static_cast<std::size_t>(extent.classes), -1);
    queryOfClass[static_cast<std::size_t>(classIndex)] = 0;
    return std::make_shared<const Decoding>(decoding.key(), decoding.querySet(), extent, std::move(queryOfClass),
                                            std::move(arrays));
}

} // namespace ocellus
