// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/io/training_checkpoint.h"
#include "core/train/network/named_tensor_source.h"
#include "core/train/train_options.h"

namespace ocellus {

class TrainableNetwork;

/// AdamW over two groups, all but the backbone and the backbone, whose state PyTorch's AdamW can load.
class Optimizer {
public:
    /// Over the parameters of `network` that ask for gradients now.
    Optimizer(TrainableNetwork& network, const TrainOptions& options);
    ~Optimizer();

    /// All of them, in the order of the checkpoint's indices.
    const std::vector<at::Tensor>& parameters() const { return m_parameters; }

    void zeroGradients();

    /// Scales all gradients so that their common norm is at most `limit` (0: no limit), and returns the norm before.
    double clip(double limit) const;

    void step(double learningRate, double backboneLearningRate);

    /// Groups and steps as the checkpoint holds them.
    void describe(TrainingState& state) const;
    /// "<i>.exp_avg" and "<i>.exp_avg_sq" of every parameter that has moved; reads what this object holds.
    NamedTensorSource moments() const;

    /// Throws Error(Mismatch) where the checkpoint is of another set of parameters.
    void restore(const TrainingState& state, const TensorSource& moments);

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
    std::vector<at::Tensor> m_parameters;
    std::size_t m_headCount = 0;
    TrainOptions m_options;
};

} // namespace ocellus
