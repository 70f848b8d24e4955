// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include <ATen/core/Tensor.h>

namespace ocellus {

/// Some training pictures of a walk over all of them.
struct WalkedFeatures {
    at::Tensor features;              ///< [B, channels, h, w], the backbone's
    at::Tensor labels;                ///< [B], class indices
    std::vector<std::size_t> indices; ///< of the pictures in the training set
};

/// A walk over all training pictures as evaluation sees them: unmirrored, each once, in their own order.
class FeatureWalk {
public:
    virtual ~FeatureWalk() = default;

    /// From the first picture to the last, without gradients. Reports to the progress that the walk was made with.
    /// Throws Error(Cancelled) between batches where a stop was asked for, and what reading features throws.
    virtual void each(const std::function<void(const WalkedFeatures&)>& visit) const = 0;
};

} // namespace ocellus
