// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>

#include "core/model/model_config.h"

namespace ocellus {

/// Where a token lies in the part of the grid that is no padding (DETR, appendix A.4); a learned one has parameters.
class TrainablePosition : public torch::nn::Module {
public:
    explicit TrainablePosition(const ModelConfig& config);

    /// [B, h * w, D] for a grid [B, any, h, w], or [1, h * w, D] where it is the same for all. `mask` as in
    /// TrainableNetwork::classify. Throws Error(TooLarge) where a learned position has no entry for so many cells.
    at::Tensor encode(const at::Tensor& grid, const at::Tensor& mask) const;

private:
    at::Tensor learned(std::int64_t rows, std::int64_t columns) const;

    std::int64_t m_half;  // D / 2: one half for rows, one for columns
    at::Tensor m_rows;    // [50, D / 2], learned only
    at::Tensor m_columns; // [50, D / 2], learned only
};

} // namespace ocellus
