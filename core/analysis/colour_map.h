// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "core/image/rgb.h"

namespace ocellus {

/// Viridis, Cividis, Inferno and Magma are perceptually uniform; Jet is there to compare with published figures only.
///
/// Diverging is for differences, over a range with zero in its middle: blue below, light grey at zero, red above. Two
/// straight lines in OKLab (B. Ottosson, "A perceptual color space for image processing", 2020) from lightness 0.95
/// without chroma to lightness 0.48 and chroma 0.16, at hue 260 degrees (blue) and 30 degrees (red): equal differences
/// are equal steps in OKLab, to either side.
enum class ColourMap { Viridis, Cividis, Inferno, Magma, Grey, Jet, Diverging };

/// 256 colours from the lowest to the highest value.
const std::array<Rgb, 256>& colours(ColourMap map);

/// "viridis", ... as in settings and captions; the reverse throws Error(BadArgument), also for "diverging", which
/// nobody chooses: attention itself has no middle to diverge from.
std::string_view toString(ColourMap map);
ColourMap colourMapFromString(std::string_view name);

} // namespace ocellus
