// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/model/vit/vit.h"

namespace ocellus {

/// Attention of one block's tokens: `rows` of them look at all T. [R, rows, T]; `scores` before the softmax.
struct BlockAttention {
    at::Tensor scores;
    at::Tensor weights;
};

/// Made of the tokens [T, D] that enter `block`, for the tokens `rows` and all heads.
BlockAttention attentionOf(const VitBlock& block, const at::Tensor& tokens, const std::vector<std::int64_t>& rows);

/// Attention of [CLS] to the patches in the last block, a map a head, [R, h, w] (DINO, arXiv 2104.14294). A map's sum
/// is below 1: the rest goes to the prefix tokens.
at::Tensor classTokenMaps(const Vit& model, const at::Tensor& image, const Progress& progress);

} // namespace ocellus
