// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/stored_maps.h"

#include <span>
#include <utility>

namespace ocellus {

StoredMaps::StoredMaps(int heads, int queries, std::size_t cells, std::vector<float> attention,
                       std::vector<float> scores)
    : m_heads(static_cast<std::size_t>(heads)),
      m_queries(static_cast<std::size_t>(queries)),
      m_cells(cells),
      m_attention(std::move(attention)),
      m_scores(std::move(scores))
{
}

std::vector<float> StoredMaps::scores(int layer, int head, int query) const
{
    return mapOf(m_scores, layer, head, query);
}

std::vector<float> StoredMaps::attention(int layer, int head, int query) const
{
    return mapOf(m_attention, layer, head, query);
}

std::size_t StoredMaps::bytes() const
{
    return sizeof(float) * (m_attention.size() + m_scores.size());
}

std::vector<float> StoredMaps::mapOf(const std::vector<float>& maps, int layer, int head, int query) const
{
    const std::size_t plane = static_cast<std::size_t>(layer) * m_heads + static_cast<std::size_t>(head);
    const std::size_t row = plane * m_queries + static_cast<std::size_t>(query);
    const std::span<const float> map = std::span(maps).subspan(row * m_cells, m_cells);
    return {map.begin(), map.end()};
}

} // namespace ocellus
