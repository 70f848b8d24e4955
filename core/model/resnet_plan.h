// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// One convolution and its batch norm inside a residual block.
struct BlockConvolution {
    std::string name; ///< "conv1"; its batch norm is "bn1"
    int inChannels = 0;
    int outChannels = 0;
    Window window;
};

/// A residual block: its main path, and the 1x1 shortcut where the shape changes.
struct ResidualBlock {
    std::string name; ///< "layer4.0"
    std::vector<BlockConvolution> convolutions;
    bool hasDownsample = false;
    BlockConvolution downsample; ///< "downsample.0" with batch norm "downsample.1"
};

struct ResidualStage {
    std::vector<ResidualBlock> blocks;
};

Window stemConvolution(); ///< 7x7, stride 2, 64 channels
Window stemPooling();     ///< max, 3x3, stride 2

/// Stages 1 to 4 of torchvision's ResNet (He et al. 2016, with the stride on the 3x3 convolution); with `dilation` the
/// last stage keeps its stride at 1 and dilates by 2 from its second block on.
std::vector<ResidualStage> residualStages(const ModelConfig& config);

/// Channels of the last stage.
int backboneChannels(const ModelConfig& config);

} // namespace ocellus
