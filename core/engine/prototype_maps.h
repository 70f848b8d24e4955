// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/engine/map_source.h"
#include "core/engine/tree_answer.h"

namespace ocellus {

/// How alike each prototype is to every place of a picture. A class's heads are its own prototypes; where maps are a
/// tree's, the nodes on the way that the picture took.
class PrototypeMaps : public MapSource {
public:
    /// `similarities` [P, N], none below `least`; `parts` of each query, as many as it has maps.
    PrototypeMaps(std::size_t cells, std::vector<float> similarities, double least,
                  std::vector<std::vector<Part>> parts, std::optional<TreeAnswer> tree = {});

    /// Similarities as the model has them; zeros for a head that the query has not.
    std::vector<float> scores(int layer, int head, int query) const override;
    std::vector<float> attention(int layer, int head, int query) const override;
    std::optional<Part> part(int layer, int head, int query) const override;
    const TreeAnswer* tree() const override { return m_tree ? &*m_tree : nullptr; }
    std::vector<float> similarities(int prototype) const override;
    std::size_t bytes() const override;

    const std::vector<float>& similarities() const { return m_similarities; } ///< [P, N]

private:
    std::size_t m_cells;
    std::vector<float> m_similarities;
    double m_least;
    std::vector<std::vector<Part>> m_parts;
    std::optional<TreeAnswer> m_tree;
};

} // namespace ocellus
