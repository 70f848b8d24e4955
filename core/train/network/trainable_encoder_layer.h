// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/train/network/trainable_attention.h"
#include "core/train/network/trainable_layer.h"

namespace ocellus {

/// Self-attention over the grid's tokens, then feed-forward.
class TrainableEncoderLayer : public TrainableLayer {
public:
    TrainableEncoderLayer(const ModelConfig& config, double dropout);

    /// `x` [B, N, D]; `position` is added to queries and keys; `keyBias` as in TrainableAttention.
    at::Tensor run(const at::Tensor& x, const at::Tensor& position, const at::Tensor& keyBias);

private:
    std::shared_ptr<TrainableAttention> m_attention;
    torch::nn::LayerNorm m_norm1{nullptr};
    torch::nn::LayerNorm m_norm2{nullptr};
};

} // namespace ocellus
