// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/colour.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ocellus {

Colour shifted(const Colour& colour, const ColourShift& shift)
{
    // Rodrigues' rotation about (1, 1, 1) / sqrt(3).
    const double angle = shift.hue * std::numbers::pi / 180;
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle) / std::numbers::sqrt3;
    const double grey = (colour.red + colour.green + colour.blue) / 3;
    const auto channel = [&](double own, double next, double afterNext) {
        const double turned = grey + (own - grey) * cosine + (afterNext - next) * sine;
        return static_cast<float>(std::clamp((grey + (turned - grey) * shift.saturation) * shift.lightness, 0.0, 1.0));
    };
    return {channel(colour.red, colour.green, colour.blue), channel(colour.green, colour.blue, colour.red),
            channel(colour.blue, colour.red, colour.green)};
}

} // namespace ocellus
