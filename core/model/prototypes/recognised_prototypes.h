// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/model/infer_config.h"
#include "core/model/model_family.h"

namespace ocellus {

/// What a family of prototypes answers when it is asked whether a state dict is its own: what was inferred, or none,
/// with the square that the model was trained on as its usual preprocessing.
std::optional<RecognisedModel> recognisedPrototypes(std::optional<InferredConfig> inferred);

} // namespace ocellus
