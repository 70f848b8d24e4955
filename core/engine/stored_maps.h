// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/map_source.h"

namespace ocellus {

/// Maps as they were made elsewhere: of a few classes they take less room than what they were made of.
class StoredMaps : public MapSource {
public:
    /// `attention` and `scores` [L, R, Q, N] with `heads` R, `queries` Q and `cells` N; `shares` [L, R, Q], or empty
    /// where sums are 1.
    StoredMaps(int heads, int queries, std::size_t cells, std::vector<float> attention, std::vector<float> scores,
               std::vector<Shares> shares = {});

    std::vector<float> scores(int layer, int head, int query) const override;
    std::vector<float> attention(int layer, int head, int query) const override;
    Shares shares(int layer, int head, int query) const override;
    std::size_t bytes() const override;

private:
    std::size_t rowOf(int layer, int head, int query) const;
    std::vector<float> mapOf(const std::vector<float>& maps, std::size_t row) const;

    std::size_t m_heads;
    std::size_t m_queries;
    std::size_t m_cells;
    std::vector<float> m_attention;
    std::vector<float> m_scores;
    std::vector<Shares> m_shares;
};

} // namespace ocellus
