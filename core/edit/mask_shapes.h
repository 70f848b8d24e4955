// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/edit/mask.h"
#include "core/image/geometry.h"

namespace ocellus {

/// What one movement of the brush leaves.
struct Brush {
    double radius = 10;  ///< pixels of the picture, above 0 and at most 10,000
    double hardness = 1; ///< 0 to 1: the share of the radius within which the brush covers wholly
};

// All shapes take continuous pixel coordinates, may reach out of the picture, and select a pixel by its centre.
// All throw Error(BadArgument) for coordinates that are not finite, points beyond a billion, and a picture without
// pixels. Where a centre lies on an edge, left and upper edges count as inside, right and lower ones do not.

/// The brush drawn along a line through `points`; a single point is a dab. Beyond `hardness` of the radius the
/// selection falls smoothly (3t^2 - 2t^3) to 0 at the radius. Throws Error(BadArgument) for a brush out of range.
Mask strokeMask(Size picture, std::span<const Point> points, const Brush& brush);

/// Lasso and polygon: the inside of a closed line, by the even-odd rule.
Mask polygonMask(Size picture, std::span<const Point> corners);

Mask rectangleMask(Size picture, const Box& box);

/// The ellipse that touches the box's four sides.
Mask ellipseMask(Size picture, const Box& box);

} // namespace ocellus
