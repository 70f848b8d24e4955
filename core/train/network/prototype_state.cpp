// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/prototype_state.h"

#include <set>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/model/weights.h"
#include "core/train/network/prototype_head.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

using NamedTensors = TrainableNetwork::NamedTensors;

constexpr std::string_view body = "backbone.0.body.";

NamedTensors withBackbone(const TrainableNetwork& network, NamedTensors tensors)
{
    const std::string prefix = network.prototypeHead()->backbonePrefix();
    for (const auto& [name, tensor] : network.state())
        if (name.starts_with(body))
            tensors.emplace_back(prefix + name.substr(body.size()), tensor);
    return tensors;
}

[[noreturn]] void refuse(const std::string& name, const std::string& expected, const std::string& got)
{
    throw Error(ErrorCode::Mismatch, name, "expected " + expected + ", got " + got,
                "Repeat the command of the run, or choose another file");
}

} // namespace

NamedTensors prototypeState(const TrainableNetwork& network)
{
    return withBackbone(network, network.prototypeHead()->state());
}

NamedTensors publishedPrototypeState(const TrainableNetwork& network)
{
    return withBackbone(network, network.prototypeHead()->published());
}

void loadPrototypeState(TrainableNetwork& network, const TensorSource& source)
{
    const torch::NoGradGuard values;
    const Progress silent;
    Weights weights(source, silent);
    std::set<std::string> known;
    for (auto& [name, tensor] : prototypeState(network)) {
        const TensorInfo* found = source.find(name);
        if (!found || tensor.sizes() != at::IntArrayRef(found->shape))
            refuse(name, shapeText({tensor.sizes().data(), tensor.sizes().size()}),
                   found ? shapeText(found->shape) : "no such tensor");
        tensor.copy_(weights.take(name));
        known.insert(name);
    }
    for (const TensorInfo& tensor : source.tensors())
        if (!known.contains(tensor.name))
            refuse(tensor.name, "no such tensor", shapeText(tensor.shape));
}

} // namespace ocellus
