// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// A part of an animal in one picture, or that it is not to be seen there.
struct PartPlace {
    int x = 0, y = 0; ///< pixel
    bool visible = false;
};

/// For each part of one picture, whether a head hits it.
using PartHits = std::vector<std::uint8_t>;

/// Which parts a map hits (Huang et al. 2023, arXiv 2212.05946, section 3): stretched to the picture by cubic
/// convolution, its first largest pixel has the part in a box of +-`half` of each side around it, bounds included.
/// Pictures are meant to be crops to the animal, as there. Throws Error(Mismatch) where the map does not fill the grid.
PartHits partHits(std::span<const float> map, int rows, int columns, std::span<const PartPlace> parts, Size picture,
                  double half = 36.0 / 224);

/// Of the part that a head hits most often, in which share of the pictures where it is visible.
struct PartConsistency {
    double share = 0;
    int part = -1; ///< -1: none was ever visible
    int seen = 0;  ///< pictures where it is visible: a part seen once and hit once has the share 1
};

/// One head of one class over its pictures; `visible` is 0 or 1, [pictures][parts] as the hits. Parts that are visible
/// in fewer than `leastSeen` pictures do not count; the published score counts all and asks for a share of 0.8.
/// Throws Error(Mismatch) where hits and visibility differ in shape.
PartConsistency partConsistency(const std::vector<PartHits>& hits, const std::vector<PartHits>& visible,
                                int leastSeen = 1);

/// Share of the pictures whose whole set of hits is the same under noise; 1 without pictures.
double partStability(const std::vector<PartHits>& hits, const std::vector<PartHits>& noisy);

/// What stability adds to the model's input, [3, height, width]: near-normal numbers times `sigma`, cut at +-`bound`,
/// the same on every machine.
std::vector<float> stabilityNoise(Size size, std::uint64_t seed = 0, double sigma = 0.2, double bound = 0.25);

} // namespace ocellus
