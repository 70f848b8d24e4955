// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/vit_state_names.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/model/intr_vit/intr_vit_names.h"
#include "core/train/network/prototype_state.h"
#include "core/train/network/torch_training_headers.h"
#include "core/train/network/trainable_vit_readout.h"

namespace ocellus {
namespace {

using NamedTensors = TrainableNetwork::NamedTensors;

constexpr std::string_view body = "backbone.0.body.";
constexpr std::string_view readout = "readout.";
constexpr std::string_view prompts = "readout.vpt.";
constexpr std::string_view presence = "presence_vector.";

bool isReadout(std::string_view name)
{
    return name.starts_with("head.") || name.starts_with("head_dist.") || name.starts_with("vpt.");
}

/// timm's names at the root.
NamedTensors bareState(const TrainableNetwork& network)
{
    NamedTensors released;
    for (const auto& [name, tensor] : network.state())
        if (name.starts_with(body))
            released.emplace_back(name.substr(body.size()), tensor);
        else if (!name.starts_with(prompts))
            released.emplace_back(name.substr(readout.size()), tensor);
    if (const at::Tensor all = network.readout()->allPrompts(); all.defined())
        released.emplace_back("vpt.prompt_embeddings", all);
    return released;
}

/// INTR-FC has a linear layer a class there.
void addVectors(const std::string& leaf, const at::Tensor& rows, bool isShared, NamedTensors& released)
{
    if (isShared) {
        released.emplace_back("query_transform." + leaf, rows);
        return;
    }
    for (std::int64_t i = 0; i < rows.size(0); ++i)
        released.emplace_back("query_classifiers." + std::to_string(i) + "." + leaf, rows.slice(0, i, i + 1));
}

NamedTensors encodersState(const TrainableNetwork& network)
{
    NamedTensors released;
    for (const auto& [name, tensor] : network.state()) {
        if (name.starts_with(body))
            released.emplace_back("transformer.encoder." + name.substr(body.size()), tensor);
        else if (name.starts_with("input_proj."))
            released.emplace_back("transformer.encoder_head.encoder_linear_transform." + name.substr(11),
                                  tensor.dim() == 4 ? tensor.flatten(1) : tensor);
        else if (name.starts_with(presence))
            addVectors(name.substr(presence.size()), tensor, network.config().head == HeadKind::Shared, released);
        else
            released.emplace_back(name, tensor);
    }
    return released;
}

} // namespace

NamedTensors releasedState(const TrainableNetwork& network)
{
    if (network.readout())
        return bareState(network);
    if (network.prototypeHead())
        return prototypeState(network);
    const ModelConfig& config = network.config();
    const bool isEncoders = config.vit && config.encoderLayers == 0 && config.position == PositionKind::Sine;
    return isEncoders ? encodersState(network) : network.state();
}

std::unique_ptr<const TensorSource> networkNames(const ModelConfig& config, const TensorSource& source)
{
    const bool hasDecoder = config.head == HeadKind::Shared || config.head == HeadKind::PerClass;
    std::optional<VitNames> names = hasDecoder ? intrVitNames(source) : vitNames(source);
    if (!names)
        throw Error(ErrorCode::Mismatch, "checkpoint", "expected a Vision Transformer, got other tensors");
    if (!hasDecoder)
        for (MappedTensor& tensor : names->tensors)
            tensor.info.name = std::string(isReadout(tensor.info.name) ? readout : body) + tensor.info.name;
    return std::make_unique<const MappedSource>(source, std::move(names->tensors));
}

std::optional<VitNames> vitPartOf(const TensorSource& source)
{
    for (const std::string_view prefix : {body, std::string_view("transformer.encoder."), std::string_view()})
        if (std::optional<VitNames> names = vitNames(source, prefix)) {
            std::erase_if(names->tensors, [](const MappedTensor& tensor) { return isReadout(tensor.info.name); });
            return names;
        }
    return std::nullopt;
}

} // namespace ocellus
