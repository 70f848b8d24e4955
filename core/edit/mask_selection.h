// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/base/progress.h"
#include "core/edit/mask.h"
#include "core/image/geometry.h"

namespace ocellus {

/// Magic wand: the pixels that are connected (up, down, left, right) with the one at `point` through pixels whose
/// colour is within `tolerance` (Delta E 1976 in CIELAB) of its colour.
/// Throws Error: BadArgument for a point outside the picture and a tolerance below 0, Cancelled.
Mask wandMask(const Picture& picture, Point point, double tolerance, const Progress& progress = {});

/// "What a head looks at": the pixels whose nearest cell of the map has at least `threshold`, within what
/// the model sees. `map` holds
/// geometry.rows() * geometry.columns() values, row by row. Throws Error(Mismatch) for another number.
Mask thresholdMask(std::span<const float> map, const CellGeometry& geometry, float threshold);

/// The largest threshold whose cells hold at least `share` (0 to 1) of the map's sum. Throws Error(BadArgument) for
/// a share out of range, and for a map that is empty or has values that are negative or not finite.
float thresholdForShare(std::span<const float> map, double share);

/// Refines a rough mask by the picture's colours (GrabCut, Rother et al. 2004): values of at least 128 are taken as
/// probably wanted, the rest of the mask's box as probably not, a frame around it as surely not. Boxes above a million
/// pixels are refined at a lower resolution. The result is 0 or 255, and the same for the same input.
/// Throws Error: Mismatch for a mask of another size, BadArgument for iterations not in 1 ... 20, and where the mask
/// leaves nothing around it to compare with; Cancelled.
Mask grabCutMask(const Picture& picture, const Mask& rough, int iterations = 5, const Progress& progress = {});

} // namespace ocellus
