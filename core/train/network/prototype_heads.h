// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/train/network/prototype_head.h"
#include "core/train/network/prototype_recipe.h"

namespace ocellus {

/// The head of a model with HeadKind::Prototypes or Tree. Throws Error(Unsupported) for one that
/// cannot be trained.
std::shared_ptr<PrototypeHead> makePrototypeHead(const ModelConfig& config, const PrototypeRecipe& recipe);

} // namespace ocellus
