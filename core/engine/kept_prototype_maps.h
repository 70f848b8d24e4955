// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/kept_tokens.h"
#include "core/engine/prototype_maps.h"

namespace ocellus {

/// Maps of a model with prototypes of patches and of the whole picture. The latter see the class token alone: their map
/// is what that is made of.
class KeptPrototypeMaps : public PrototypeMaps {
public:
    /// As PrototypeMaps(); `similarities` are those of patches' prototypes.
    KeptPrototypeMaps(std::size_t cells, std::vector<float> similarities, double least,
                      std::vector<std::vector<Part>> parts, KeptTokens kept);

    std::vector<float> scores(int layer, int head, int query) const override;
    std::vector<float> attention(int layer, int head, int query) const override;
    const KeptTokens* kept() const override { return &m_kept; }
    std::size_t bytes() const override;

private:
    bool isGlobal(int layer, int head, int query) const;

    KeptTokens m_kept;
};

} // namespace ocellus
