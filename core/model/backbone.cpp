// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/backbone.h"

#include <string>
#include <utility>

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Frozen batch norm is an affine map of each channel: it goes into the weights and the bias (eps as in torchvision).
Convolution fold(Weights& weights, const std::string& prefix, const PlannedConvolution& plan, const Compute& compute,
                 int usualSide)
{
    const std::string convolution = prefix + plan.name;
    const std::string norm = prefix + plan.batchNorm;
    const at::Tensor weight = weights.take(convolution + ".weight");
    const at::Tensor own = plan.hasBias ? weights.take(convolution + ".bias") : at::zeros({weight.size(0)});
    if (plan.batchNorm.empty())
        return {weight, own, plan, compute, usualSide};
    const at::Tensor scale = weights.take(norm + ".weight") * (weights.take(norm + ".running_var") + 1e-5).rsqrt();
    const at::Tensor bias = weights.take(norm + ".bias") + (own - weights.take(norm + ".running_mean")) * scale;
    return {weight * scale.view({-1, 1, 1, 1}), bias, plan, compute, usualSide};
}

/// Cells on a side behind the window; 0 stays 0.
int sideBehind(int side, const Window& window)
{
    const int inside = side + 2 * window.padding - window.dilation * (window.kernel - 1) - 1;
    return side == 0 || inside < 0 ? 0 : inside / window.stride + 1;
}

/// relu(x + y) in one pass over memory, into x, where nobody needs gradients.
void addRelu(at::Tensor& x, const at::Tensor& y)
{
    const bool flat = x.device().is_cpu() && x.scalar_type() == at::kFloat && !x.requires_grad() &&
                      x.is_contiguous(at::MemoryFormat::ChannelsLast) &&
                      y.is_contiguous(at::MemoryFormat::ChannelsLast);
    if (!flat) {
        x = at::relu(x + y);
        return;
    }
    float* const into = x.data_ptr<float>();
    const float* const from = y.data_ptr<float>();
    at::parallel_for(0, x.numel(), 1 << 16, [into, from](std::int64_t begin, std::int64_t end) {
#ifdef _OPENMP // several at once, which the compiler would not do by itself
#pragma omp simd
#endif
        for (std::int64_t i = begin; i < end; ++i) {
            const float sum = into[i] + from[i];
            into[i] = sum > 0 ? sum : 0;
        }
    });
}

} // namespace

Backbone::Backbone(const ModelConfig& config, Weights& weights, const Compute& compute)
    : Backbone(backbonePlan(config), "backbone.0.body.", weights, compute)
{
}

Backbone::Backbone(BackbonePlan planned, const std::string& prefix, Weights& weights, const Compute& compute,
                   int usualSide)
    : m_plan(std::move(planned))
{
    for (const PlannedBlock& plan : m_plan) {
        Block& block = m_blocks.emplace_back();
        const int entered = usualSide;
        for (const PlannedConvolution& convolution : plan.path) {
            block.path.push_back(fold(weights, prefix, convolution, compute, usualSide));
            usualSide = sideBehind(usualSide, convolution.window);
        }
        block.shortcut = plan.shortcut;
        if (plan.shortcut == Shortcut::Projection)
            block.projection = fold(weights, prefix, plan.projection, compute, entered);
        block.activation = plan.activation;
        block.maxPooling = plan.maxPooling;
        if (plan.maxPooling)
            usualSide = sideBehind(usualSide, *plan.maxPooling);
    }
}

at::Tensor Backbone::runBlock(const Block& block, const at::Tensor& x)
{
    at::Tensor y = x;
    for (const Convolution& convolution : block.path)
        y = convolution.run(y);
    if (block.shortcut != Shortcut::None) {
        const at::Tensor added = block.projection ? block.projection->run(x) : x;
        if (block.activation == Activation::Relu)
            addRelu(y, added);
        else
            y = y + added;
    }
    if (const auto& pool = block.maxPooling)
        y = at::max_pool2d(y, {pool->kernel, pool->kernel}, {pool->stride, pool->stride},
                           {pool->padding, pool->padding});
    return y;
}

at::Tensor Backbone::run(const at::Tensor& image, const Progress& progress) const
{
    return runBlocks(0, m_blocks.size(), image.contiguous(at::MemoryFormat::ChannelsLast), progress);
}

at::Tensor Backbone::runBlocks(std::size_t begin, std::size_t end, at::Tensor x, const Progress& progress) const
{
    if (begin == 0)
        progress.at(Stage::Backbone, 0);
    for (std::size_t i = begin; i < end; ++i) {
        x = runBlock(m_blocks[i], x);
        progress.at(Stage::Backbone, static_cast<double>(i + 1) / static_cast<double>(m_blocks.size()));
    }
    return x;
}

} // namespace ocellus
