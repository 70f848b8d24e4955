// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/mask.h"

namespace ocellus {

// Masks out of masks. Two masks must be of pictures of one size: Error(Mismatch) otherwise.

/// The larger value of the two.
Mask added(const Mask& mask, const Mask& more);
/// What the eraser does: mask * (255 - less) / 255, rounded.
Mask subtracted(const Mask& mask, const Mask& less);
/// The smaller value of the two.
Mask sharedPart(const Mask& a, const Mask& b);
Mask inverted(const Mask& mask);
/// Moved by whole pixels; what leaves the picture is lost.
Mask translated(const Mask& mask, int dx, int dy);

// Radii and deviations are pixels of the picture, from 0 to 1,000: Error(BadArgument) otherwise.

/// Also selects wholly what is within `radius` (Euclidean, between pixel centres) of a pixel of at least 128.
Mask grownBy(const Mask& mask, double radius);
/// Keeps what has no pixel below 128 within `radius`; the picture's edge takes nothing away.
Mask shrunkBy(const Mask& mask, double radius);
/// Gaussian blur of the values; the picture's edge pixels go on beyond it.
Mask feathered(const Mask& mask, double deviation);

} // namespace ocellus
