// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/state_dict.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/base/error.h"
#include "core/model/vit/vit_tensors.h"

namespace ocellus {
namespace {

void addConvolution(TensorList& list, const std::string& body, const PlannedConvolution& convolution)
{
    const int kernel = convolution.window.kernel;
    list.add(body + convolution.name + ".weight",
             {convolution.outChannels, convolution.inChannels / convolution.groups, kernel, kernel});
    if (convolution.hasBias)
        list.add(body + convolution.name + ".bias", {convolution.outChannels});
    if (convolution.batchNorm.empty())
        return;
    list.addNorm(body + convolution.batchNorm, convolution.outChannels);
    list.add(body + convolution.batchNorm + ".running_mean", {convolution.outChannels});
    list.add(body + convolution.batchNorm + ".running_var", {convolution.outChannels});
}

void addAttention(TensorList& list, const std::string& module, int width)
{
    list.add(module + ".in_proj_weight", {3 * width, width});
    list.add(module + ".in_proj_bias", {3 * width});
    list.addPair(module + ".out_proj", {width, width});
}

void addBackbone(TensorList& list, const ModelConfig& config)
{
    const std::string body = "backbone.0.body.";
    if (config.vit) {
        for (const TensorInfo& tensor : vitTensors(*config.vit, body))
            list.add(tensor.name, tensor.shape);
        return;
    }
    addBackboneTensors(list, body, backbonePlan(config));
}

void addPosition(TensorList& list, const ModelConfig& config)
{
    if (config.position == PositionKind::Learned) {
        list.add("backbone.1.row_embed.weight", {50, config.hiddenDim / 2});
        list.add("backbone.1.col_embed.weight", {50, config.hiddenDim / 2});
    }
}

void addFeedForward(TensorList& list, const std::string& prefix, const ModelConfig& config)
{
    list.addPair(prefix + "linear1", {config.feedForward, config.hiddenDim});
    list.addPair(prefix + "linear2", {config.hiddenDim, config.feedForward});
}

void addTransformer(TensorList& list, const ModelConfig& config)
{
    const int width = config.hiddenDim;
    for (int layer = 0; layer < config.encoderLayers; ++layer) {
        const std::string prefix = "transformer.encoder.layers." + std::to_string(layer) + ".";
        addAttention(list, prefix + "self_attn", width);
        addFeedForward(list, prefix, config);
        list.addNorm(prefix + "norm1", width);
        list.addNorm(prefix + "norm2", width);
    }
    if (config.preNorm && config.encoderNorm)
        list.addNorm("transformer.encoder.norm", width);
    for (int layer = 0; layer < config.decoderLayers; ++layer) {
        const std::string prefix = "transformer.decoder.layers." + std::to_string(layer) + ".";
        addAttention(list, prefix + "self_attn", width);
        addAttention(list, prefix + "multihead_attn", width);
        addFeedForward(list, prefix, config);
        for (const char* norm : {"norm1", "norm2", "norm3"})
            list.addNorm(prefix + norm, width);
    }
    list.addNorm("transformer.decoder.norm", width);
}

/// Left by training or by torchvision, without a part in the model; or an attribute of a whole pickled module.
bool isHarmless(const std::string& name)
{
    return name.ends_with(".num_batches_tracked") || name.starts_with('.') || name.starts_with("backbone.0.body.fc.") ||
           name.starts_with("backbone.0.body.classifier.") || name == "_root.earlier_leaves";
}

} // namespace

void addBackboneTensors(TensorList& list, const std::string& prefix, const BackbonePlan& plan)
{
    for (const PlannedBlock& block : plan) {
        for (const PlannedConvolution& convolution : block.path)
            addConvolution(list, prefix, convolution);
        if (block.shortcut == Shortcut::Projection)
            addConvolution(list, prefix, block.projection);
    }
}

std::vector<TensorInfo> expectedTensors(const ModelConfig& config)
{
    TensorList list;
    addBackbone(list, config);
    if (config.head == HeadKind::Linear) {
        list.addPair("fc", {config.queries, backboneChannels(config)});
        return list.sorted();
    }
    addPosition(list, config);
    list.addPair("input_proj", {config.hiddenDim, backboneChannels(config), 1, 1});
    addTransformer(list, config);
    list.add("query_embed.weight", {config.queries, config.hiddenDim});
    list.addPair("presence_vector", {config.head == HeadKind::PerClass ? config.queries : 1, config.hiddenDim});
    return list.sorted();
}

void checkStateDict(const ModelConfig& config, const TensorSource& source)
{
    checkTensors(expectedTensors(config), source);
}

void checkTensors(const std::vector<TensorInfo>& expected, const TensorSource& source)
{
    std::set<std::string_view> known;
    for (const TensorInfo& tensor : expected) {
        known.insert(tensor.name);
        const TensorInfo* found = source.find(tensor.name);
        if (!found)
            throw Error(ErrorCode::Mismatch, tensor.name,
                        "expected " + shapeText(tensor.shape) + ", got no such tensor");
        if (found->shape != tensor.shape)
            throw Error(ErrorCode::Mismatch, tensor.name,
                        "expected " + shapeText(tensor.shape) + ", got " + shapeText(found->shape));
        if (found->dtype != DType::Float32 && found->dtype != DType::Float16 && found->dtype != DType::BFloat16 &&
            found->dtype != DType::Float64)
            throw Error(ErrorCode::Unsupported, tensor.name,
                        "expected floating-point weights, got " + std::string(toString(found->dtype)));
    }
    for (const TensorInfo& tensor : source.tensors())
        if (!known.contains(tensor.name) && !isHarmless(tensor.name))
            throw Error(ErrorCode::Mismatch, tensor.name,
                        "expected no such tensor in this architecture, got " + shapeText(tensor.shape));
}

} // namespace ocellus
