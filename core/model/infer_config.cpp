// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/infer_config.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/model/backbone_plan.h"
#include "core/model/shape_reading.h"

namespace ocellus {
namespace {

/// Our plain classifier: INTR's backbone with torchvision's linear layer.
bool isLinear(const TensorSource& source)
{
    return source.find("fc.weight") && hasNameWith(source, "backbone.0.body.");
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
    if (hasNameWith(source, "class_embed.") || hasNameWith(source, "bbox_embed."))
        refuse("this is a DETR detector: it has class_embed and bbox_embed, but no presence_vector");
    if (source.find("conv1.weight") && source.find("layer1.0.conv1.weight"))
        refuse("this is a bare ResNet classifier: it has conv1 and layer1, but no Transformer");
    if (hasNameWith(source, "features.18.") || hasNameWith(source, "features.1.conv."))
        refuse("this is a bare MobileNet: it has features, but no Transformer");
    if (hasNameWith(source, "patch_embed") || hasNameWith(source, "blocks.0.attn"))
        refuse("this is a vision Transformer (ViT), but of a kind that is not known here");
    if (hasNameWith(source, "flat_param"))
        throw Error(ErrorCode::Unsupported, "checkpoint",
                    "this is one process's part of a sharded (FSDP) training checkpoint, and a part is no model",
                    "Gather it in the training program (StateDictType.FULL_STATE_DICT), or open the published weights, "
                    "of DINOv2 the teacher_checkpoint.pth");
    if (source.tensors().empty())
        refuse("there is no tensor in it");
    refuse("expected INTR's tensors query_embed.weight and presence_vector.weight, got " +
           std::to_string(source.tensors().size()) + " others, the first " + source.tensors().front().name);
}

const std::string body = "backbone.0.body.";

int lastStageOf(const TensorSource& source)
{
    if (hasNameWith(source, body + "layer4."))
        return 4;
    return hasNameWith(source, body + "layer3.") ? 3 : 2;
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
    config.backboneWidth = extentOf(source, body + "conv1.weight", 4, 0);
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
    const int rows = extentOf(source, "presence_vector.weight", 2, 0);
    if (rows != 1 && rows != config.queries)
        throw Error(ErrorCode::Mismatch, "presence_vector.weight",
                    "expected one shared vector or one for each of " + std::to_string(config.queries) +
                        " classes, got " + shapeText(source.find("presence_vector.weight")->shape));
    return rows == 1 ? HeadKind::Shared : HeadKind::PerClass;
}

} // namespace

void inferTransformer(const TensorSource& source, ModelConfig& config)
{
    config.queries = extentOf(source, "query_embed.weight", 2, 0);
    config.hiddenDim = extentOf(source, "query_embed.weight", 2, 1);
    config.head = inferHead(source, config);
    config.encoderLayers = countNumbered(source, "transformer.encoder.layers.");
    config.decoderLayers = countNumbered(source, "transformer.decoder.layers.");
    config.feedForward = extentOf(source, "transformer.decoder.layers.0.linear1.weight", 2, 0);
    config.position = source.find("backbone.1.row_embed.weight") ? PositionKind::Learned : PositionKind::Sine;
}

InferredConfig inferConfig(const TensorSource& source, const DeclaredArgs& args)
{
    refuseForeign(source);
    InferredConfig result;
    ModelConfig& config = result.config;
    if (isLinear(source)) {
        config.head = HeadKind::Linear;
        config.queries = extentOf(source, "fc.weight", 2, 0);
    } else {
        inferTransformer(source, config);
    }
    inferBackbone(source, config);
    applyArgs(args, source, result);
    validate(config);
    return result;
}

} // namespace ocellus
