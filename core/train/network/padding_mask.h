// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include "core/image/picture.h"

namespace ocellus {

/// Bool [B, rows, columns] on the CPU, true where a cell is padding: the mask of the pixels shrunk to the grid as in
/// DETR (`F.interpolate(mask[None].float(), size=(rows, columns)).to(bool)`). `sizes` are the pictures' own sizes,
/// within `padded`. Undefined where no picture has padding.
/// Throws Error(Mismatch) for a size that is empty or larger than `padded`.
at::Tensor paddingMask(const std::vector<Size>& sizes, Size padded, int rows, int columns);

} // namespace ocellus
