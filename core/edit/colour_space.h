// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/rgb.h"

namespace ocellus {

/// OKLab (B. Ottosson, "A perceptual color space for image processing", 2020): lightness 0 to 1, two colour axes.
struct OkLab {
    double lightness = 0, a = 0, b = 0;
};

/// CIELAB for D65 and the 2 degree observer: lightness 0 to 100, two colour axes.
struct CieLab {
    double lightness = 0, a = 0, b = 0;
};

/// sRGB's transfer function is that of IEC 61966-2-1.
OkLab okLab(const Rgb& colour);

/// The colour of sRGB with this hue and lightness and, where that much is out of its gamut, the largest chroma in it.
/// rgbFrom(okLab(c)) == c for every 8-bit colour.
Rgb rgbFrom(const OkLab& colour);

CieLab cieLab(const Rgb& colour);

/// Delta E of CIE 1976: the Euclidean distance. About 2.3 is just noticeable.
double colourDistance(const CieLab& first, const CieLab& second);

} // namespace ocellus
