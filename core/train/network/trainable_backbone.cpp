// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_backbone.h"

#include <string>

#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

/// Registers `child` under a dotted name, making the modules in between: LibTorch has no names with dots.
void registerBelow(torch::nn::Module& root, const std::string& name, const std::shared_ptr<torch::nn::Module>& child)
{
    const std::size_t dot = name.find('.');
    const std::string first = name.substr(0, dot);
    if (dot == std::string::npos) {
        root.register_module(first, child);
        return;
    }
    const auto children = root.named_children();
    const std::shared_ptr<torch::nn::Module>* found = children.find(first);
    const auto node = found ? *found : root.register_module(first, std::make_shared<torch::nn::Module>(first));
    registerBelow(*node, name.substr(dot + 1), child);
}

/// In place: what a convolution or batch norm put out is nobody else's.
void activate(Activation activation, at::Tensor& x)
{
    if (activation == Activation::Relu)
        x.relu_();
    else if (activation == Activation::Relu6)
        at::hardtanh_(x, 0, 6);
}

bool isFrozenInDetr(const std::string& parameter)
{
    return parameter.starts_with("conv1.") || parameter.starts_with("layer1.");
}

} // namespace

TrainableBackbone::TrainableBackbone(const ModelConfig& config, BatchNormMode batchNorm)
{
    for (const PlannedBlock& plan : backbonePlan(config)) {
        Block block;
        for (const PlannedConvolution& convolution : plan.path)
            block.path.push_back(makeUnit(convolution, batchNorm));
        block.shortcut = plan.shortcut;
        if (plan.shortcut == Shortcut::Projection)
            block.projection = makeUnit(plan.projection, batchNorm);
        block.activation = plan.activation;
        block.maxPooling = plan.maxPooling;
        m_blocks.push_back(std::move(block));
    }
    if (isResnet(config.backbone) && batchNorm == BatchNormMode::Frozen)
        for (auto& parameter : named_parameters())
            if (isFrozenInDetr(parameter.key()))
                parameter.value().set_requires_grad(false);
}

TrainableBackbone::Unit TrainableBackbone::makeUnit(const PlannedConvolution& plan, BatchNormMode batchNorm)
{
    Unit unit{std::make_shared<TrainableConvolution>(plan),
              std::make_shared<TrainableBatchNorm>(plan.outChannels, batchNorm), plan.activation};
    registerBelow(*this, plan.name, unit.convolution);
    registerBelow(*this, plan.batchNorm, unit.batchNorm);
    return unit;
}

at::Tensor TrainableBackbone::run(const Unit& unit, const at::Tensor& x)
{
    at::Tensor y;
    if (unit.batchNorm->usesBatchStatistics()) {
        y = unit.batchNorm->normalise(unit.convolution->run(x));
    } else {
        const TrainableBatchNorm::Affine affine = unit.batchNorm->affine();
        y = unit.convolution->runAffine(x, affine.scale, affine.shift);
    }
    activate(unit.activation, y);
    return y;
}

at::Tensor TrainableBackbone::run(const Block& block, const at::Tensor& x)
{
    at::Tensor y = x;
    for (const Unit& unit : block.path)
        y = run(unit, y);
    if (block.shortcut == Shortcut::Identity)
        y.add_(x);
    else if (block.shortcut == Shortcut::Projection)
        y.add_(run(block.projection, x));
    activate(block.activation, y);
    if (!block.maxPooling)
        return y;
    const Window& window = *block.maxPooling;
    return at::max_pool2d(y, window.kernel, window.stride, window.padding, window.dilation);
}

/// Channels last is the faster way, but LibTorch's batch norm for it sums in an order that loses three digits on a CPU.
at::MemoryFormat TrainableBackbone::memoryFormat() const
{
    const bool batchStatistics = m_blocks.front().path.front().batchNorm->usesBatchStatistics();
    return batchStatistics ? at::MemoryFormat::Contiguous : at::MemoryFormat::ChannelsLast;
}

at::Tensor TrainableBackbone::run(const at::Tensor& pixels) const
{
    return runBlocks(0, m_blocks.size(), pixels.contiguous(memoryFormat()));
}

at::Tensor TrainableBackbone::runBlocks(std::size_t begin, std::size_t end, at::Tensor x) const
{
    for (std::size_t i = begin; i < end; ++i)
        x = run(m_blocks[i], x);
    return x;
}

void TrainableBackbone::setBatchNorm(BatchNormMode mode)
{
    const auto set = [mode](const Unit& unit) {
        if (unit.batchNorm)
            unit.batchNorm->setMode(mode);
    };
    for (const Block& block : m_blocks) {
        for (const Unit& unit : block.path)
            set(unit);
        set(block.projection);
    }
}

void TrainableBackbone::freeze()
{
    setBatchNorm(BatchNormMode::Frozen);
    for (at::Tensor& parameter : parameters())
        parameter.set_requires_grad(false);
}

} // namespace ocellus
