// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/projected_maps.h"

#include <span>
#include <utility>

#include "core/engine/softmax.h"

namespace ocellus {

ProjectedMaps::ProjectedMaps(Sizes sizes, std::vector<std::shared_ptr<const float>> queries,
                             std::vector<std::shared_ptr<const float>> keys)
    : m_sizes(sizes),
      m_queries(std::move(queries)),
      m_keys(std::move(keys))
{
}

std::vector<float> ProjectedMaps::scores(int layer, int head, int query) const
{
    const auto [heads, queries, cells, width] = m_sizes;
    const auto l = static_cast<std::size_t>(layer);
    const auto h = static_cast<std::size_t>(head);
    const std::span queryVector(m_queries.at(l).get() + (h * queries + static_cast<std::size_t>(query)) * width, width);
    const float* keys = m_keys.at(l).get() + h * width * cells;
    std::vector<float> scores(cells);
    for (const float factor : queryVector) {
        for (std::size_t cell = 0; cell < cells; ++cell)
            scores[cell] += factor * keys[cell];
        keys += cells;
    }
    return scores;
}

std::vector<float> ProjectedMaps::attention(int layer, int head, int query) const
{
    return softmax(scores(layer, head, query));
}

std::size_t ProjectedMaps::bytes() const
{
    const auto [heads, queries, cells, width] = m_sizes;
    return sizeof(float) * heads * width * (m_queries.size() * queries + m_keys.size() * cells);
}

} // namespace ocellus
