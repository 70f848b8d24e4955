// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/tensor_list.h"
#include "core/model/vit/vit_config.h"

namespace ocellus {

/// Names, in timm's way, and shapes that a Vision Transformer's state dict must hold, sorted by name; `prefix` stands
/// before each. Registers are `register_tokens`, SwiGLU's layers `w12` and `w3`.
std::vector<TensorInfo> vitTensors(const VitConfig& config, const std::string& prefix = {});

/// Adds what one block holds, its names behind `block`, "blocks.3.".
void addVitBlock(TensorList& list, const std::string& block, const VitConfig& config);

} // namespace ocellus
