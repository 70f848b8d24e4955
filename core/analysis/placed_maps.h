// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/engine/decoding.h"

namespace ocellus {

/// The class's own heads whose maps say where in this picture something is. Left out are prototypes and concepts of the
/// whole picture, whose maps are even or say where the model looked for something else, and nodes of a tree whose
/// prototype the picture has not (a similarity of 0.5 or less, by which it goes left). Throws as Decoding::ownHeads().
std::vector<int> placedHeads(const Decoding& decoding, int layer, int classIndex);

/// Mean of their attention, [N]; empty where there are none.
std::vector<float> placedMean(const Decoding& decoding, int layer, int classIndex);

} // namespace ocellus
