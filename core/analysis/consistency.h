// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/engine/decoding.h"

namespace ocellus {

/// What the heads of a class take from a picture: for head r the sum over cells n of attention[r, n] * memory[:, n],
/// [R, D]. It says what a head looked at, wherever in the picture that was.
///
/// `memory` is the encoder's output, [D, h, w] row by row. Throws Error: BadArgument as Decoding::attention(), Mismatch
/// where the memory is not of the decoding's size.
std::vector<float> attendedMemory(const Decoding& decoding, std::span<const float> memory, int layer, int classIndex);

/// How much a head takes the same from every picture. Vectors are one a picture, all of one length; cosines with the
/// zero vector are 0. Throws Error(Mismatch) for vectors of different length.
struct Consistency {
    /// Mean cosine over all pairs of pictures, -1 to 1; 1 with fewer than two pictures.
    double score = 1;
    /// By picture: 1 less its mean cosine to the others, 0 (as all) to 2; 0 with fewer than two pictures.
    std::vector<double> outlyingness;
};
Consistency consistencyOf(const std::vector<std::span<const float>>& vectors);

/// Of every head and, last, of the mean of the heads. `attended` is one a picture: attendedMemory() of `heads` heads.
/// Throws Error(Mismatch) for vectors of different length.
std::vector<Consistency> consistencyOfHeads(const std::vector<std::span<const float>>& attended, int heads);

} // namespace ocellus
