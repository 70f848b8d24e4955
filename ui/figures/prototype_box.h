// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

#include "ui/figures/explanation.h"

namespace ocellus {

/// The rectangle that published figures draw around what a prototype finds, in picture coordinates: ProtoPNet's around
/// the highest 5 % of the stretched map, of a tree's node ProtoTree's around its highest cell. `similarities` [N].
/// None where a value is not finite, or where the input has no size.
std::optional<Box> prototypeBox(const Explanation& explanation, std::span<const float> similarities);

} // namespace ocellus
