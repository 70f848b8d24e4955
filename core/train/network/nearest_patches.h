// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/train/network/feature_walk.h"
#include "core/train/network/prototype_head.h"

namespace ocellus {

/// The patches nearest to prototypes.
struct NearestPatches {
    std::vector<std::optional<PrototypeOrigin>> origins; ///< [P]
    at::Tensor vectors;                                  ///< [P, D, 1, 1] float32
    std::vector<std::vector<float>> distances; ///< [P], [h, w] squared ones, of each in the picture of its origin
};

/// What a network makes of features: embedded cells [B, D, h, w] and squared distances [B, P, h, w].
struct EmbeddedCells {
    at::Tensor cells;
    at::Tensor distances;
};

/// ProtoPNet's push (arXiv 1806.10574, section 2.2): for each prototype the nearest cell among the walk's pictures of
/// its classes, [P], ascending; of equally near ones the first, by picture, row and column. Nothing for a prototype
/// without classes. Throws what the walk throws, and Error(Internal) for a prototype whose classes have no picture.
NearestPatches nearestPatches(const FeatureWalk& walk, std::span<const std::vector<int>> classesOf,
                              const std::function<EmbeddedCells(const at::Tensor& features)>& embed);

} // namespace ocellus
