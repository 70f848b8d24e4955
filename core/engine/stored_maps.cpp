// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/stored_maps.h"

#include <span>
#include <utility>

namespace ocellus {

StoredMaps::StoredMaps(int heads, int queries, std::size_t cells, std::vector<float> attention,
                       std::vector<float> scores, std::vector<Shares> shares)
    : m_heads(static_cast<std::size_t>(heads)),
      m_queries(static_cast<std::size_t>(queries)),
      m_cells(cells),
      m_attention(std::move(attention)),
      m_scores(std::move(scores)),
      m_shares(std::move(shares))
{
}

std::vector<float> StoredMaps::scores(int layer, int head, int query) const
{
    return mapOf(m_scores, rowOf(layer, head, query));
}

std::vector<float> StoredMaps::attention(int layer, int head, int query) const
{
    return mapOf(m_attention, rowOf(layer, head, query));
}

MapSource::Shares StoredMaps::shares(int layer, int head, int query) const
{
    return m_shares.empty() ? Shares{} : m_shares[rowOf(layer, head, query)];
}

std::size_t StoredMaps::bytes() const
{
    return sizeof(float) * (m_attention.size() + m_scores.size()) + sizeof(Shares) * m_shares.size();
}

std::size_t StoredMaps::rowOf(int layer, int head, int query) const
{
    const std::size_t plane = static_cast<std::size_t>(layer) * m_heads + static_cast<std::size_t>(head);
    return plane * m_queries + static_cast<std::size_t>(query);
}

std::vector<float> StoredMaps::mapOf(const std::vector<float>& maps, std::size_t row) const
{
    const std::span<const float> map = std::span(maps).subspan(row * m_cells, m_cells);
    return {map.begin(), map.end()};
}

} // namespace ocellus
