// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/infer_config.h"
#include "core/model/mapped_source.h"
#include "core/model/model_config.h"

namespace ocellus {

/// Where a ProtoPFormer has its Vision Transformer, and its add-on layers.
inline constexpr const char* formerVit = "features.";
inline constexpr const char* formerAddOn = "add_on_layers.";

/// A ProtoPFormer's tensors as the model here has them.
struct FormerNames {
    std::vector<MappedTensor> tensors;
    std::vector<std::string> unused; ///< the file's names of what is no part of it, such as a head of ImageNet
};

/// Puts query, key and value of CaiT's class blocks together and gives layer scales one name; none where the names are
/// no ProtoPFormer's. Throws Error: Mismatch for a query without its key or value, Unsupported for one on another
/// network.
std::optional<FormerNames> formerNames(const TensorSource& source);

/// Reads a ProtoPFormer off names and shapes, `source` having those of formerNames(), and off what a whole pickled
/// object or its training program's settings say. Assumed are `reserve_layers` (11; of CaiT 1), `reserve_token_nums`
/// (81), `global_coe` (0.5), the similarity (log) and each prototype's class (as many for each, in order). Throws
/// Error: Unsupported for another kind of Vision Transformer, Mismatch where the parts do not fit together.
InferredConfig inferFormer(const TensorSource& source, const DeclaredArgs& args);

/// What the model holds, sorted by name.
std::vector<TensorInfo> formerTensors(const ModelConfig& config);

} // namespace ocellus
