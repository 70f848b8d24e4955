// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/engine/map_source.h"

namespace ocellus {

/// Makes the maps of self-attention: what some tokens of a Vision Transformer give to its patches, of all that they
/// give to prompts, prefix tokens and patches. A map's sum is below 1.
class TokenMaps : public MapSource {
public:
    struct Layer {
        std::size_t rows = 0;                 ///< of `queries`
        std::size_t tokens = 0;               ///< T: prompts, prefix tokens, patches
        std::size_t prompts = 0;              ///< of these
        std::shared_ptr<const float> queries; ///< [R, rows, d], already divided by sqrt(d)
        std::shared_ptr<const float> keys;    ///< [R, d, T]
        std::vector<int> rowOfQuery;          ///< empty where queries are counted as the rows are
    };

    /// `width`: d, of a head; `prefix`: tokens between the prompts and the patches.
    TokenMaps(std::size_t heads, std::size_t width, std::size_t prefix, std::vector<Layer> layers);

    std::vector<float> scores(int layer, int head, int query) const override;
    std::vector<float> attention(int layer, int head, int query) const override;
    Shares shares(int layer, int head, int query) const override;
    std::size_t bytes() const override;

private:
    std::vector<float> allScores(int layer, int head, int query) const; // [T]

    std::size_t m_heads;
    std::size_t m_width;
    std::size_t m_prefix;
    std::vector<Layer> m_layers;
};

} // namespace ocellus
