// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/vit/vit_config.h"

namespace ocellus {

/// What a file, its companions or its user say about a Vision Transformer that no name or shape tells.
struct VitDeclared {
    std::optional<int> heads;
    std::optional<PositionResampling> resampling;
    std::optional<VitActivation> activation;
    std::optional<double> eps;
};

/// An architecture read off a state dict.
struct InferredVit {
    VitConfig config;
    std::vector<std::string> assumed; ///< "num_heads", "position_resampling", "activation" or "norm_eps"
};

/// `source` has the names of vitNames(), below `prefix`; `hasMaskToken` where the file has one besides: it is DINOv2's
/// then. The head counts only with `withHead`. Throws Error(Mismatch) where shapes contradict each other or what is
/// declared. The result is valid, but tensors are only compared by their list.
///
/// Assumed are 64 channels a head (80 in ViT-H), exact GELU, eps 1e-6 (1e-5 with a norm before the blocks, as in CLIP)
/// and timm's resampling (DINO's for DINOv2 without registers). Every number of heads that divides the width loads and
/// runs: only the file's owner can tell.
InferredVit inferVit(const TensorSource& source, const VitDeclared& declared, bool hasMaskToken, bool withHead,
                     const std::string& prefix = {});

/// As toString(PreprocessOptions): the shorter side 256 and the middle 224, as DeiT, DINO and DINOv2 are evaluated, or
/// in that proportion what another stored grid was trained at; CLIP's with a norm before the blocks.
std::string usualPreprocessing(const VitConfig& config);

} // namespace ocellus
