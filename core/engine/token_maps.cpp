// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/token_maps.h"

#include <cstddef>
#include <numeric>
#include <utility>

#include "core/engine/softmax.h"

namespace ocellus {

TokenMaps::TokenMaps(std::size_t heads, std::size_t width, std::size_t prefix, std::vector<Layer> layers)
    : m_heads(heads),
      m_width(width),
      m_prefix(prefix),
      m_layers(std::move(layers))
{
}

std::vector<float> TokenMaps::allScores(int layer, int head, int query) const
{
    const Layer& from = m_layers.at(static_cast<std::size_t>(layer));
    const auto h = static_cast<std::size_t>(head);
    const auto q = static_cast<std::size_t>(query);
    const std::size_t row = from.rowOfQuery.empty() ? q : static_cast<std::size_t>(from.rowOfQuery.at(q));
    const std::span vector(from.queries.get() + (h * from.rows + row) * m_width, m_width);
    const float* keys = from.keys.get() + h * m_width * from.tokens;
    std::vector<float> scores(from.tokens);
    for (const float factor : vector) {
        for (std::size_t token = 0; token < from.tokens; ++token)
            scores[token] += factor * keys[token];
        keys += from.tokens;
    }
    return scores;
}

std::vector<float> TokenMaps::scores(int layer, int head, int query) const
{
    std::vector<float> all = allScores(layer, head, query);
    const std::size_t first = m_layers.at(static_cast<std::size_t>(layer)).prompts + m_prefix;
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(first));
    return all;
}

std::vector<float> TokenMaps::attention(int layer, int head, int query) const
{
    std::vector<float> all = softmax(allScores(layer, head, query));
    const std::size_t first = m_layers.at(static_cast<std::size_t>(layer)).prompts + m_prefix;
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(first));
    return all;
}

MapSource::Shares TokenMaps::shares(int layer, int head, int query) const
{
    const std::vector<float> all = softmax(allScores(layer, head, query));
    const auto prompts = static_cast<std::ptrdiff_t>(m_layers.at(static_cast<std::size_t>(layer)).prompts);
    const auto first = prompts + static_cast<std::ptrdiff_t>(m_prefix);
    return {std::accumulate(all.begin(), all.begin() + prompts, 0.0),
            std::accumulate(all.begin() + prompts, all.begin() + first, 0.0)};
}

std::size_t TokenMaps::bytes() const
{
    std::size_t floats = 0;
    for (const Layer& layer : m_layers)
        floats += m_heads * m_width * (layer.rows + layer.tokens);
    return floats * sizeof(float);
}

} // namespace ocellus
