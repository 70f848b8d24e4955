// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

namespace ocellus {

/// Sees what a pass through the Transformer makes on its way: explaining wants it, training does not.
class PassObserver {
public:
    virtual ~PassObserver() = default;

    /// After every encoder and decoder layer, with its output. May throw to end the pass.
    virtual void layerDone(const at::Tensor& output) = 0;

    /// Of each decoder layer in turn, [B * R, C, N]: the very tensor that multiplies the values, so that it has a
    /// gradient.
    virtual void attended(const at::Tensor& weights) = 0;
};

} // namespace ocellus
