// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/model/attention.h"

namespace ocellus {

/// Keys and values that every decoder layer makes of the memory: they depend on no query.
struct MemoryProjection {
    std::vector<at::Tensor> keys;   ///< per layer, [R, d, N]
    std::vector<at::Tensor> values; ///< per layer, [R, N, d]
};

/// INTR's decoder: class queries search the memory; no position on cross-attention's keys (arXiv 2311.04157, section
/// 4).
class Decoder {
public:
    struct Output {
        at::Tensor outputs;              ///< [Q, D], last layer after the final LayerNorm
        at::Tensor states;               ///< [Q, D], what the last layer's cross-attention is added to
        std::vector<at::Tensor> queries; ///< per layer, [R, Q, d]: with the memory's keys they give the scores
    };

    Decoder(const ModelConfig& config, Weights& weights, const Compute& compute);

    MemoryProjection project(const at::Tensor& memory) const;

    /// `queries` [Q, D]; `keyBias` [Q] or undefined is added to self-attention's scores of each key: the logarithm of
    /// how many equal queries a row stands for. Reports Stage::Decoder between layers, and looks at the stop token
    /// within them. Memory grows with Q and N, not with their product.
    Output run(const at::Tensor& queries, const at::Tensor& keyBias, const MemoryProjection& memory,
               const Progress& progress) const;

    /// The outputs [n, D] of rows with these states [n, D], had the last layer's cross-attention had these weights
    /// [R, n, N]. Queries meet in self-attention only, which comes before: no other row's output depends on it.
    at::Tensor finish(const at::Tensor& states, const at::Tensor& attention, const MemoryProjection& memory) const;

private:
    struct Layer {
        Layer(const std::string& prefix, const ModelConfig& config, Weights& weights, const Compute& compute);

        Attention selfAttention;
        Attention crossAttention;
        FeedForward feedForward;
        LayerNorm norm1;
        LayerNorm norm2;
        LayerNorm norm3;
    };

    at::Tensor mixQueries(const Layer& layer, const at::Tensor& x, const at::Tensor& queries, const at::Tensor& keyBias,
                          const Progress& progress) const;
    at::Tensor feedForward(const Layer& layer, const at::Tensor& x) const;

    bool m_preNorm;
    std::vector<Layer> m_layers;
    LayerNorm m_norm;
};

} // namespace ocellus
