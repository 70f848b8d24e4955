// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/model_config.h"

#include <string>

#include "core/base/error.h"

namespace ocellus {

std::string_view toString(BackboneKind kind)
{
    switch (kind) {
    case BackboneKind::ResNet18: return "resnet18";
    case BackboneKind::ResNet34: return "resnet34";
    case BackboneKind::ResNet50: return "resnet50";
    case BackboneKind::ResNet101: return "resnet101";
    }
    return "unknown";
}

std::string_view toString(PositionKind kind)
{
    return kind == PositionKind::Sine ? "sine" : "learned";
}

bool hasBottlenecks(BackboneKind kind)
{
    return kind == BackboneKind::ResNet50 || kind == BackboneKind::ResNet101;
}

void validate(const ModelConfig& config)
{
    const auto refuse = [](ErrorCode code, const std::string& subject, const std::string& detail) {
        throw Error(code, subject, detail);
    };
    if (config.hiddenDim < 1 || config.heads < 1 || config.decoderLayers < 1 || config.encoderLayers < 0 ||
        config.feedForward < 1 || config.queries < 1)
        refuse(ErrorCode::Mismatch, "architecture", "sizes and counts must be positive");
    if (config.hiddenDim % config.heads != 0)
        refuse(ErrorCode::Mismatch, "nheads",
               "expected a divisor of hidden_dim " + std::to_string(config.hiddenDim) + ", got " +
                   std::to_string(config.heads));
    // Sine and cosine alternate in each half: DETR's formula needs both halves even.
    if (config.position == PositionKind::Sine && config.hiddenDim % 4 != 0)
        refuse(ErrorCode::Mismatch, "hidden_dim",
               "the sine position expects a multiple of 4, got " + std::to_string(config.hiddenDim));
    if (config.position == PositionKind::Learned && config.hiddenDim % 2 != 0)
        refuse(ErrorCode::Mismatch, "hidden_dim",
               "the learned position expects an even number, got " + std::to_string(config.hiddenDim));
    if (config.dilation && !hasBottlenecks(config.backbone))
        refuse(ErrorCode::Unsupported, "dilation",
               "expected resnet50 or resnet101, got " + std::string(toString(config.backbone)));
}

} // namespace ocellus
