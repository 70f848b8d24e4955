// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include <ATen/core/Tensor.h>

#include "core/train/network/feature_walk.h"

namespace ocellus {

/// Cells of the training pictures' grids, drawn, and some of them for prototypes.
struct DrawnCells {
    at::Tensor cells; ///< [M, channels]
    at::Tensor
        ofPrototype; ///< [P], the row of a cell of the prototype's class; another one each while there are enough
};

/// A function of the walk and the seed. Throws what the walk throws, and Error(Internal) for a class without a picture.
DrawnCells drawCells(const FeatureWalk& walk, std::span<const int> classOf, std::uint64_t seed);

} // namespace ocellus
