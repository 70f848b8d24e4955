// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/base/tensor_source.h"
#include "core/explain/gradient_trace.h"
#include "core/model/backbone_stage.h"
#include "core/train/network/trainable_network.h"

namespace ocellus {

/// The network that training trains, loaded to be explained: no dropout, batch norms and all weights constant.
///
/// Inference packs and folds its weights and blocks its attention, so it has no gradients; training has them already,
/// for the same checkpoints, and is compared with PyTorch's. A third network would be one more to keep equal.
class GradientNetwork {
public:
    /// `source` has passed checkStateDict(config, source).
    GradientNetwork(const ModelConfig& config, const TensorSource& source, at::Device device);

    /// `grid` [1, K, h, w] behind the first `stage.blocks` blocks, anywhere; no inference tensor.
    /// Throws Error: Cancelled, Device, TooLarge (a learned position has no entry for so many cells).
    std::unique_ptr<const GradientTrace> trace(const at::Tensor& grid, const BackboneStage& stage,
                                               const Progress& progress);

    /// Of a Vision Transformer, by what INTR's decoder reads of the patches, or without a decoder by what the last
    /// block's attention reads of them: after a norm in both, since what comes before one has no slope along itself.
    /// `pixels` [1, 3, H, W], anywhere. Throws as trace(), and Unsupported where the network has no logits.
    std::unique_ptr<const GradientTrace> traceOfPatches(const at::Tensor& pixels, const ReceptiveField& field,
                                                        const Progress& progress);

    /// `pixels` [1, 3, H, W] through the first `blocks` blocks, without gradients.
    at::Tensor gridOf(const at::Tensor& pixels, std::size_t blocks, const Progress& progress);

    const ModelConfig& config() const { return m_network.config(); }
    TrainableNetwork& network() { return m_network; }

private:
    TrainableNetwork m_network;
    at::Device m_device;
    std::size_t m_blocks; // of the whole backbone
};

} // namespace ocellus
