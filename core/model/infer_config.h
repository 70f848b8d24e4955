// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/tensor_source.h"
#include "core/model/model_config.h"
#include "core/model/vit/infer_vit.h"

namespace ocellus {

/// What ProtoPFormer's training program says of itself, by its settings' names.
struct FormerDeclared {
    std::optional<int> reserveLayer;   ///< `reserve_layers`, the last of them
    std::optional<int> reserveTokens;  ///< `reserve_token_nums`, that of this layer
    std::optional<double> globalShare; ///< `global_coe`
};

/// What the training program wrote about itself, where it did.
struct DeclaredArgs {
    std::optional<int> heads;
    std::optional<bool> dilation;
    std::optional<bool> preNorm;
    std::optional<std::string> backbone;
    VitDeclared vit = {};
    std::optional<std::string> similarity = {}; ///< ProtoPNet's `prototype_activation_function`
    std::optional<int> prototypeImageSize = {}; ///< ProtoPNet's `img_size`, the side of its square
    std::optional<int> prototypesPerClass = {}; ///< one class after the other, as many for each
    FormerDeclared former = {};
    const nlohmann::json* tree = nullptr;   ///< ProtoTree's, as treeRows() writes it; null where nobody says
    std::optional<bool> normedLeaves = {};  ///< ProtoTree's `kontschieder_normalization`
    const nlohmann::json* object = nullptr; ///< Checkpoint::object() of a whole pickled module, else null or empty
};

/// An architecture read off a checkpoint.
struct InferredConfig {
    ModelConfig config;
    std::vector<std::string> assumed; ///< fields that neither shapes nor args tell: the released defaults
};

/// Reads sizes and counts off names and shapes; what no shape can tell comes from `args`, else from the released
/// defaults. Throws Error(Unsupported) that names what the file is instead (DETR, a bare ResNet, ...), and Mismatch
/// where args contradict the shapes. The result is valid, but tensors are only compared by checkStateDict.
InferredConfig inferConfig(const TensorSource& source, const DeclaredArgs& args);

/// Of that, what is INTR's own: queries, head, encoder, decoder and position. Throws Error(Mismatch).
void inferTransformer(const TensorSource& source, ModelConfig& config);

} // namespace ocellus
