// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <ATen/core/Tensor.h>

#include "core/model/vit/vit_config.h"

namespace ocellus {

// What inference and training of a Vision Transformer have in common.

/// Stored positions [1, D, G, G] of a square grid as another grid has them, [1, D, rows, columns]; as they are where
/// that is the stored one.
at::Tensor resampledPositions(const at::Tensor& stored, PositionResampling resampling, int rows, int columns);

/// What stands between the two feed-forward layers, [..., inner] -> [..., F]; with SwiGlu the inner layer is twice as
/// wide.
at::Tensor activated(VitActivation activation, const at::Tensor& inner);

/// Names of these layers below a block: "mlp.fc1" and "mlp.fc2", or of gated ones "mlp.w12" and "mlp.w3".
std::string feedForwardName(VitActivation activation, bool isFirst);

} // namespace ocellus
