// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/pretrained_weights.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/model/state_dict.h"
#include "core/model/vit/vit_formulas.h"
#include "core/model/weights.h"
#include "core/train/network/prototype_state.h"
#include "core/train/network/seeded_draws.h"
#include "core/train/network/torch_training_headers.h"
#include "core/train/network/trainable_network.h"
#include "core/train/network/trainable_vit_readout.h"
#include "core/train/network/vit_state_names.h"

namespace ocellus {
namespace {

constexpr std::string_view bodyPrefix = "backbone.0.body.";

std::string shapeOf(const at::Tensor& tensor)
{
    return shapeText({tensor.sizes().data(), tensor.sizes().size()});
}

bool fits(const TensorInfo* found, const at::Tensor& tensor)
{
    return found && tensor.sizes() == at::IntArrayRef(found->shape);
}

[[noreturn]] void throwMismatch(const std::string& name, const at::Tensor& expected, const TensorInfo* found)
{
    throw Error(ErrorCode::Mismatch, name,
                "expected " + shapeOf(expected) + ", got " + (found ? shapeText(found->shape) : "no such tensor"),
                "Choose the options that the file was trained with, or another file");
}

/// The tensor of that name where it has the target's shape. Throws Error(Mismatch).
void take(const TensorSource& source, Weights& weights, const std::string& name, at::Tensor& target)
{
    const TensorInfo* found = source.find(name);
    if (!fits(found, target))
        throwMismatch(name, target, found);
    target.copy_(weights.take(name));
}

/// Parts of a backbone's file that INTR has no use for.
bool isLeftOut(std::string_view name, const ModelConfig& config)
{
    const bool isLaterStage = isResnet(config.backbone) && ((config.lastStage < 4 && name.starts_with("layer4.")) ||
                                                            (config.lastStage < 3 && name.starts_with("layer3.")));
    return name.ends_with(".num_batches_tracked") || name.starts_with("fc.") || name.starts_with("classifier.") ||
           isLaterStage;
}

/// An unknown tensor tells of another network, even where all that is wanted can be found: ResNet-101 holds ResNet-50.
[[noreturn]] void throwUnknown(const TensorInfo& tensor)
{
    throw Error(ErrorCode::Mismatch, tensor.name,
                "expected no such tensor in this architecture, got " + shapeText(tensor.shape),
                "Choose the options that the file was trained with, or another file");
}

/// [C, D] from the file's [any, D]: as many as there are, then the same ones again with noise.
at::Tensor adaptedQueries(const at::Tensor& stored, std::int64_t count, SeededDraws& draws)
{
    if (count <= stored.size(0))
        return stored.slice(0, 0, count);
    const at::Tensor index = at::arange(stored.size(0), count, at::kLong).remainder(stored.size(0));
    const at::Tensor repeated = stored.index_select(0, index);
    return at::cat({stored, repeated + draws.normal(repeated.sizes(), 0.1)});
}

void takeQueries(const TensorSource& source, Weights& weights, at::Tensor& queries, SeededDraws& draws)
{
    const std::string name = "query_embed.weight";
    const TensorInfo* found = source.find(name);
    if (!found || found->shape.size() != 2 || found->shape[0] < 1 || found->shape[1] != queries.size(1))
        throwMismatch(name, queries, found);
    queries.copy_(adaptedQueries(weights.take(name), queries.size(0), draws));
}

/// The layer that makes the logits: the file's, or a new one.
void takeOutputLayer(const TensorSource& source, Weights& weights, const std::string& layer, at::Tensor& weight,
                     at::Tensor& bias, SeededDraws& draws)
{
    if (fits(source.find(layer + ".weight"), weight) && fits(source.find(layer + ".bias"), bias)) {
        weight.copy_(weights.take(layer + ".weight"));
        bias.copy_(weights.take(layer + ".bias"));
        return;
    }
    weight.copy_(draws.xavier(weight.sizes()));
    bias.zero_();
}

/// The file's positions, or those of the network's grid where that is another one.
void takePositions(const TensorSource& source, Weights& weights, const VitConfig& config, at::Tensor& target)
{
    const std::string name = "pos_embed";
    const TensorInfo* found = source.find(name);
    if (!found || fits(found, target)) {
        take(source, weights, name, target);
        return;
    }
    const std::int64_t placed = config.placedPrefix();
    const at::Tensor stored = weights.take(name);
    const std::int64_t cells = stored.dim() == 3 ? stored.size(1) - placed : 0;
    const std::int64_t side = std::llround(std::sqrt(static_cast<double>(std::max<std::int64_t>(cells, 0))));
    if (side < 1 || side * side != cells || stored.size(2) != config.width)
        throwMismatch(name, target, found);
    const at::Tensor grid = stored.slice(1, placed).transpose(1, 2).reshape({1, config.width, side, side});
    target.slice(1, 0, placed).copy_(stored.slice(1, 0, placed));
    target.slice(1, placed).copy_(
        resampledPositions(grid, config.resampling, config.grid, config.grid).flatten(2).transpose(1, 2));
}

void loadVit(TrainableNetwork& network, const TensorSource& source)
{
    std::optional<VitNames> names = vitPartOf(source);
    if (!names)
        throw Error(ErrorCode::Mismatch, "checkpoint", "expected a Vision Transformer, got other tensors");
    const MappedSource mapped(source, std::move(names->tensors));
    const Progress silent;
    Weights weights(mapped, silent);
    std::set<std::string> known;
    for (auto& [name, tensor] : network.state()) {
        if (!name.starts_with(bodyPrefix))
            continue;
        const std::string own = name.substr(bodyPrefix.size());
        known.insert(own);
        if (own == "pos_embed")
            takePositions(mapped, weights, *network.config().vit, tensor);
        else
            take(mapped, weights, own, tensor);
    }
    for (const TensorInfo& tensor : mapped.tensors())
        if (!known.contains(tensor.name))
            throwUnknown(tensor);
}

void loadVitState(TrainableNetwork& network, const TensorSource& source)
{
    const std::unique_ptr<const TensorSource> mapped = networkNames(network.config(), source);
    const Progress silent;
    Weights weights(*mapped, silent);
    std::set<std::string> known;
    for (auto& [name, tensor] : network.state()) {
        if (name.starts_with("readout.vpt."))
            continue;
        take(*mapped, weights, name, tensor);
        known.insert(name);
    }
    if (network.readout() && network.readout()->allPrompts().defined()) {
        at::Tensor all = network.readout()->allPrompts().clone();
        take(*mapped, weights, *known.insert("readout.vpt.prompt_embeddings").first, all);
        network.readout()->setPrompts(all);
    }
    for (const TensorInfo& tensor : mapped->tensors())
        if (!known.contains(tensor.name))
            throwUnknown(tensor);
}

void checkNothingUnknown(const TensorSource& source, const std::set<std::string>& known)
{
    for (const TensorInfo& tensor : source.tensors()) {
        const std::string& name = tensor.name;
        const bool dropped = name.starts_with("class_embed.") || name.starts_with("bbox_embed.") ||
                             name.starts_with(bodyPrefix) || name.ends_with(".num_batches_tracked");
        if (!dropped && !known.contains(name))
            throwUnknown(tensor);
    }
}

} // namespace

void loadBackbone(TrainableNetwork& network, const TensorSource& source)
{
    const torch::NoGradGuard values;
    if (network.config().vit) {
        loadVit(network, source);
        return;
    }
    const bool prefixed = std::ranges::any_of(
        source.tensors(), [](const TensorInfo& tensor) { return tensor.name.starts_with(bodyPrefix); });
    const std::string prefix(prefixed ? bodyPrefix : "");
    const Progress silent;
    Weights weights(source, silent);
    std::set<std::string> known;
    for (auto& [name, tensor] : network.state())
        if (name.starts_with(bodyPrefix))
            take(source, weights, *known.insert(prefix + name.substr(bodyPrefix.size())).first, tensor);
    for (const TensorInfo& tensor : source.tensors())
        if (tensor.name.starts_with(prefix) && !known.contains(tensor.name) &&
            !isLeftOut(std::string_view(tensor.name).substr(prefix.size()), network.config()))
            throwUnknown(tensor);
}

void loadFinetune(TrainableNetwork& network, const TensorSource& source, std::uint64_t seed)
{
    loadBackbone(network, source);
    const torch::NoGradGuard values;
    const bool linear = network.config().head == HeadKind::Linear;
    const std::string outputLayer = linear ? "fc" : "presence_vector";
    const Progress silent;
    Weights weights(source, silent);
    SeededDraws draws(seed);
    std::set<std::string> known{"presence_vector.weight", "presence_vector.bias"};
    at::Tensor outputWeight;
    at::Tensor outputBias;
    for (auto& [name, tensor] : network.state()) {
        known.insert(name);
        if (name.starts_with(bodyPrefix))
            continue;
        if (name == outputLayer + ".weight")
            outputWeight = tensor;
        else if (name == outputLayer + ".bias")
            outputBias = tensor;
        else if (name == "query_embed.weight")
            takeQueries(source, weights, tensor, draws);
        else
            take(source, weights, name, tensor);
    }
    takeOutputLayer(source, weights, outputLayer, outputWeight, outputBias, draws);
    if (!linear)
        checkNothingUnknown(source, known);
}

void loadState(TrainableNetwork& network, const TensorSource& source)
{
    const torch::NoGradGuard values;
    if (network.config().vit) {
        loadVitState(network, source);
        return;
    }
    if (network.prototypeHead()) {
        loadPrototypeState(network, source);
        return;
    }
    checkStateDict(network.config(), source);
    const Progress silent;
    Weights weights(source, silent);
    for (auto& [name, tensor] : network.state())
        tensor.copy_(weights.take(name));
}

} // namespace ocellus
