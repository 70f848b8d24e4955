// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_attention.h"

#include <cmath>

#include "core/train/network/torch_training_headers.h"

namespace ocellus {

TrainableAttention::TrainableAttention(const ModelConfig& config, const Dropout& dropout)
    : m_heads(config.heads),
      m_width(config.hiddenDim),
      m_dropout(dropout),
      m_weight(register_parameter("in_proj_weight", at::zeros({3 * m_width, m_width}))),
      m_bias(register_parameter("in_proj_bias", at::zeros({3 * m_width}))),
      m_outProjection(register_module("out_proj", torch::nn::Linear(m_width, m_width)))
{
}

at::Tensor TrainableAttention::attendToSelf(const at::Tensor& placed, const at::Tensor& x, const at::Tensor& keyBias)
{
    const std::vector<at::Tensor> weights = m_weight.split_with_sizes({2 * m_width, m_width});
    const std::vector<at::Tensor> biases = m_bias.split_with_sizes({2 * m_width, m_width});
    const std::vector<at::Tensor> both = at::linear(placed, weights[0], biases[0]).split(m_width, -1);
    return attend(both[0], both[1], at::linear(x, weights[1], biases[1]), keyBias, nullptr);
}

at::Tensor TrainableAttention::attendTo(const at::Tensor& memory, const at::Tensor& x, const at::Tensor& keyBias,
                                        PassObserver* observer)
{
    const std::vector<at::Tensor> weights = m_weight.split_with_sizes({m_width, 2 * m_width});
    const std::vector<at::Tensor> biases = m_bias.split_with_sizes({m_width, 2 * m_width});
    const std::vector<at::Tensor> both = at::linear(memory, weights[1], biases[1]).split(m_width, -1);
    return attend(at::linear(x, weights[0], biases[0]), both[0], both[1], keyBias, observer);
}

/// [B, n, D] -> [B * R, n, D / R]
at::Tensor TrainableAttention::splitHeads(const at::Tensor& x) const
{
    return x.reshape({x.size(0), x.size(1), m_heads, m_width / m_heads}).transpose(1, 2).flatten(0, 1);
}

at::Tensor TrainableAttention::attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                                      const at::Tensor& keyBias, PassObserver* observer)
{
    const std::int64_t batch = q.size(0);
    const at::Tensor queries = splitHeads(q * (1 / std::sqrt(static_cast<double>(m_width / m_heads))));
    const at::Tensor keys = splitHeads(k).transpose(1, 2);
    const at::Tensor scores = keyBias.defined()
                                  ? at::baddbmm(keyBias.repeat_interleave(m_heads, 0).unsqueeze(1), queries, keys)
                                  : at::bmm(queries, keys);
    const at::Tensor attention = at::dropout(at::softmax(scores, -1), m_dropout.units, is_training());
    if (observer)
        observer->attended(attention);
    at::Tensor mixed = at::bmm(attention, splitHeads(v));
    if (m_dropout.heads > 0 && is_training())
        mixed = mixed * at::dropout(at::ones({mixed.size(0), 1, 1}, mixed.options().requires_grad(false)),
                                    m_dropout.heads, true);
    return m_outProjection->forward(
        mixed.view({batch, m_heads, q.size(1), -1}).transpose(1, 2).reshape({batch, q.size(1), m_width}));
}

} // namespace ocellus
