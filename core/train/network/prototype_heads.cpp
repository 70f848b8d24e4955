// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/prototype_heads.h"

#include <string>

#include "core/base/error.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {

std::shared_ptr<PrototypeHead> makePrototypeHead(const ModelConfig& config, const PrototypeRecipe&)
{
    throw Error(ErrorCode::Unsupported, "--head",
                "a head of " + std::string(toString(config.head)) + " cannot be trained yet");
}

} // namespace ocellus
