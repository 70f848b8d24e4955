// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/base/tensor_source.h"

namespace ocellus {

/// Hands tensors of a checked state dict to the modules, float32 on the CPU.
class Weights {
public:
    /// `source` outlives this object. `progress` is told Stage::Load by bytes read.
    Weights(const TensorSource& source, const Progress& progress);

    /// Throws Error: Mismatch for a missing tensor, Damaged for NaN or infinite values, Cancelled.
    at::Tensor take(const std::string& name);

private:
    const TensorSource& m_source;
    const Progress& m_progress;
    std::int64_t m_total = 0;
    std::int64_t m_taken = 0;
};

} // namespace ocellus
