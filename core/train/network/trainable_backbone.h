// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <torch/nn/module.h>

#include "core/model/backbone_plan.h"
#include "core/train/network/batch_norm_mode.h"
#include "core/train/network/trainable_batch_norm.h"
#include "core/train/network/trainable_convolution.h"

namespace ocellus {

/// A backbone's plan with gradients, its modules under torchvision's names.
class TrainableBackbone : public torch::nn::Module {
public:
    /// With BatchNormMode::Frozen a ResNet's conv1 and layer1 ask for no gradients, as in DETR.
    TrainableBackbone(const ModelConfig& config, BatchNormMode batchNorm);

    /// [B, 3, H, W] -> [B, channels, h, w].
    at::Tensor run(const at::Tensor& pixels) const;

    /// The blocks [begin, end) of the plan on the grid that the ones before make.
    at::Tensor runBlocks(std::size_t begin, std::size_t end, at::Tensor x) const;

    void setBatchNorm(BatchNormMode mode);

    /// No parameter asks for gradients any more, and batch norms are constants.
    void freeze();

private:
    struct Unit {
        std::shared_ptr<TrainableConvolution> convolution;
        std::shared_ptr<TrainableBatchNorm> batchNorm;
        Activation activation = Activation::None;
    };
    struct Block {
        std::vector<Unit> path;
        Shortcut shortcut = Shortcut::None;
        Unit projection;
        Activation activation = Activation::None;
        std::optional<Window> maxPooling;
    };

    Unit makeUnit(const PlannedConvolution& plan, BatchNormMode batchNorm);
    at::MemoryFormat memoryFormat() const;
    static at::Tensor run(const Unit& unit, const at::Tensor& x);
    static at::Tensor run(const Block& block, const at::Tensor& x);

    std::vector<Block> m_blocks;
};

} // namespace ocellus
