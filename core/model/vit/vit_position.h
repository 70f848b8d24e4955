// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <ATen/core/Tensor.h>

#include "core/model/convolution.h"
#include "core/model/vit/vit_config.h"
#include "core/model/weights.h"

namespace ocellus {

/// The learned positions of a Vision Transformer: those of the prefix tokens, and a square grid's, resampled to any
/// other grid as the model was trained.
class VitPosition {
public:
    VitPosition(const VitConfig& config, Weights& weights, const std::string& prefix, const Compute& compute);

    /// [D, rows, columns], as stored where that is the stored grid.
    at::Tensor encode(int rows, int columns) const;

    const at::Tensor& ofPrefix() const { return m_prefix; } ///< [P', D], P' of VitConfig::placedPrefix()

private:
    at::Tensor resampled(int rows, int columns) const;

    PositionResampling m_resampling;
    at::Tensor m_prefix;
    at::Tensor m_grid; // [1, D, G, G], float32 on the CPU
    Compute m_compute;
};

} // namespace ocellus
