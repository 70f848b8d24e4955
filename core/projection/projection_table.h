// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/class_table.h"
#include "core/projection/prototype_projection.h"

namespace ocellus {

/// A CSV with a line a prototype, those without a patch last: prototype, class and class_name (of the picture), picture
/// (below the folder), similarity, distance (see distanceOf()), is_prototype (1 where the patch is the prototype
/// itself), row, column (of the place), left, top, width, height (of the published rectangle in the picture's pixels),
/// field_left, field_top, field_width, field_height (of what can reach the place).
std::string projectionTable(const PrototypeProjection& projection, const ClassTable& classes);

} // namespace ocellus
