// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/engine/map_source.h"

namespace ocellus {

/// Makes cross-attention's maps of the decoder's queries and the memory's keys (Vaswani et al. 2017, section 3.2.1):
/// a map is N * d multiplications, while all of them would be L * R * Q * N floats.
///
/// Sums run in one order whatever else is decoded, so a map has the same bits whenever and by whomever it is asked for.
class ProjectedMaps : public MapSource {
public:
    struct Sizes {
        std::size_t heads = 0, queries = 0, cells = 0;
        std::size_t width = 0; ///< d, of a head
    };

    /// Per layer: `queries` [R, Q, d], already divided by sqrt(d), and `keys` [R, d, N].
    ProjectedMaps(Sizes sizes, std::vector<std::shared_ptr<const float>> queries,
                  std::vector<std::shared_ptr<const float>> keys);

    std::vector<float> scores(int layer, int head, int query) const override;
    std::vector<float> attention(int layer, int head, int query) const override;
    std::size_t bytes() const override;

private:
    Sizes m_sizes;
    std::vector<std::shared_ptr<const float>> m_queries;
    std::vector<std::shared_ptr<const float>> m_keys;
};

} // namespace ocellus
