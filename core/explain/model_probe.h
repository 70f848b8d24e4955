// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/explain/gradient_trace.h"
#include "core/model/backbone_stage.h"

namespace ocellus {

/// What explaining asks of an engine's open model beside its maps: logits of changed pictures, and gradients.
///
/// For gradients the network of training is loaded from the same file when they are first asked for. All calls from the
/// engine's thread. Follows the engine to another checkpoint.
class ModelProbe {
public:
    /// The engine outlives the probe.
    explicit ModelProbe(Engine& engine);
    ~ModelProbe();
    ModelProbe(const ModelProbe&) = delete;
    ModelProbe& operator=(const ModelProbe&) = delete;

    /// Throws Error(BadArgument) where no checkpoint is open, as all of the following.
    const ModelDescription& model() const;

    /// Logits of all classes, [C]; `values` [3, height, width] as in ModelInput.
    /// Throws Error: Mismatch where they do not fill `size`, Cancelled, Device.
    std::vector<float> logits(std::vector<float> values, Size size, const Progress& progress = {});

    /// Their softmax.
    std::vector<float> probabilities(std::vector<float> values, Size size, const Progress& progress = {});

    /// The same for several pictures of one size, best as many as picturesAtOnce().
    std::vector<std::vector<float>> probabilitiesOfAll(std::vector<std::vector<float>> pictures, Size size,
                                                       const Progress& progress = {});
    std::size_t picturesAtOnce() const;

    /// The stages that maps can lie on, the backbone's own grid last.
    std::vector<BackboneStage> stages() const;
    /// The stage of that name; "grid" is the last one. Throws Error(BadArgument) that lists the names there are.
    BackboneStage stage(const std::string& name) const;

    /// A pass that can be differentiated by the grid of a stage. What comes before it runs as fast as inference.
    /// Throws as logits(), and Mismatch where the checkpoint's file is not the one that was opened.
    std::unique_ptr<const GradientTrace> trace(const ModelInput& input, const BackboneStage& stage,
                                               const Progress& progress = {});

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace ocellus
