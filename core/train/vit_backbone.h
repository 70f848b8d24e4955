// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/model_settings.h"
#include "core/model/vit/named_vits.h"

namespace ocellus {

/// A Vision Transformer to train on, read off a file of weights.
struct VitBackbone {
    VitConfig config;
    std::vector<std::string> remarks; ///< sentences without a full stop: what nothing tells and was taken to be so
};

/// The backbone of that name with what is `given`, as it is where it is trained from scratch. Throws Error(BadArgument)
/// that lists the names.
NamedVit vitNamed(const std::string& name, const ModelSettings& given);

/// The file must have the width, depth, patches and registers of `expected`; what neither it nor the files beside it
/// nor `given` tell (heads, resampling, activation, eps) is that of `expected`. `stateDict` as in Checkpoint::open.
/// Throws Error: Mismatch for another network, and what opening the file throws.
VitBackbone vitOfWeights(const NamedVit& expected, const std::filesystem::path& weights, const std::string& stateDict,
                         const ModelSettings& given);

/// "vit_small_patch14_dinov2, ...": for messages and help.
std::string namesOfVits();

} // namespace ocellus
