// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// Red, green and blue from 0 to 1, as a screen takes them (sRGB).
struct Colour {
    float red = 0, green = 0, blue = 0;

    Colour operator*(float factor) const { return {red * factor, green * factor, blue * factor}; }
    Colour operator+(const Colour& other) const { return {red + other.red, green + other.green, blue + other.blue}; }
};

/// From 8-bit numbers, as palettes give them.
constexpr Colour rgb(int red, int green, int blue)
{
    return {static_cast<float>(red) / 255, static_cast<float>(green) / 255, static_cast<float>(blue) / 255};
}

/// `first` where `share` is 0, `second` where it is 1.
inline Colour mix(const Colour& first, const Colour& second, float share)
{
    return first * (1 - share) + second * share;
}

/// How one individual's colours differ from its kind's.
struct ColourShift {
    double hue = 0;        ///< degrees about the grey axis
    double saturation = 1; ///< factor
    double lightness = 1;  ///< factor
};

/// The colour shifted, each channel within 0 and 1.
Colour shifted(const Colour& colour, const ColourShift& shift);

/// 0 below `low`, 1 above `high`, smooth between.
inline float smoothStep(float low, float high, float value)
{
    if (value <= low)
        return 0;
    if (value >= high)
        return 1;
    const float t = (value - low) / (high - low);
    return t * t * (3 - 2 * t);
}

} // namespace ocellus
