// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/engine/map_source.h"

namespace ocellus {

/// What patches, and the picture as a whole, attend to among a model's concepts, and what that gives to each class.
///
/// The maps are the same for every class, one a concept: first those that patches attend to, then those of the whole
/// picture. What a concept gives is linear in its attention, so that a logit is the sum of all contributions and two
/// biases. R heads of attention, K concepts, C classes, N cells.
class ConceptMaps : public MapSource {
public:
    /// Attention of patches, or of the whole picture as if it were one of them.
    struct Stream {
        std::size_t concepts = 0;                        ///< K, may be 0
        std::vector<float> attention;                    ///< [R, patches, K], rows sum to 1
        std::shared_ptr<const std::vector<float>> gains; ///< [R, K, C] what all of a head's attention gives
    };

    /// `cellScores` [N, C]: what each patch by itself gives.
    ConceptMaps(std::size_t cells, std::size_t heads, std::size_t classes, const Stream& ofPatches,
                const Stream& ofPicture, std::vector<float> cellScores);

    std::vector<float> scores(int layer, int head, int query) const override;
    std::vector<float> attention(int layer, int head, int query) const override;
    std::optional<Part> part(int layer, int head, int query) const override;
    std::vector<float> cellScores(int query) const override;
    std::size_t bytes() const override;

private:
    struct Summary {
        std::size_t concepts = 0;
        std::vector<float> means; ///< [R, K] over patches
        std::shared_ptr<const std::vector<float>> gains;
    };

    static Summary summaryOf(const Stream& stream, std::size_t heads);
    double contribution(const Summary& stream, std::size_t conceptIndex, std::size_t classIndex) const;
    double meanAttention(const Summary& stream, std::size_t conceptIndex) const;

    std::size_t m_cells;
    std::size_t m_heads;
    std::size_t m_classes;
    Summary m_ofPatches;
    Summary m_ofPicture;
    std::vector<float> m_maps;       // [K, N], means over heads
    std::vector<float> m_cellScores; // [N, C]
};

} // namespace ocellus
