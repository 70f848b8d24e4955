// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_encoder_layer.h"

#include "core/train/network/torch_training_headers.h"

namespace ocellus {

TrainableEncoderLayer::TrainableEncoderLayer(const ModelConfig& config, double dropout)
    : TrainableLayer(config, dropout),
      m_attention(register_module("self_attn", std::make_shared<TrainableAttention>(config, dropout)))
{
    addFeedForward();
    m_norm1 = addNorm("norm1");
    m_norm2 = addNorm("norm2");
}

at::Tensor TrainableEncoderLayer::run(const at::Tensor& x, const at::Tensor& position, const at::Tensor& keyBias)
{
    const at::Tensor y = entering(x, m_norm1);
    return feedForward(joined(x, m_attention->attendToSelf(y + position, y, keyBias), m_norm1), m_norm2);
}

} // namespace ocellus
