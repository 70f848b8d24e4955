// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

#include "core/model/model_config.h"
#include "core/train/network/dropout.h"
#include "core/train/network/pass_observer.h"

namespace ocellus {

/// Multi-head attention (Vaswani et al. 2017, section 3.2.2) with the names of torch.nn.MultiheadAttention, for batches
/// [B, tokens, D].
///
/// `keyBias` [B, m] is added to all scores of key m: 0, or minus infinity for padding; it may be undefined.
class TrainableAttention : public torch::nn::Module {
public:
    TrainableAttention(const ModelConfig& config, const Dropout& dropout);

    /// Queries and keys from `placed`, values from `x`, both [B, n, D].
    at::Tensor attendToSelf(const at::Tensor& placed, const at::Tensor& x, const at::Tensor& keyBias);

    /// Queries from `x` [B, n, D], keys and values from `memory` [B, m, D]: [B, n, D]. `observer` may be null.
    at::Tensor attendTo(const at::Tensor& memory, const at::Tensor& x, const at::Tensor& keyBias,
                        PassObserver* observer);

private:
    at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                      PassObserver* observer);
    at::Tensor splitHeads(const at::Tensor& x) const;

    std::int64_t m_heads;
    std::int64_t m_width; // of all heads: D
    Dropout m_dropout;
    at::Tensor m_weight; // [3 D, D]: rows for queries, keys, values
    at::Tensor m_bias;   // [3 D]
    torch::nn::Linear m_outProjection;
};

} // namespace ocellus
