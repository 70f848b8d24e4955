// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/explain/gradient_trace.h"
#include "core/train/network/patch_observer.h"

namespace ocellus {

/// Keeps what a pass made, and ends it, forwards or backwards, when a stop is asked for.
struct GradientTrace::State : PatchObserver {
    explicit State(std::string onDevice) : device(std::move(onDevice)) {}

    void layerDone(const at::Tensor& output) override;
    void attended(const at::Tensor& weights) override { attention.push_back(weights); }
    at::Tensor read(const at::Tensor& patches) override;

    /// A class's row of the attention.
    std::int64_t rowOf(int classIndex) const { return hasSharedRow ? 0 : classIndex; }

    std::string device; ///< for messages
    ReceptiveField field;
    at::Tensor grid;                   ///< [1, K, h, w], the leaf
    at::Tensor logitTensor;            ///< [C]
    std::vector<at::Tensor> attention; ///< per layer, [R, C, N]
    std::int64_t patchRows = 0;        ///< h, where the leaf is made of patches on the way
    bool hasSharedRow = false;         ///< all classes look alike: the attention is [CLS]'s
    std::vector<float> logits;
    std::vector<float> activations;
    /// Of the pass that runs now; hooks in the graph share it.
    std::shared_ptr<const Progress*> running = std::make_shared<const Progress*>(nullptr);
};

} // namespace ocellus
