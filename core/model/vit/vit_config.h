// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace ocellus {

/// What stands between the two linear layers of a block.
enum class VitActivation {
    Gelu,      ///< exact, by the error function
    QuickGelu, ///< x * sigmoid(1.702 x): OpenAI's CLIP and what was tuned from it
    SwiGlu     ///< silu(gate) * value of a doubled first layer: DINOv2's ViT-g
};

/// How the stored positions of a square grid become those of another grid; always with half-pixel centres.
enum class PositionResampling {
    Timm,    ///< to the size, bicubic, antialiased: timm from 0.8, OpenCLIP, DINOv2 with registers
    Dino,    ///< by the factors (h + 0.1) / G and (w + 0.1) / G, bicubic: DINO, DINOv2 without registers
    Plain,   ///< to the size, bicubic: DeiT's fine-tuning, timm 0.5 and 0.6
    Bilinear ///< to the size, bilinear: timm to 0.4
};

/// Everything that fixes a Vision Transformer (Dosovitskiy et al., arXiv 2010.11929); the defaults are DeiT-S/16's.
struct VitConfig {
    int patchSize = 16;                             ///< p: pixels of a patch's side
    int grid = 14;                                  ///< G: the stored positions are those of G x G patches
    int width = 384;                                ///< D
    int depth = 12;                                 ///< L, blocks
    int heads = 6;                                  ///< R, divides D
    int feedForward = 1536;                         ///< columns of a block's second linear layer
    VitActivation activation = VitActivation::Gelu; ///< of the feed-forward layers
    bool qkvBias = true;
    bool layerScale = false;       ///< DINOv2 (Touvron et al., arXiv 2103.17239)
    bool normBefore = false;       ///< a norm before the first block: CLIP
    bool patchBias = true;         ///< of the patch projection; CLIP has none
    bool distillation = false;     ///< a second prefix token (DeiT, arXiv 2012.12877)
    bool distilledHead = false;    ///< it has a head of its own: logits are the mean of both
    int registers = 0;             ///< further prefix tokens, without a position (arXiv 2309.16588)
    bool prefixHasPosition = true; ///< false where it is in the token already: timm's registers
    PositionResampling resampling = PositionResampling::Timm;
    double eps = 1e-6; ///< of the norms
    int classes = 0;   ///< rows of the linear head; 0: there is none

    /// P: [CLS], then the distillation token or the registers.
    int prefix() const { return 1 + (distillation ? 1 : 0) + registers; }
    /// Of these, how many have a position of their own.
    int placedPrefix() const { return prefixHasPosition ? 1 + (distillation ? 1 : 0) : 0; }

    bool operator==(const VitConfig&) const = default;
};

/// "gelu", "quick_gelu" or "swiglu".
std::string_view toString(VitActivation activation);
/// "timm", "dino", "plain" or "bilinear".
std::string_view toString(PositionResampling resampling);

/// The one of that name. Throws Error(BadArgument) that lists the names there are.
VitActivation vitActivation(std::string_view name);
PositionResampling positionResampling(std::string_view name);

/// Throws Error(Mismatch) where the values cannot make a model.
void validate(const VitConfig& config);

} // namespace ocellus
