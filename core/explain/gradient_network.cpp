// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/gradient_network.h"

#include "core/engine/torch_errors.h"
#include "core/explain/gradient_trace_state.h"
#include "core/train/network/pretrained_weights.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {

GradientNetwork::GradientNetwork(const ModelConfig& config, const TensorSource& source, at::Device device)
    : m_network(config, Dropout(0), BatchNormMode::Frozen),
      m_device(device),
      m_blocks(config.vit ? 0 : backbonePlan(config).size())
{
    loadState(m_network, source);
    for (at::Tensor& parameter : m_network.parameters())
        parameter.set_requires_grad(false);
    m_network.eval();
    m_network.to(device);
}

std::unique_ptr<const GradientTrace> GradientNetwork::trace(const at::Tensor& grid, const BackboneStage& stage,
                                                            const Progress& progress)
{
    auto state = std::make_unique<GradientTrace::State>(m_device.str());
    *state->running = &progress;
    state->field = stage.field;
    withTorchErrors(m_device.str(), [&] {
        state->grid = grid.detach().to(m_device, at::kFloat).clone(at::MemoryFormat::ChannelsLast).requires_grad_();
        at::Tensor features = state->grid;
        for (std::size_t block = stage.blocks; block < m_blocks; ++block) {
            features = m_network.runBlocks(block, block + 1, features);
            state->layerDone(features);
        }
        state->logitTensor = m_network.classify(features, {}, state.get()).squeeze(0);
    });
    *state->running = nullptr;
    return std::make_unique<const GradientTrace>(std::move(state));
}

std::unique_ptr<const GradientTrace>
GradientNetwork::traceOfPatches(const at::Tensor& pixels, const ReceptiveField& field, const Progress& progress)
{
    auto state = std::make_unique<GradientTrace::State>(m_device.str());
    *state->running = &progress;
    state->field = field;
    withTorchErrors(m_device.str(), [&] {
        const at::Tensor image = pixels.to(m_device, at::kFloat);
        const bool hasDecoder = m_network.readout() == nullptr;
        at::Tensor before;
        {
            const torch::NoGradGuard values;
            before = hasDecoder ? m_network.features(image) : m_network.enteringLast(image, state.get());
        }
        if (hasDecoder) {
            state->grid = before.clone(at::MemoryFormat::Contiguous).requires_grad_();
            state->logitTensor = m_network.classify(state->grid, {}, state.get()).squeeze(0);
        } else {
            const std::int64_t side = m_network.config().vit->patchSize;
            state->patchRows = image.size(2) / side;
            state->hasSharedRow = m_network.config().head != HeadKind::Prompts;
            state->logitTensor = m_network.logitsOfLast(before, state.get());
        }
    });
    *state->running = nullptr;
    return std::make_unique<const GradientTrace>(std::move(state));
}

at::Tensor GradientNetwork::gridOf(const at::Tensor& pixels, std::size_t blocks, const Progress& progress)
{
    const torch::NoGradGuard values;
    return withTorchErrors(m_device.str(), [&] {
        at::Tensor x = pixels.to(m_device, at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
        for (std::size_t block = 0; block < blocks; ++block) {
            progress.throwIfStopped();
            x = m_network.runBlocks(block, block + 1, x);
        }
        return x;
    });
}

} // namespace ocellus
