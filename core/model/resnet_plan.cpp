// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/resnet_plan.h"

#include <array>

namespace ocellus {
namespace {

std::array<int, 4> blockCounts(BackboneKind kind)
{
    switch (kind) {
    case BackboneKind::ResNet18: return {2, 2, 2, 2};
    case BackboneKind::ResNet34:
    case BackboneKind::ResNet50: return {3, 4, 6, 3};
    case BackboneKind::ResNet101: return {3, 4, 23, 3};
    }
    return {};
}

/// What one block of a stage does to channels and grid.
struct BlockShape {
    int in, width, out, stride, dilation;
};

std::vector<BlockConvolution> mainPath(const BlockShape& shape, bool bottleneck)
{
    const Window spatial{3, shape.stride, shape.dilation, shape.dilation};
    if (bottleneck)
        return {{"conv1", shape.in, shape.width, {1, 1, 0, 1}},
                {"conv2", shape.width, shape.width, spatial},
                {"conv3", shape.width, shape.out, {1, 1, 0, 1}}};
    return {{"conv1", shape.in, shape.width, spatial}, {"conv2", shape.width, shape.out, {3, 1, 1, 1}}};
}

} // namespace

Window stemConvolution()
{
    return {7, 2, 3, 1};
}

Window stemPooling()
{
    return {3, 2, 1, 1};
}

std::vector<ResidualStage> residualStages(const ModelConfig& config)
{
    const bool bottleneck = hasBottlenecks(config.backbone);
    const std::array<int, 4> counts = blockCounts(config.backbone);
    std::vector<ResidualStage> stages;
    int channels = 64;
    for (int s = 0; s < 4; ++s) {
        const int width = 64 << s;
        const int out = bottleneck ? 4 * width : width;
        const bool dilated = s == 3 && config.dilation;
        ResidualStage& stage = stages.emplace_back();
        for (int b = 0; b < counts[static_cast<std::size_t>(s)]; ++b) {
            const int stride = b == 0 && s > 0 && !dilated ? 2 : 1;
            const BlockShape shape{channels, width, out, stride, dilated && b > 0 ? 2 : 1};
            ResidualBlock& block = stage.blocks.emplace_back();
            block.name = "layer" + std::to_string(s + 1) + "." + std::to_string(b);
            block.convolutions = mainPath(shape, bottleneck);
            block.hasDownsample = stride != 1 || channels != out;
            if (block.hasDownsample)
                block.downsample = {"downsample.0", channels, out, {1, stride, 0, 1}};
            channels = out;
        }
    }
    return stages;
}

int backboneChannels(const ModelConfig& config)
{
    return hasBottlenecks(config.backbone) ? 2048 : 512;
}

} // namespace ocellus
