// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/backbone_plan.h"

#include <utility>

namespace ocellus {
namespace {

/// What one residual block does to channels and grid.
struct BlockShape {
    int in, width, out, stride, dilation;
};

PlannedConvolution convolution(const std::string& block, int number, int in, int out, const Window& window)
{
    const std::string suffix = std::to_string(number);
    return {block + ".conv" + suffix, block + ".bn" + suffix, in, out, window, 1, Activation::Relu};
}

PlannedBlock residualBlock(const std::string& name, const BlockShape& shape, bool bottleneck)
{
    const Window spatial{3, shape.stride, shape.dilation, shape.dilation};
    PlannedBlock block;
    if (bottleneck)
        block.path = {convolution(name, 1, shape.in, shape.width, {1, 1, 0, 1}),
                      convolution(name, 2, shape.width, shape.width, spatial),
                      convolution(name, 3, shape.width, shape.out, {1, 1, 0, 1})};
    else
        block.path = {convolution(name, 1, shape.in, shape.width, spatial),
                      convolution(name, 2, shape.width, shape.out, {3, 1, 1, 1})};
    block.path.back().activation = Activation::None; // it follows the sum
    block.activation = Activation::Relu;
    block.shortcut = shape.stride == 1 && shape.in == shape.out ? Shortcut::Identity : Shortcut::Projection;
    if (block.shortcut == Shortcut::Projection)
        block.projection = {
            name + ".downsample.0", name + ".downsample.1", shape.in, shape.out, {1, shape.stride, 0, 1}};
    return block;
}

} // namespace

std::vector<int> resnetBlockCounts(BackboneKind kind)
{
    switch (kind) {
    case BackboneKind::ResNet18: return {2, 2, 2, 2};
    case BackboneKind::ResNet34:
    case BackboneKind::ResNet50: return {3, 4, 6, 3};
    case BackboneKind::ResNet101: return {3, 4, 23, 3};
    case BackboneKind::MobileNetV2: break;
    }
    return {};
}

BackbonePlan resnetPlan(const ModelConfig& config)
{
    std::vector<int> blocks = resnetBlockCounts(config.backbone);
    blocks.resize(static_cast<std::size_t>(config.lastStage));
    return resnetPlan({std::move(blocks), hasBottlenecks(config.backbone), config.backboneWidth, config.dilation});
}

BackbonePlan resnetPlan(const ResnetShape& shape)
{
    int channels = shape.width;
    PlannedBlock stem;
    stem.path = {{"conv1", "bn1", 3, channels, {7, 2, 3, 1}, 1, Activation::Relu}};
    stem.maxPooling = Window{3, 2, 1, 1};
    BackbonePlan plan{stem};
    for (int stage = 1; stage <= static_cast<int>(shape.blocks.size()); ++stage) {
        const int width = shape.width << (stage - 1);
        const int out = shape.hasBottlenecks ? 4 * width : width;
        const bool dilated = stage == 4 && shape.dilation;
        for (int b = 0; b < shape.blocks[static_cast<std::size_t>(stage - 1)]; ++b) {
            const int stride = b == 0 && stage > 1 && !dilated ? 2 : 1;
            const std::string name = "layer" + std::to_string(stage) + "." + std::to_string(b);
            plan.push_back(
                residualBlock(name, {channels, width, out, stride, dilated && b > 0 ? 2 : 1}, shape.hasBottlenecks));
            channels = out;
        }
    }
    return plan;
}

} // namespace ocellus
