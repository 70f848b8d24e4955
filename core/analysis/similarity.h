// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/engine/decoding.h"

namespace ocellus {

/// Cosine of the decoder's outputs of two classes, in [-1, 1]; 0 where one is the zero vector.
double similarity(const Decoding& decoding, int classA, int classB);

/// The `count` classes most similar to `classIndex` in this picture, most similar first, without the class itself.
std::vector<int> mostSimilar(const Decoding& decoding, int classIndex, int count);

} // namespace ocellus
