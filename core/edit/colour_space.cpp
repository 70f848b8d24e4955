// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/colour_space.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ocellus {

namespace {

/// Linear light, 0 to 1 in gamut.
struct Linear {
    double red, green, blue;
};

std::array<double, 256> makeLinearTable()
{
    std::array<double, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double value = static_cast<double>(i) / 255;
        table[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    }
    return table;
}

Linear linear(const Rgb& colour)
{
    static const std::array<double, 256> table = makeLinearTable();
    return {table[colour.red], table[colour.green], table[colour.blue]};
}

std::uint8_t encoded(double light)
{
    light = std::clamp(light, 0.0, 1.0);
    const double value = light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::lround(255 * value));
}

/// Ottosson's matrices, as revised in January 2021.
Linear linear(const OkLab& colour)
{
    const double l = colour.lightness + 0.3963377774 * colour.a + 0.2158037573 * colour.b;
    const double m = colour.lightness - 0.1055613458 * colour.a - 0.0638541728 * colour.b;
    const double s = colour.lightness - 0.0894841775 * colour.a - 1.2914855480 * colour.b;
    const double l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
    return {4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
            -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
            -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3};
}

bool isInGamut(const Linear& light)
{
    // Well below half a step of 8 bits at black, and above what rounding adds to colours on the gamut's faces.
    constexpr double slack = 1e-5;
    return std::min({light.red, light.green, light.blue}) >= -slack &&
           std::max({light.red, light.green, light.blue}) <= 1 + slack;
}

} // namespace

OkLab okLab(const Rgb& colour)
{
    const Linear light = linear(colour);
    const double l = std::cbrt(0.4122214708 * light.red + 0.5363325363 * light.green + 0.0514459929 * light.blue);
    const double m = std::cbrt(0.2119034982 * light.red + 0.6806995451 * light.green + 0.1073969566 * light.blue);
    const double s = std::cbrt(0.0883024619 * light.red + 0.2817188376 * light.green + 0.6299787005 * light.blue);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Rgb rgbFrom(const OkLab& colour)
{
    OkLab inside = colour;
    inside.lightness = std::clamp(colour.lightness, 0.0, 1.0);
    Linear light = linear(inside);
    if (!isInGamut(light)) {
        // Sixteen halvings of the chroma are finer than 8 bits.
        double low = 0, high = 1;
        for (int i = 0; i < 16; ++i) {
            const double middle = (low + high) / 2;
            const bool fits = isInGamut(linear(OkLab{inside.lightness, colour.a * middle, colour.b * middle}));
            (fits ? low : high) = middle;
        }
        light = linear(OkLab{inside.lightness, colour.a * low, colour.b * low});
    }
    return {encoded(light.red), encoded(light.green), encoded(light.blue)};
}

CieLab cieLab(const Rgb& colour)
{
    const Linear light = linear(colour);
    // sRGB's primaries to XYZ, each divided by the white of D65.
    const double x = (0.4124564 * light.red + 0.3575761 * light.green + 0.1804375 * light.blue) / 0.95047;
    const double y = 0.2126729 * light.red + 0.7151522 * light.green + 0.0721750 * light.blue;
    const double z = (0.0193339 * light.red + 0.1191920 * light.green + 0.9503041 * light.blue) / 1.08883;
    const auto f = [](double t) {
        constexpr double epsilon = 216.0 / 24389, kappa = 24389.0 / 27;
        return t > epsilon ? std::cbrt(t) : (kappa * t + 16) / 116;
    };
    return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

double colourDistance(const CieLab& first, const CieLab& second)
{
    return std::hypot(first.lightness - second.lightness, first.a - second.a, first.b - second.b);
}

} // namespace ocellus
