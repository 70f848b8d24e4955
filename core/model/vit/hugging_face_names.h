// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/model/vit/vit_names.h"

namespace ocellus {

/// vitNames() of the ViT, DeiT, Dinov2 and Dinov2WithRegisters models of Hugging Face's transformers (their
/// modeling_*.py): none where `source` is no such model.
std::optional<VitNames> huggingFaceNames(const TensorSource& source);

bool hasHuggingFaceNames(const TensorSource& source);

} // namespace ocellus
