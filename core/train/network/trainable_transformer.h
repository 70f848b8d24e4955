// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/train/network/dropout.h"
#include "core/train/network/trainable_decoder_layer.h"
#include "core/train/network/trainable_encoder_layer.h"

namespace ocellus {

/// DETR's Transformer (Carion et al. 2020, appendix A.3) with INTR's decoder.
class TrainableTransformer : public torch::nn::Module {
public:
    TrainableTransformer(const ModelConfig& config, const Dropout& dropout);

    /// `tokens` [B, N, D] of the grid, `position` [B or 1, N, D], `queries` [C, D], `padding` bool [B, N] or undefined:
    /// the last layer's normed output [B, C, D]. `observer` may be null.
    at::Tensor run(const at::Tensor& tokens, const at::Tensor& position, const at::Tensor& queries,
                   const at::Tensor& padding, PassObserver* observer = nullptr);

private:
    std::vector<std::shared_ptr<TrainableEncoderLayer>> m_encoder;
    torch::nn::LayerNorm m_encoderNorm{nullptr}; // with pre-norm only
    std::vector<std::shared_ptr<TrainableDecoderLayer>> m_decoder;
    torch::nn::LayerNorm m_decoderNorm{nullptr};
};

} // namespace ocellus
