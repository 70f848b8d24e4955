// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/infer_config.h"

#include <algorithm>
#include <charconv>

#include "core/base/error.h"
#include "core/model/backbone_plan.h"

namespace ocellus {
namespace {

/// A model larger than this is no INTR: it keeps the sums below far from overflow.
constexpr std::int64_t largestExtent = 1'000'000;
constexpr int mostLayers = 1000;

bool hasAnyWith(const TensorSource& source, std::string_view part)
{
    return std::ranges::any_of(
        source.tensors(), [part](const TensorInfo& tensor) { return tensor.name.find(part) != std::string::npos; });
}

/// Our plain classifier: INTR's backbone with torchvision's linear layer.
bool isLinear(const TensorSource& source)
{
    return source.find("fc.weight") && hasAnyWith(source, "backbone.0.body.");
}

/// Names what a state dict is when it is no INTR.
void refuseForeign(const TensorSource& source)
{
    const std::string wayOut = "Open a checkpoint of INTR: one that holds query_embed and presence_vector";
    const auto refuse = [&wayOut](const std::string& what) {
        throw Error(ErrorCode::Unsupported, "checkpoint", what, wayOut);
    };
    if (source.find("presence_vector.weight") && source.find("query_embed.weight"))
        return;
    if (isLinear(source))
        return;
    if (hasAnyWith(source, "class_embed.") || hasAnyWith(source, "bbox_embed."))
        refuse("this is a DETR detector: it has class_embed and bbox_embed, but no presence_vector");
    if (source.find("conv1.weight") && source.find("layer1.0.conv1.weight"))
        refuse("this is a bare ResNet classifier: it has conv1 and layer1, but no Transformer");
    if (hasAnyWith(source, "features.18.") || hasAnyWith(source, "features.1.conv."))
        refuse("this is a bare MobileNet: it has features, but no Transformer");
    if (hasAnyWith(source, "patch_embed") || hasAnyWith(source, "blocks.0.attn"))
        refuse("this is a vision Transformer (ViT): it has patch_embed, but no class queries");
    if (source.tensors().empty())
        refuse("there is no tensor in it");
    refuse("expected INTR's tensors query_embed.weight and presence_vector.weight, got " +
           std::to_string(source.tensors().size()) + " others, the first " + source.tensors().front().name);
}

/// Extent `axis` of a tensor that must be there with that many dimensions.
int extent(const TensorSource& source, const std::string& name, std::size_t dimensions, std::size_t axis)
{
    const TensorInfo* tensor = source.find(name);
    if (!tensor)
        throw Error(ErrorCode::Mismatch, name, "expected this tensor in an INTR checkpoint, got none");
    if (tensor->shape.size() != dimensions)
        throw Error(ErrorCode::Mismatch, name,
                    "expected " + std::to_string(dimensions) + " dimensions, got " + shapeText(tensor->shape));
    const std::int64_t value = tensor->shape[axis];
    if (value < 1 || value > largestExtent)
        throw Error(ErrorCode::Mismatch, name,
                    "expected extents from 1 to " + std::to_string(largestExtent) + ", got " +
                        shapeText(tensor->shape));
    return static_cast<int>(value);
}

/// One more than the largest N among names "<prefix>N.".
int countNumbered(const TensorSource& source, const std::string& prefix)
{
    int count = 0;
    for (const TensorInfo& tensor : source.tensors()) {
        if (!tensor.name.starts_with(prefix))
            continue;
        int number = 0;
        const char* begin = tensor.name.data() + prefix.size();
        const auto [end, failure] = std::from_chars(begin, tensor.name.data() + tensor.name.size(), number);
        if (failure == std::errc() && end != begin && number >= 0 && number < mostLayers)
            count = std::max(count, number + 1);
    }
    return count;
}

const std::string body = "backbone.0.body.";

int lastStageOf(const TensorSource& source)
{
    if (hasAnyWith(source, body + "layer4."))
        return 4;
    return hasAnyWith(source, body + "layer3.") ? 3 : 2;
}

BackboneKind inferResnet(const TensorSource& source)
{
    const bool bottleneck = source.find(body + "layer1.0.conv3.weight") != nullptr;
    // layer3 tells all four apart. Up to layer2 ResNet-101 is ResNet-50.
    const int stage = std::min(lastStageOf(source), 3);
    const std::string layer = body + "layer" + std::to_string(stage);
    const int blocks = countNumbered(source, layer + ".");
    for (const BackboneKind kind :
         {BackboneKind::ResNet18, BackboneKind::ResNet34, BackboneKind::ResNet50, BackboneKind::ResNet101})
        if (hasBottlenecks(kind) == bottleneck &&
            resnetBlockCounts(kind)[static_cast<std::size_t>(stage) - 1] == blocks)
            return kind;
    throw Error(ErrorCode::Unsupported, layer,
                "expected the blocks of resnet18, 34, 50 or 101, got " + std::to_string(blocks) +
                    (bottleneck ? " bottlenecks" : " basic blocks"));
}

void inferBackbone(const TensorSource& source, ModelConfig& config)
{
    if (source.find(body + "features.18.0.weight")) {
        config.backbone = BackboneKind::MobileNetV2;
        return;
    }
    if (!source.find(body + "conv1.weight"))
        throw Error(ErrorCode::Unsupported, body + "conv1.weight",
                    "expected a ResNet backbone (resnet18, 34, 50 or 101) or mobilenet_v2, got another one");
    config.backbone = inferResnet(source);
    config.backboneWidth = extent(source, body + "conv1.weight", 4, 0);
    config.lastStage = lastStageOf(source);
}

void applyArgs(const DeclaredArgs& args, const TensorSource& source, InferredConfig& result)
{
    ModelConfig& config = result.config;
    const auto take = [&result](const auto& declared, auto& field, const char* name) {
        if (declared)
            field = *declared;
        else
            result.assumed.emplace_back(name);
    };
    if (config.head != HeadKind::Linear)
        take(args.heads, config.heads, "nheads");
    if ((hasBottlenecks(config.backbone) && config.lastStage == 4) || !isResnet(config.backbone))
        take(args.dilation, config.dilation, "dilation");
    if (config.lastStage == 2 && config.backbone == BackboneKind::ResNet50 && args.backbone == "resnet101")
        config.backbone = BackboneKind::ResNet101;
    if (args.backbone && *args.backbone != toString(config.backbone))
        throw Error(ErrorCode::Mismatch, "backbone",
                    "args say " + *args.backbone + ", the tensors are those of " +
                        std::string(toString(config.backbone)));
    if (config.head == HeadKind::Linear)
        return;
    // A pre-norm encoder ends with a norm of its own: with encoder layers the names tell it.
    const bool encoderNorm = source.find("transformer.encoder.norm.weight") != nullptr;
    if (args.preNorm && *args.preNorm != encoderNorm)
        throw Error(ErrorCode::Mismatch, "pre_norm",
                    std::string("args say ") + (*args.preNorm ? "true" : "false") +
                        ", but transformer.encoder.norm is " + (encoderNorm ? "there" : "not there"));
    config.preNorm = encoderNorm;
}

/// INTR's rows: one shared presence vector, or one a class.
HeadKind inferHead(const TensorSource& source, const ModelConfig& config)
{
    const int rows = extent(source, "presence_vector.weight", 2, 0);
    if (rows != 1 && rows != config.queries)
        throw Error(ErrorCode::Mismatch, "presence_vector.weight",
                    "expected one shared vector or one for each of " + std::to_string(config.queries) +
                        " classes, got " + shapeText(source.find("presence_vector.weight")->shape));
    return rows == 1 ? HeadKind::Shared : HeadKind::PerClass;
}

void inferTransformer(const TensorSource& source, ModelConfig& config)
{
    config.queries = extent(source, "query_embed.weight", 2, 0);
    config.hiddenDim = extent(source, "query_embed.weight", 2, 1);
    config.head = inferHead(source, config);
    config.encoderLayers = countNumbered(source, "transformer.encoder.layers.");
    config.decoderLayers = countNumbered(source, "transformer.decoder.layers.");
    config.feedForward = extent(source, "transformer.decoder.layers.0.linear1.weight", 2, 0);
    config.position = source.find("backbone.1.row_embed.weight") ? PositionKind::Learned : PositionKind::Sine;
}

} // namespace

InferredConfig inferConfig(const TensorSource& source, const DeclaredArgs& args)
{
    refuseForeign(source);
    InferredConfig result;
    ModelConfig& config = result.config;
    if (isLinear(source)) {
        config.head = HeadKind::Linear;
        config.queries = extent(source, "fc.weight", 2, 0);
    } else {
        inferTransformer(source, config);
    }
    inferBackbone(source, config);
    applyArgs(args, source, result);
    validate(config);
    return result;
}

} // namespace ocellus
