// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_decoder_layer.h"

#include "core/train/network/torch_training_headers.h"

namespace ocellus {

TrainableDecoderLayer::TrainableDecoderLayer(const ModelConfig& config, const Dropout& dropout)
    : TrainableLayer(config, dropout.units),
      m_selfAttention(register_module("self_attn", std::make_shared<TrainableAttention>(config, dropout.units))),
      m_crossAttention(register_module("multihead_attn", std::make_shared<TrainableAttention>(config, dropout)))
{
    addFeedForward();
    m_norm1 = addNorm("norm1");
    m_norm2 = addNorm("norm2");
    m_norm3 = addNorm("norm3");
}

at::Tensor TrainableDecoderLayer::run(const at::Tensor& x, const at::Tensor& queries, const at::Tensor& memory,
                                      const at::Tensor& keyBias, PassObserver* observer)
{
    const at::Tensor y = entering(x, m_norm1);
    const at::Tensor mixed = joined(x, m_selfAttention->attendToSelf(y + queries, y, {}), m_norm1);
    const at::Tensor asking = entering(mixed, m_norm2) + queries;
    return feedForward(joined(mixed, m_crossAttention->attendTo(memory, asking, keyBias, observer), m_norm2), m_norm3);
}

} // namespace ocellus
