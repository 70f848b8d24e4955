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

/// Where a ProtoTree has its parts.
const PrototypeNames& protoTreeNames();

/// Reads a ProtoTree: its tree and which node uses which prototype off a whole pickled object or, of a state dict, the
/// settings beside it (treeRows), and the network off names and shapes; none where the names are others. Assumed is
/// `img_size` (224) where nobody says it. Throws Error: Unsupported for a state dict whose settings tell of no tree,
/// Mismatch where the parts do not fit together, and what treeFromRows() throws.
std::optional<InferredConfig> inferProtoTree(const TensorSource& source, const DeclaredArgs& args);

/// What the model holds besides its tree's shape, sorted by name.
std::vector<TensorInfo> protoTreeTensors(const ModelConfig& config);

} // namespace ocellus
