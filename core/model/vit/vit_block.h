// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/model/layers.h"
#include "core/model/vit/vit_config.h"
#include "core/model/vit/vit_mlp.h"
#include "core/model/weights.h"

namespace ocellus {

/// One block of a Vision Transformer, norms first: attention among all tokens, then the feed-forward layers.
///
/// T tokens are rows, [T, D]; R heads of width d = D / R.
class VitBlock {
public:
    /// What attention is made of: a score is a query times a key.
    struct Projection {
        at::Tensor queries; ///< [R, T, d], divided by sqrt(d)
        at::Tensor keys;    ///< [R, d, T]
        at::Tensor values;  ///< [R, T, d]
    };

    VitBlock(const VitConfig& config, Weights& weights, const std::string& prefix, const Compute& compute);

    Projection project(const at::Tensor& x) const; ///< of tokens as they enter the block

    /// What these queries [R, n, d] take from the tokens: [n, D], before the output projection. No weights are kept.
    static at::Tensor attend(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                             const Progress& progress);

    static at::Tensor joinHeads(const at::Tensor& taken); ///< [R, n, d] -> [n, D]

    /// What leaves the block of the tokens `x` [n, D], given what they took.
    at::Tensor finish(const at::Tensor& x, const at::Tensor& taken) const;

    /// What leaves the block of the tokens `x` [T, D], which are projected to `own` and also look at `others`: of these
    /// only keys and values are read. Throws Error(Cancelled).
    at::Tensor runBeside(const at::Tensor& x, const Projection& own, const Projection& others,
                         const Progress& progress) const;

    /// [T, D] -> [T, D]. Throws Error(Cancelled), also in the midst of a large grid.
    at::Tensor run(const at::Tensor& x, const Progress& progress) const;

private:
    std::int64_t m_heads;
    LayerNorm m_norm1;
    Linear m_qkv;
    Linear m_projection;
    LayerNorm m_norm2;
    VitMlp m_mlp;
    at::Tensor m_scale1; // [D], undefined without a layer scale
    at::Tensor m_scale2;
};

} // namespace ocellus
