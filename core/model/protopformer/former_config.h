// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/model/prototypes/similarity_kind.h"

namespace ocellus {

/// What fixes a ProtoPFormer (arXiv 2208.10431) besides its Vision Transformer.
struct FormerConfig {
    std::vector<int> addOn;         ///< channels after each of the 1x1 convolutions; the last ones are a prototype's
    std::vector<int> classOf;       ///< [P] of the prototypes of patches
    std::vector<int> globalClassOf; ///< [G] of the prototypes of the whole picture
    SimilarityKind similarity = SimilarityKind::Log;
    double epsilon = 1e-4;
    int classBlocks = 0;      ///< of CaiT, where the class token joins; 0 of DeiT
    int keepLayer = 11;       ///< from this block on, or of CaiT's class blocks, only some patches are looked at
    int keep = 81;            ///< how many
    double globalShare = 0.5; ///< of the global prototypes' logits in the whole

    int prototypes() const { return static_cast<int>(classOf.size()); }
    int globalPrototypes() const { return static_cast<int>(globalClassOf.size()); }
    int channels() const { return addOn.back(); }
    bool operator==(const FormerConfig&) const = default;
};

} // namespace ocellus
