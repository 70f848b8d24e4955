// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QImage>

#include "core/edit/mask.h"
#include "core/edit/operation.h"
#include "core/image/rgb.h"

namespace ocellus {

/// The mean of the 8-bit values of what is selected, each pixel counted by how much; nothing where the mask is empty
/// or of another picture. Looks at ten thousand pixels at most, evenly spread.
std::optional<Rgb> meanColour(const QImage& picture, const Mask& mask);

/// How far the colours of what is selected go by a recipe, in the mean: a distance in CIELAB, of which about 2.3 can
/// just be noticed side by side. Nothing as above. Looks at a thousand pixels at most.
std::optional<double> meanChange(const QImage& picture, const Mask& mask, const Recolour& recipe);

} // namespace ocellus
