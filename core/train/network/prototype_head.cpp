// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/prototype_head.h"

#include "core/train/network/module_state.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {

void PrototypeHead::start(const FeatureWalk&, std::uint64_t, const Progress&) {}

void PrototypeHead::adopt(const nlohmann::json&) {}

PrototypeHead::NamedTensors PrototypeHead::published() const
{
    return state();
}

PrototypeHead::NamedTensors PrototypeHead::state() const
{
    return stateOf(*this);
}

} // namespace ocellus
