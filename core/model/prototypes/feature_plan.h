// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/tensor_source.h"
#include "core/model/backbone_plan.h"
#include "core/model/model_config.h"
#include "core/model/prototypes/prototype_config.h"
#include "core/model/tensor_list.h"

namespace ocellus {

/// The network's blocks from the picture to the grid that prototypes are looked for in. A DenseNet's has the windows on
/// the longest way alone, without names: it tells where cells look, and DenseFeatures computes them.
BackbonePlan featurePlan(const FeatureConfig& features);

/// The backbone of a configuration without prototypes as the network in front of some: featurePlan() of it is its
/// backbonePlan().
FeatureConfig featuresOf(const ModelConfig& config);

/// Channels of the grid.
int featureChannels(const FeatureConfig& features);

/// Adds what a state dict holds of the network, its names behind `prefix` ("features.", "_net.").
void addFeatureTensors(TensorList& list, const std::string& prefix, const FeatureConfig& features);

/// Reads the network off names and shapes behind `prefix`. Throws Error: Unsupported for another kind of network,
/// Mismatch where shapes contradict each other.
FeatureConfig inferFeatures(const TensorSource& source, const std::string& prefix);

} // namespace ocellus
