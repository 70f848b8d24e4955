// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/model/convolution.h"
#include "core/model/model_config.h"
#include "core/model/weights.h"

namespace ocellus {

/// ResNet, MobileNetV2 or VGG without its classifier, batch norm folded into the convolutions.
class Backbone {
public:
    Backbone(const ModelConfig& config, Weights& weights, const Compute& compute);

    /// Of any plan, with the names of its tensors behind `prefix`. Where most pictures are squares of `usualSide`
    /// pixels, these are fastest; 0: of any size. See Convolution.
    Backbone(BackbonePlan plan, const std::string& prefix, Weights& weights, const Compute& compute, int usualSide = 0);

    /// [1, 3, H, W] -> [1, backboneChannels, h, w], channels last. Reports Stage::Backbone between blocks.
    at::Tensor run(const at::Tensor& image, const Progress& progress) const;

    /// The blocks [begin, end) of plan() on a grid, or a part of one, channels last. Reports as run() does.
    at::Tensor runBlocks(std::size_t begin, std::size_t end, at::Tensor x, const Progress& progress) const;

    const BackbonePlan& plan() const { return m_plan; }

private:
    struct Block {
        std::vector<Convolution> path;
        Shortcut shortcut = Shortcut::None;
        std::optional<Convolution> projection;
        Activation activation = Activation::None;
        std::optional<Window> maxPooling;
    };

    static at::Tensor runBlock(const Block& block, const at::Tensor& x);

    BackbonePlan m_plan;
    std::vector<Block> m_blocks;
};

} // namespace ocellus
