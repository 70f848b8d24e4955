// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include <ATen/core/Tensor.h>

namespace ocellus {

/// What a model keeps of one picture, whatever is asked of it later; immutable once it is made.
struct PictureMemory {
    virtual ~PictureMemory() = default;

    virtual std::size_t bytes() const { return tokens.nbytes(); }

    at::Tensor tokens; ///< [N, D], one a cell, row by row
    int rows = 0;
    int columns = 0;
};

} // namespace ocellus
