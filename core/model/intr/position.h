// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/model/convolution.h"
#include "core/model/model_config.h"
#include "core/model/weights.h"

namespace ocellus {

/// Where a token lies in the grid, as a vector that is added to the encoder's queries and keys.
class Position {
public:
    Position(const ModelConfig& config, Weights& weights, const Compute& compute);

    /// [h * w, D]. Throws Error(TooLarge) where a learned position has no entry for that many rows or columns.
    at::Tensor encode(int rows, int columns) const;

private:
    at::Tensor axis(const at::Tensor& table, int count) const;

    int m_half; // D / 2: one half for rows, one for columns
    Compute m_compute;
    at::Tensor m_rowEmbedding;    // [50, D / 2], learned only
    at::Tensor m_columnEmbedding; // [50, D / 2], learned only
};

} // namespace ocellus
