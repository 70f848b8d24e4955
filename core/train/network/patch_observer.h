// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/network/pass_observer.h"

namespace ocellus {

/// Sees what the last block of a Vision Transformer without a decoder makes of the patches. What it is told as
/// attended() is [B * R, C, N]: as Prompt-CAM's prompts look at the patches, or with a linear head [CLS] (and the
/// distillation token) in place of C classes.
class PatchObserver : public PassObserver {
public:
    /// What the block's attention reads of the patches, [B, N, D], after its norm. The pass goes on with what this
    /// returns, of the same values.
    virtual at::Tensor read(const at::Tensor& patches) = 0;
};

} // namespace ocellus
