// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/geometry.h"

namespace ocellus {

/// The part of the picture that can reach a cell through the backbone, cut at the picture's edges; wherever the map is
/// placed. Empty where the field's extent or the sizes are not known.
Box receptiveBox(const ReceptiveField& field, Size picture, Size input, Cell cell);

} // namespace ocellus
