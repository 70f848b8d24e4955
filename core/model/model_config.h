// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "core/model/concept_transformer/concept_config.h"
#include "core/model/protopformer/former_config.h"
#include "core/model/prototypes/prototype_config.h"
#include "core/model/vit/vit_config.h"

namespace ocellus {

enum class BackboneKind { ResNet18, ResNet34, ResNet50, ResNet101, MobileNetV2 };
enum class PositionKind { Sine, Learned };

/// What makes logits of what the backbone or the decoder found.
enum class HeadKind {
    Shared,     ///< INTR: one presence vector for all classes
    PerClass,   ///< INTR-FC (arXiv 2311.04157, appendix B): a weight vector a class
    Linear,     ///< a plain classifier: global average of the backbone's grid and a linear layer; no queries, no maps
    Prompts,    ///< Prompt-CAM (arXiv 2501.09333): a prompt a class in a Vision Transformer, one vector scores them
    Prototypes, ///< ProtoPNet: what a class's prototypes find in the picture, weighed and added
    Tree,       ///< ProtoTree: prototypes decide the way from the root to a leaf
    Former,     ///< ProtoPFormer: prototypes of patches and of the whole picture behind a Vision Transformer
    Concepts,   ///< Concept Transformer: what patches and the whole picture attend to among concepts
    None        ///< a bare Vision Transformer, with or without a head of its own
};

/// Everything that fixes INTR's architecture; the defaults are the released model's (arXiv 2311.04157, section 4).
struct ModelConfig {
    BackboneKind backbone = BackboneKind::ResNet50;
    int backboneWidth = 64; ///< channels of a ResNet's stem; 64 is torchvision's, all stages grow with it
    int lastStage = 4;      ///< of a ResNet: 4, or 3 to feed the Transformer at stride 16 without layer4
    bool dilation = false;  ///< DC5: the last stage keeps stride 16 and dilates (ResNet-50 and 101, MobileNetV2)
    PositionKind position = PositionKind::Sine;
    int hiddenDim = 256; ///< D
    int heads = 8;       ///< R, divides D
    int encoderLayers = 6;
    int decoderLayers = 6; ///< L
    int feedForward = 2048;
    int queries = 200; ///< C, one a class
    bool preNorm = false;
    bool encoderNorm = true;          ///< with preNorm a norm follows the encoder's layers, of which there may be none
    HeadKind head = HeadKind::Shared; ///< from Linear on only the backbone and `queries` mean anything
    std::optional<VitConfig> vit = std::nullopt;              ///< the backbone, where it is a Vision Transformer
    std::optional<PrototypeConfig> prototypes = std::nullopt; ///< with HeadKind::Prototypes and Tree, all but `queries`
    int promptLayers = 0; ///< of Prompt-CAM: blocks that get prompts of their own, the first ones
    std::optional<FormerConfig> former = std::nullopt;    ///< with HeadKind::Former, beside `vit` and `queries`
    std::optional<ConceptConfig> concepts = std::nullopt; ///< with HeadKind::Concepts, beside `vit` and `queries`

    /// Prototypes or concepts make its logits: there is neither a decoder nor one linear head.
    bool hasParts() const { return prototypes || former || concepts; }

    bool operator==(const ModelConfig&) const = default;
};

/// "resnet50", as `args.backbone` and torchvision write it.
std::string_view toString(BackboneKind kind);
/// "sine" or "learned", as `args.position_embedding` writes it.
std::string_view toString(PositionKind kind);

/// "shared", "per-class", "linear", "prompts", "prototypes", "tree", "former", "concepts" or "none".
std::string_view toString(HeadKind kind);

/// The kind of that name. Throws Error(BadArgument) that lists the names there are.
BackboneKind backboneKind(std::string_view name);
HeadKind headKind(std::string_view name);

/// True for all but MobileNetV2.
bool isResnet(BackboneKind kind);

/// ResNets of 1x1 + 3x3 + 1x1 bottlenecks (50, 101) and not of 3x3 + 3x3 blocks (18, 34).
bool hasBottlenecks(BackboneKind kind);

/// Throws Error(Unsupported or Mismatch) where the values cannot make a model.
void validate(const ModelConfig& config);

} // namespace ocellus
