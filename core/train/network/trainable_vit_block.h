// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include "core/model/vit/vit_config.h"

namespace ocellus {

/// A block of a Vision Transformer with gradients, for batches [B, T, D], under timm's names: VitBlock is the same for
/// inference.
class TrainableVitBlock : public torch::nn::Module {
public:
    /// Exchanges a tensor on its way for one of the same values, [.., T, ..] of the one that comes.
    using Exchange = std::function<at::Tensor(const at::Tensor&)>;

    /// What explaining does on the way; both may be empty.
    struct Detour {
        Exchange read;    ///< what attention reads, [B, T, D], after the first norm
        Exchange weights; ///< attention weights of the rows that are wanted, [B * R, rows, T]
    };

    explicit TrainableVitBlock(const VitConfig& config);

    /// What leaves the block of the first `rows` tokens, [B, rows, D]; all T tokens are looked at. Fewer rows than
    /// tokens cost less.
    at::Tensor run(const at::Tensor& x, std::int64_t rows, const Detour& detour = {});

private:
    at::Tensor attend(const at::Tensor& read, std::int64_t rows, const Exchange& exchange);
    at::Tensor splitHeads(const at::Tensor& x) const;

    std::int64_t m_heads;
    VitActivation m_activation;
    torch::nn::LayerNorm m_norm1{nullptr};
    torch::nn::Linear m_qkv{nullptr};
    torch::nn::Linear m_projection{nullptr};
    torch::nn::LayerNorm m_norm2{nullptr};
    torch::nn::Linear m_first{nullptr};
    torch::nn::Linear m_second{nullptr};
    at::Tensor m_scale1; // [D], undefined without a layer scale
    at::Tensor m_scale2;
};

} // namespace ocellus
