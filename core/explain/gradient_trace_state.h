// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/explain/gradient_trace.h"
#include "core/train/network/pass_observer.h"

namespace ocellus {

/// Keeps what a pass made, and ends it, forwards or backwards, when a stop is asked for.
struct GradientTrace::State : PassObserver {
    explicit State(std::string onDevice) : device(std::move(onDevice)) {}

    void layerDone(const at::Tensor& output) override;
    void attended(const at::Tensor& weights) override { attention.push_back(weights); }

    std::string device; ///< for messages
    ReceptiveField field;
    at::Tensor grid;                   ///< [1, K, h, w], the leaf
    at::Tensor logitTensor;            ///< [C]
    std::vector<at::Tensor> attention; ///< per layer, [R, C, N]
    std::vector<float> logits;
    std::vector<float> activations;
    /// Of the pass that runs now; hooks in the graph share it.
    std::shared_ptr<const Progress*> running = std::make_shared<const Progress*>(nullptr);
};

} // namespace ocellus
