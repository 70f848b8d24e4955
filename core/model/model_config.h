// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace ocellus {

enum class BackboneKind { ResNet18, ResNet34, ResNet50, ResNet101 };
enum class PositionKind { Sine, Learned };

/// Everything that fixes INTR's architecture; the defaults are the released model's (arXiv 2311.04157, section 4).
struct ModelConfig {
    BackboneKind backbone = BackboneKind::ResNet50;
    bool dilation = false; ///< DC5: the last stage keeps stride 16 and dilates instead (ResNet-50 and 101)
    PositionKind position = PositionKind::Sine;
    int hiddenDim = 256; ///< D
    int heads = 8;       ///< R, divides D
    int encoderLayers = 6;
    int decoderLayers = 6; ///< L
    int feedForward = 2048;
    int queries = 200; ///< C, one a class
    bool preNorm = false;

    bool operator==(const ModelConfig&) const = default;
};

/// "resnet50", as `args.backbone` and torchvision write it.
std::string_view toString(BackboneKind kind);
/// "sine" or "learned", as `args.position_embedding` writes it.
std::string_view toString(PositionKind kind);

/// 3x3 + 3x3 blocks (18, 34) or 1x1 + 3x3 + 1x1 bottlenecks (50, 101).
bool hasBottlenecks(BackboneKind kind);

/// Throws Error(Unsupported or Mismatch) where the values cannot make a model.
void validate(const ModelConfig& config);

} // namespace ocellus
