// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/backbone_plan.h"

namespace ocellus {
namespace {

/// A row of the paper's table 2: expansion, channels, repetitions and the first block's stride.
struct Row {
    int expansion, channels, repetitions, stride;
};

constexpr Row rows[] = {{1, 16, 1, 1}, {6, 24, 2, 2},  {6, 32, 3, 2}, {6, 64, 4, 2},
                        {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}};
constexpr int lastStridedRow = 5;

/// torchvision wraps convolution, batch norm and ReLU6 into one module whose parts are numbered.
PlannedConvolution wrapped(const std::string& module, int in, int out, const Window& window, int groups)
{
    return {module + ".0", module + ".1", in, out, window, groups, Activation::Relu6};
}

PlannedBlock singleConvolution(const std::string& module, int in, int out, const Window& window)
{
    PlannedBlock block;
    block.path = {wrapped(module, in, out, window, 1)};
    return block;
}

PlannedBlock invertedResidual(const std::string& module, int in, int out, int expansion, const Window& depthwise)
{
    const std::string part = module + ".conv.";
    const int hidden = expansion * in;
    PlannedBlock block;
    int number = 0;
    if (expansion != 1)
        block.path.push_back(wrapped(part + std::to_string(number++), in, hidden, {1, 1, 0, 1}, 1));
    block.path.push_back(wrapped(part + std::to_string(number++), hidden, hidden, depthwise, hidden));
    block.path.push_back({part + std::to_string(number), part + std::to_string(number + 1), hidden, out, {1, 1, 0, 1}});
    if (depthwise.stride == 1 && in == out)
        block.shortcut = Shortcut::Identity;
    return block;
}

} // namespace

BackbonePlan mobilenetPlan(const ModelConfig& config)
{
    const auto module = [](std::size_t index) { return "features." + std::to_string(index); };
    BackbonePlan plan{singleConvolution(module(0), 3, 32, {3, 2, 1, 1})};
    int channels = 32;
    int dilation = 1;
    for (int r = 0; r < static_cast<int>(std::size(rows)); ++r)
        for (int i = 0; i < rows[r].repetitions; ++i) {
            const bool keepsStride = config.dilation && r == lastStridedRow;
            const int stride = i == 0 && !keepsStride ? rows[r].stride : 1;
            plan.push_back(invertedResidual(module(plan.size()), channels, rows[r].channels, rows[r].expansion,
                                            {3, stride, dilation, dilation}));
            channels = rows[r].channels;
            if (keepsStride)
                dilation = 2;
        }
    plan.push_back(singleConvolution(module(plan.size()), channels, 1280, {1, 1, 0, 1}));
    return plan;
}

} // namespace ocellus
