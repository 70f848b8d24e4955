// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>

#include "core/train/network/batch_norm_mode.h"

namespace ocellus {

/// Batch norm with the four tensors of released checkpoints, as constants (DETR's FrozenBatchNorm2d) or trained.
class TrainableBatchNorm : public torch::nn::Module {
public:
    /// Weight and bias are parameters with BatchNormMode::Train and buffers with Frozen.
    TrainableBatchNorm(int channels, BatchNormMode mode);

    /// Throws Error(BadArgument) for Train where weight and bias are buffers.
    void setMode(BatchNormMode mode);

    /// True in training mode with BatchNormMode::Train; elsewhere `scale` and `shift` say all.
    bool usesBatchStatistics() const;

    /// Normalises [B, channels, h, w] by its own statistics and moves the running ones by a tenth.
    at::Tensor normalise(const at::Tensor& x) const;

    struct Affine {
        at::Tensor scale; ///< [channels]
        at::Tensor shift; ///< [channels]
    };

    /// The map that weight, bias and running statistics make, without gradients.
    Affine affine() const;

private:
    bool m_madeFrozen;
    BatchNormMode m_mode;
    at::Tensor m_weight;
    at::Tensor m_bias;
    at::Tensor m_runningMean;
    at::Tensor m_runningVariance;
};

} // namespace ocellus
