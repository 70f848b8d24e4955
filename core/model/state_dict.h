// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/backbone_plan.h"
#include "core/model/model_config.h"
#include "core/model/tensor_list.h"

namespace ocellus {

/// Every tensor that a checkpoint of this architecture holds, sorted by name, with the released code's names.
std::vector<TensorInfo> expectedTensors(const ModelConfig& config);

/// Adds what a state dict holds of a convolutional backbone, its names behind `prefix`.
void addBackboneTensors(TensorList& list, const std::string& prefix, const BackbonePlan& plan);

/// Compares names, types and shapes before any value is read. `num_batches_tracked` and torchvision's unused `fc` may
/// be there. Throws Error(Mismatch) "layer4.2.conv3.weight: expected [..], got [..]", Unsupported for integer weights.
void checkStateDict(const ModelConfig& config, const TensorSource& source);

/// The same against any list of names and shapes.
void checkTensors(const std::vector<TensorInfo>& expected, const TensorSource& source);

} // namespace ocellus
