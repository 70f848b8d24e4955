// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "core/train/train_options.h"

namespace ocellus {

/// Sets what the user has not given to what a head on a Vision Transformer is usually trained with; `isGiven` is asked
/// with the option's name ("--lr"). `options.model.vit` is known.
///
/// Prompt-CAM: 100 epochs of 16 pictures a step, 20 of them to warm up, weight decay 1e-3, pictures squashed to 224, as
/// published (arXiv 2501.09333), but with AdamW at 1e-3 in place of SGD at 5e-3. INTR: as INTR-Encoders (140 epochs of
/// 12 pictures, 1e-4, a tenth after 80, no encoder layers). A linear head: 50 epochs of 64 pictures, 1e-3, cosine.
/// From scratch the backbone has the rate of the rest, and pictures are varied in full.
void setVitRecipe(TrainOptions& options, const std::function<bool(const std::string&)>& isGiven);

/// As the network of `options` was or will be prepared for, from its head and backbone: "fixed:224,half".
PreprocessOptions usualTrainingSize(const ModelConfig& model);

} // namespace ocellus
