// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/train/network/dropout.h"
#include "core/train/network/trainable_attention.h"
#include "core/train/network/trainable_layer.h"

namespace ocellus {

/// Self-attention of the class queries, their cross-attention to the memory, then feed-forward.
class TrainableDecoderLayer : public TrainableLayer {
public:
    TrainableDecoderLayer(const ModelConfig& config, const Dropout& dropout);

    /// `x` [B, C, D], `queries` [C, D] as their position, `memory` [B, N, D] without one (INTR, section 4);
    /// `keyBias` of the memory's tokens and `observer` as in TrainableAttention.
    at::Tensor run(const at::Tensor& x, const at::Tensor& queries, const at::Tensor& memory, const at::Tensor& keyBias,
                   PassObserver* observer);

private:
    std::shared_ptr<TrainableAttention> m_selfAttention;
    std::shared_ptr<TrainableAttention> m_crossAttention;
    torch::nn::LayerNorm m_norm1{nullptr};
    torch::nn::LayerNorm m_norm2{nullptr};
    torch::nn::LayerNorm m_norm3{nullptr};
};

} // namespace ocellus
