// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/model_config.h"

#include <string>

#include "core/base/error.h"
#include "core/model/named_kind.h"

namespace ocellus {

std::string_view toString(BackboneKind kind)
{
    switch (kind) {
    case BackboneKind::ResNet18: return "resnet18";
    case BackboneKind::ResNet34: return "resnet34";
    case BackboneKind::ResNet50: return "resnet50";
    case BackboneKind::ResNet101: return "resnet101";
    case BackboneKind::MobileNetV2: return "mobilenet_v2";
    }
    return "unknown";
}

std::string_view toString(PositionKind kind)
{
    return kind == PositionKind::Sine ? "sine" : "learned";
}

std::string_view toString(HeadKind kind)
{
    switch (kind) {
    case HeadKind::Shared: return "shared";
    case HeadKind::PerClass: return "per-class";
    case HeadKind::Linear: return "linear";
    case HeadKind::Prompts: return "prompts";
    case HeadKind::Prototypes: return "prototypes";
    case HeadKind::Tree: return "tree";
    case HeadKind::Former: return "former";
    case HeadKind::Concepts: return "concepts";
    case HeadKind::None: return "none";
    }
    return "unknown";
}

BackboneKind backboneKind(std::string_view name)
{
    return kindOf(name,
                  {BackboneKind::ResNet18, BackboneKind::ResNet34, BackboneKind::ResNet50, BackboneKind::ResNet101,
                   BackboneKind::MobileNetV2},
                  "backbone");
}

HeadKind headKind(std::string_view name)
{
    return kindOf(name, {HeadKind::Shared, HeadKind::PerClass, HeadKind::Linear}, "head");
}

bool isResnet(BackboneKind kind)
{
    return kind != BackboneKind::MobileNetV2;
}

bool hasBottlenecks(BackboneKind kind)
{
    return kind == BackboneKind::ResNet50 || kind == BackboneKind::ResNet101;
}

namespace {

[[noreturn]] void refuse(ErrorCode code, const std::string& subject, const std::string& detail)
{
    throw Error(code, subject, detail);
}

void validateBackbone(const ModelConfig& config)
{
    const std::string kind(toString(config.backbone));
    if (config.dilation && isResnet(config.backbone) && !hasBottlenecks(config.backbone))
        refuse(ErrorCode::Unsupported, "dilation", "expected resnet50, resnet101 or mobilenet_v2, got " + kind);
    if (config.backboneWidth < 1 || config.backboneWidth > 1024)
        refuse(ErrorCode::Unsupported, "backbone width",
               "expected 1 to 1024 channels, got " + std::to_string(config.backboneWidth));
    if (!isResnet(config.backbone) && (config.backboneWidth != 64 || config.lastStage != 4))
        refuse(ErrorCode::Unsupported, "backbone", "width and last stage can be chosen for a ResNet only, got " + kind);
    if (config.lastStage < 2 || config.lastStage > 4)
        refuse(ErrorCode::Unsupported, "stage",
               "expected layer2, layer3 or layer4, got layer" + std::to_string(config.lastStage));
    if (config.lastStage < 4 && config.dilation)
        refuse(ErrorCode::Unsupported, "dilation",
               "expected no dilation without layer4, got it with layer" + std::to_string(config.lastStage));
}

} // namespace

void validate(const ModelConfig& config)
{
    if (config.hiddenDim < 1 || config.heads < 1 || config.decoderLayers < 1 || config.encoderLayers < 0 ||
        config.feedForward < 1 || config.queries < 1)
        refuse(ErrorCode::Mismatch, "architecture", "sizes and counts must be positive");
    if (config.hiddenDim % config.heads != 0)
        refuse(ErrorCode::Mismatch, "nheads",
               "expected a divisor of hidden_dim " + std::to_string(config.hiddenDim) + ", got " +
                   std::to_string(config.heads));
    if (config.head == HeadKind::PerClass && config.queries < 2)
        refuse(ErrorCode::Mismatch, "head", "expected at least 2 classes with a weight vector each, got 1");
    // Sine and cosine alternate in each half: DETR's formula needs both halves even.
    if (config.position == PositionKind::Sine && config.hiddenDim % 4 != 0)
        refuse(ErrorCode::Mismatch, "hidden_dim",
               "the sine position expects a multiple of 4, got " + std::to_string(config.hiddenDim));
    if (config.position == PositionKind::Learned && config.hiddenDim % 2 != 0)
        refuse(ErrorCode::Mismatch, "hidden_dim",
               "the learned position expects an even number, got " + std::to_string(config.hiddenDim));
    if (config.vit)
        validate(*config.vit);
    else
        validateBackbone(config);
}

} // namespace ocellus
