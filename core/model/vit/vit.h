// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/model/vit/vit_block.h"
#include "core/model/vit/vit_config.h"
#include "core/model/vit/vit_position.h"
#include "core/model/weights.h"

namespace ocellus {

/// A Vision Transformer (arXiv 2010.11929) as timm, DeiT, DINO, DINOv2 and CLIP's visual tower have it. Inference only,
/// one picture of any size at a time.
///
/// T tokens: [CLS], the distillation token or the registers, then rows * columns patches row by row.
class Vit {
public:
    struct Tokens {
        at::Tensor values; ///< [T, D]
        int rows = 0;
        int columns = 0;
    };

    /// The weights of vitTensors(config, prefix).
    Vit(const VitConfig& config, Weights& weights, const Compute& compute, const std::string& prefix = {});

    const VitConfig& config() const { return m_config; }
    const VitPosition& position() const { return m_position; }
    const std::vector<VitBlock>& blocks() const { return m_blocks; }

    /// `image` [1, 3, H, W], preprocessed, anywhere -> what enters block 0. Pixels beyond the last whole patch, right
    /// and below, are left out. Throws Error(BadArgument) for a picture smaller than a patch.
    Tokens embed(const at::Tensor& image) const;

    /// The blocks [begin, end) one after the other; reports Stage::Backbone.
    at::Tensor runBlocks(std::size_t begin, std::size_t end, at::Tensor x, const Progress& progress) const;

    at::Tensor normed(const at::Tensor& x) const { return m_norm.run(x); } ///< the final norm, [n, D]

    /// Of tokens after the final norm, [T, D] -> [classes]; with a distillation token the mean of both heads.
    /// Undefined where there is no head.
    at::Tensor logits(const at::Tensor& normedTokens) const;

    /// Patch tokens of the last block after the final norm, [1, D, h, w] channels last: what a backbone hands on.
    at::Tensor run(const at::Tensor& image, const Progress& progress) const;

private:
    VitConfig m_config;
    Compute m_compute;
    at::Tensor m_patchWeight; // [D, 3, p, p]
    at::Tensor m_patchBias;
    at::Tensor m_prefix; // [P, D], positions added
    VitPosition m_position;
    std::optional<LayerNorm> m_normBefore;
    std::vector<VitBlock> m_blocks;
    LayerNorm m_norm;
    std::optional<Linear> m_head;
    std::optional<Linear> m_distilledHead;
};

} // namespace ocellus
