// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/progress.h"
#include "core/base/tensor_source.h"
#include "core/image/model_input.h"
#include "core/train/data/feature_store.h"
#include "core/train/train_options.h"

namespace ocellus {

/// What a frozen backbone makes of a picture at the last place that nothing trained can change: a grid, or of a Vision
/// Transformer what TrainableNetwork::features gives. Inference's backbones, about twice as fast as those that learn.
class FeatureExtractor {
public:
    virtual ~FeatureExtractor() = default;

    virtual Features run(const ModelInput& input, const Progress& progress) const = 0;

    /// `weights` holds a whole network under its own names. Throws Error(Device).
    static std::unique_ptr<const FeatureExtractor> make(const TrainOptions& options, const TensorSource& weights);
};

/// Stands for everything of a frozen backbone that its features depend on: another start has other features.
std::string hashOfFrozen(const TrainOptions& options, const TensorSource& weights);

/// How many values the features of a picture of this size have. Throws as inputPlace().
std::uintmax_t featureValues(const TrainOptions& options, Size picture);

} // namespace ocellus
