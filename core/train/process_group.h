// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <ATen/core/Tensor.h>

namespace ocellus {

/// The processes that train one network together. This class is a group of one, where all is done already.
class ProcessGroup {
public:
    virtual ~ProcessGroup() = default;

    virtual int rank() const { return 0; }
    virtual int ranks() const { return 1; }

    /// From now on each backward pass sums the gradients of these parameters over all ranks, in buckets while it runs.
    virtual void watch(const std::vector<at::Tensor>& /*parameters*/) {}
    /// After a backward pass, or instead of one for a rank without a picture: waits until all sums are there. Throws
    /// Error(Unreadable) where another rank is gone.
    virtual void finishGradients() {}

    /// Replaces each value by its sum over all ranks. Throws as above.
    virtual void sum(std::span<double> /*values*/) {}
    /// Waits for all ranks. Throws as above.
    virtual void barrier() {}
};

} // namespace ocellus
