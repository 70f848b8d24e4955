// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"

namespace ocellus {

/// ProtoPNet's convex stage (arXiv 1806.10574, section 2.2): the mean cross-entropy of activations * weights and the
/// sum of the sizes of the weights to other classes, minimised together.
struct SparseLastLayer {
    double penalty = 1e-4; ///< of a weight's size
    int iterations = 0;    ///< of accelerated proximal gradient descent (Beck and Teboulle 2009), on all pictures

    /// `activations` [N, P], `labels` [N], `isOwn` bool [C, P]: weights without a penalty; `weights` [C, P] to start
    /// from. Deterministic; the result's objective is no greater than the start's. Throws Error(Cancelled).
    at::Tensor minimise(const at::Tensor& activations, const at::Tensor& labels, const at::Tensor& isOwn,
                        const at::Tensor& weights, const Progress& progress) const;

    double objective(const at::Tensor& activations, const at::Tensor& labels, const at::Tensor& isOwn,
                     const at::Tensor& weights) const;
};

} // namespace ocellus
