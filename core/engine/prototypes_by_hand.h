// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/engine/decoding.h"

namespace ocellus {

/// By a class's own prototypes, in their order: what each still finds where `attention` [R, N], as
/// intervenedAttention() makes it, is above 0; nothing where it is nowhere. One of the whole picture has no places: it
/// is there or not.
std::vector<MapSource::Part> partsWhere(const Decoding& whole, int classIndex, std::span<const float> attention);

/// The class's logits had its prototypes been looked for by each of these in turn: `attention` [n, R, N] -> [n].
/// `logitsOf` gives all classes' [C] of what they then find.
std::vector<float>
logitsWhere(const Decoding& whole, int classIndex, std::span<const float> attention,
            const std::function<std::vector<float>(const std::vector<MapSource::Part>& parts)>& logitsOf);

/// The answer of a class whose prototypes find that: `logits` [C] of all classes, the class's output what they find.
Decoding::Answer answerByHand(const Decoding& whole, int classIndex, std::vector<float> logits,
                              const std::vector<MapSource::Part>& parts, std::vector<float> attention);

} // namespace ocellus
