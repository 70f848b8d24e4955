// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

#include "core/model/model_config.h"
#include "core/train/network/patch_observer.h"
#include "core/train/network/trainable_vit.h"

namespace ocellus {

/// What makes logits of a Vision Transformer's tokens without a decoder: Prompt-CAM's prompts and vector
/// (HeadKind::Prompts), or a linear head of [CLS] (HeadKind::None).
class TrainableVitReadout : public torch::nn::Module {
public:
    /// The prompts of the first `fixedBlocks` blocks are constant, so that what enters block `fixedBlocks` depends on
    /// the picture alone; only of Prompt-CAM-Deep. Throws Error(BadArgument).
    TrainableVitReadout(const ModelConfig& config, int fixedBlocks);

    /// What nothing of this object's parameters can change, [B, D, 1, n]: the n tokens that enter the first block whose
    /// prompts are trained, or after the final norm those that the linear head reads.
    at::Tensor features(TrainableVit& vit, const at::Tensor& pixels);

    /// [B, D, 1, n] -> [B, C].
    at::Tensor logits(TrainableVit& vit, const at::Tensor& features);

    /// The tokens [B, D, 1, T] that enter the last block, but for prompts of its own.
    at::Tensor enteringLast(TrainableVit& vit, const at::Tensor& pixels, PatchObserver* observer);
    /// logits() of these.
    at::Tensor logitsOfLast(TrainableVit& vit, const at::Tensor& entering, PatchObserver* observer);

    /// [promptLayers, C, D], trained and constant ones.
    at::Tensor allPrompts() const;
    void setPrompts(const at::Tensor& all);

private:
    at::Tensor runBlocks(TrainableVit& vit, std::int64_t begin, std::int64_t end, at::Tensor x,
                         PatchObserver* observer) const;
    /// A block's own, one copy for each of the batch of `x`.
    at::Tensor promptsOf(std::int64_t block, const at::Tensor& x) const;
    at::Tensor withPrompts(std::int64_t block, const at::Tensor& x) const;
    at::Tensor ofLast(TrainableVit& vit, const at::Tensor& x, PatchObserver* observer);
    at::Tensor runLast(TrainableVit& vit, const at::Tensor& x, std::int64_t rows, PatchObserver* observer) const;
    static std::int64_t last(const TrainableVit& vit);
    std::int64_t readRows() const;
    at::Tensor scored(const at::Tensor& normed);

    std::int64_t m_classes;
    std::int64_t m_prefix; // tokens of the Vision Transformer that are no patches
    std::int64_t m_layers; // blocks with prompts of their own
    std::int64_t m_fixed;
    at::Tensor m_fixedPrompts; // [fixed, C, D]
    at::Tensor m_prompts;      // [layers - fixed, C, D]; undefined with a linear head
    torch::nn::Linear m_head{nullptr};
    torch::nn::Linear m_distilledHead{nullptr};
};

} // namespace ocellus
