// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/prototype_heads.h"

#include <string>

#include "core/base/error.h"
#include "core/model/backbone_plan.h"
#include "core/train/network/protopnet_head.h"
#include "core/train/network/prototree_head.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {

std::shared_ptr<PrototypeHead> makePrototypeHead(const ModelConfig& config, const PrototypeRecipe& recipe)
{
    if (config.head == HeadKind::Prototypes)
        return std::make_shared<ProtoPNetHead>(config.prototypes.value(), config.queries, backboneChannels(config),
                                               recipe);
    if (config.head == HeadKind::Tree)
        return std::make_shared<ProtoTreeHead>(config, recipe);
    throw Error(ErrorCode::Unsupported, "--head",
                "a head of " + std::string(toString(config.head)) + " cannot be trained yet");
}

} // namespace ocellus
