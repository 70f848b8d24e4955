// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/normalization.h>

#include "core/model/vit/vit_config.h"
#include "core/train/network/trainable_vit_block.h"

namespace ocellus {

/// A Vision Transformer without its head, with gradients, for batches of pictures of one size; timm's names. Vit is the
/// same for inference, one picture at a time.
class TrainableVit : public torch::nn::Module {
public:
    struct Tokens {
        at::Tensor values; ///< [B, T, D], prefix tokens first
        std::int64_t rows = 0;
        std::int64_t columns = 0;
    };

    explicit TrainableVit(const VitConfig& config);

    const VitConfig& config() const { return m_config; }
    std::size_t depth() const { return m_blocks.size(); }

    /// [B, 3, H, W], preprocessed -> what enters block 0. Throws Error(BadArgument) for less than a patch.
    Tokens embed(const at::Tensor& pixels);

    /// One block, [B, T, D] -> [B, rows, D] of the first tokens.
    at::Tensor runBlock(std::size_t block, const at::Tensor& x, std::int64_t rows,
                        const TrainableVitBlock::Detour& detour = {});
    /// The blocks [begin, end), all tokens.
    at::Tensor runBlocks(std::size_t begin, std::size_t end, at::Tensor x);

    at::Tensor normed(const at::Tensor& x); ///< the final norm

    /// No parameter asks for gradients any more.
    void freeze();

private:
    at::Tensor prefix(std::int64_t batch) const;

    VitConfig m_config;
    at::Tensor m_classToken;        // [1, 1, D]
    at::Tensor m_distillationToken; // [1, 1, D] or undefined
    at::Tensor m_registers;         // [1, registers, D] or undefined
    at::Tensor m_positions;         // [1, P' + G * G, D]
    torch::nn::Conv2d m_patches{nullptr};
    torch::nn::LayerNorm m_normBefore{nullptr};
    std::vector<std::shared_ptr<TrainableVitBlock>> m_blocks;
    torch::nn::LayerNorm m_norm{nullptr};
};

} // namespace ocellus
