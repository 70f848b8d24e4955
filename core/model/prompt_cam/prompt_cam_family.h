// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model_family.h"

namespace ocellus {

/// Names and shapes of Prompt-CAM's state dict, sorted by name.
std::vector<TensorInfo> promptCamTensors(const ModelConfig& config);

ModelFamily promptCamFamily();

} // namespace ocellus
