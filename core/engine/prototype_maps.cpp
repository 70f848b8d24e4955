// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/prototype_maps.h"

#include <utility>

#include "core/engine/cell_shares.h"

namespace ocellus {

PrototypeMaps::PrototypeMaps(std::size_t cells, std::vector<float> similarities, double least,
                             std::vector<std::vector<Part>> parts, std::optional<TreeAnswer> tree)
    : m_cells(cells),
      m_similarities(std::move(similarities)),
      m_least(least),
      m_parts(std::move(parts)),
      m_tree(std::move(tree))
{
}

std::vector<float> PrototypeMaps::scores(int layer, int head, int query) const
{
    const std::optional<Part> own = part(layer, head, query);
    return own ? similarities(own->prototype) : std::vector<float>(m_cells);
}

std::vector<float> PrototypeMaps::similarities(int prototype) const
{
    const auto first =
        m_similarities.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(prototype) * m_cells);
    return {first, first + static_cast<std::ptrdiff_t>(m_cells)};
}

std::vector<float> PrototypeMaps::attention(int layer, int head, int query) const
{
    std::vector<float> map = scores(layer, head, query);
    return part(layer, head, query) ? cellShares(std::move(map), m_least) : map;
}

std::optional<MapSource::Part> PrototypeMaps::part(int, int head, int query) const
{
    const std::vector<Part>& own = m_parts[static_cast<std::size_t>(query)];
    return static_cast<std::size_t>(head) < own.size() ? std::optional(own[static_cast<std::size_t>(head)])
                                                       : std::nullopt;
}

std::size_t PrototypeMaps::bytes() const
{
    std::size_t sum = m_similarities.size() * sizeof(float);
    for (const std::vector<Part>& own : m_parts)
        sum += own.size() * sizeof(Part);
    if (m_tree)
        sum += m_tree->nodes.size() * sizeof(TreeAnswer::Node) +
               (m_tree->greedy.size() + m_tree->bestDistribution.size()) * sizeof(float);
    return sum;
}

} // namespace ocellus
