// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/model_config.h"

namespace ocellus {

/// How a convolution or pooling slides, the same along both axes.
struct Window {
    int kernel = 1;
    int stride = 1;
    int padding = 0;
    int dilation = 1;
};

enum class Activation { None, Relu, Relu6 };

/// A convolution, mostly without bias, its batch norm and what follows; names are those of modules below the backbone's
/// own, in INTR `backbone.0.body.`.
struct PlannedConvolution {
    std::string name = {};      ///< "layer4.0.conv1"
    std::string batchNorm = {}; ///< "layer4.0.bn1"; empty without one
    int inChannels = 0;
    int outChannels = 0;
    Window window = {};
    int groups = 1; ///< inChannels where it is depthwise
    Activation activation = Activation::None;
    bool hasBias = false; ///< of its own
};

enum class Shortcut {
    None,
    Identity,  ///< the block's input is added to its output
    Projection ///< the same after a 1x1 convolution, where the shape changes
};

/// A run of convolutions, what is added to it, and what follows the sum.
struct PlannedBlock {
    std::vector<PlannedConvolution> path;
    Shortcut shortcut = Shortcut::None;
    PlannedConvolution projection; ///< with Shortcut::Projection only
    Activation activation = Activation::None;
    std::optional<Window> maxPooling;
};

/// A backbone's blocks from the picture to the grid. The stem is a block too.
using BackbonePlan = std::vector<PlannedBlock>;

/// torchvision's network for this configuration, without its classifier, with torchvision's names; of a model with
/// prototypes featurePlan().
BackbonePlan backbonePlan(const ModelConfig& config);

/// Channels of the grid.
int backboneChannels(const ModelConfig& config);

/// What sets ResNets apart.
struct ResnetShape {
    std::vector<int> blocks;     ///< of each stage
    bool hasBottlenecks = false; ///< 1x1 + 3x3 + 1x1 and not 3x3 + 3x3
    int width = 64;              ///< channels of the stem
    bool dilation = false;       ///< of the fourth stage
};

/// ResNet (He et al. 2016, with the stride on the 3x3 convolution); with `dilation` the fourth stage keeps its stride
/// at 1 and dilates by 2 from its second block on.
BackbonePlan resnetPlan(const ResnetShape& shape);

/// The same to its stage `lastStage`.
BackbonePlan resnetPlan(const ModelConfig& config);

/// Residual blocks of each of ResNet's four stages.
std::vector<int> resnetBlockCounts(BackboneKind kind);

/// MobileNetV2 (Sandler et al. 2018, table 2), width 1.0; with `dilation` its last block of stride 2 keeps stride 1 and
/// the blocks after it dilate by 2.
BackbonePlan mobilenetPlan(const ModelConfig& config);

} // namespace ocellus
