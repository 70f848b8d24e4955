// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/model/model_config.h"
#include "core/model/vit/vit.h"
#include "core/model/weights.h"

namespace ocellus {

/// ProtoPFormer's Vision Transformer, DeiT or CaiT (arXiv 2103.17239), which from one block on looks at some of the
/// patches only: those that the class token is made of, by the rollout of attention. One picture at a time.
class FormerNetwork {
public:
    /// After the last norm. T = 1 + N tokens, the class token first; N = rows * columns patches.
    struct Tokens {
        at::Tensor values;  ///< [T, D]
        at::Tensor rollout; ///< [N]
        at::Tensor kept;    ///< [keep] patches, rising, int64
        int rows = 0;
        int columns = 0;
    };

    FormerNetwork(const ModelConfig& config, Weights& weights, const Compute& compute);

    const VitConfig& vit() const { return m_vit.config(); }

    /// `image` [1, 3, H, W]. Throws Error: BadArgument for one with fewer patches than are kept, Cancelled.
    Tokens run(const at::Tensor& image, const Progress& progress) const;

private:
    /// CaiT's linear layers between heads, before and after the softmax.
    struct HeadMixers {
        Linear before;
        Linear after;
    };
    struct Choice {
        at::Tensor kept;   ///< [keep]
        at::Tensor policy; ///< [T], 1 where a token is looked at
    };

    void runDeit(Tokens& tokens, const at::Tensor& x, const Progress& progress) const;
    void runCait(Tokens& tokens, const at::Tensor& x, const Progress& progress) const;
    at::Tensor runTalking(std::size_t block, at::Tensor& x) const;
    Choice choose(const at::Tensor& rollout) const;

    Vit m_vit;
    int m_keepLayer;
    int m_keep;
    std::vector<HeadMixers> m_mixers;    // of each block; none of DeiT
    std::vector<VitBlock> m_classBlocks; // the same
};

} // namespace ocellus
