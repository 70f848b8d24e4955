// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/vit/vit_config.h"

namespace ocellus {

/// A published Vision Transformer, or a small one to train from scratch.
struct NamedVit {
    std::string name; ///< timm's way: "vit_small_patch14_dinov2"
    VitConfig config; ///< without a head
    std::string what; ///< for people: "DINOv2"
};

const std::vector<NamedVit>& namedVits();

/// The one of that name; also with what timm puts behind it ("vit_small_patch16_224.dino" is vit_small_patch16_dino).
/// None where there is no such.
std::optional<NamedVit> namedVit(std::string_view name);

} // namespace ocellus
