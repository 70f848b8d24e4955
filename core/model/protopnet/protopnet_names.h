// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/infer_config.h"
#include "core/model/model_config.h"
#include "core/model/prototypes/prototype_names.h"

namespace ocellus {

/// Where a ProtoPNet has its parts.
const PrototypeNames& protoPNetNames();

/// Reads a ProtoPNet off its names and shapes and, of a whole pickled object, off its attributes; none where the names
/// are others. Assumed of a state dict are `prototype_activation_function` (log), `img_size` (224) and
/// `prototype_class_identity` (as many prototypes for each class, in order). Throws Error: Unsupported for a similarity
/// that is not known here, Mismatch where the parts do not fit together.
std::optional<InferredConfig> inferProtoPNet(const TensorSource& source, const DeclaredArgs& args);

/// What its state dict holds, sorted by name.
std::vector<TensorInfo> protoPNetTensors(const ModelConfig& config);

} // namespace ocellus
