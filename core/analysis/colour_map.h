// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace ocellus {

/// Viridis, Cividis, Inferno and Magma are perceptually uniform; Jet is there to compare with published figures only.
enum class ColourMap { Viridis, Cividis, Inferno, Magma, Grey, Jet };

/// Red, green, blue.
using Rgb = std::array<std::uint8_t, 3>;

/// 256 colours from the lowest to the highest value.
const std::array<Rgb, 256>& colours(ColourMap map);

/// "viridis", ... as in settings and captions; the reverse throws Error(BadArgument).
std::string_view toString(ColourMap map);
ColourMap colourMapFromString(std::string_view name);

} // namespace ocellus
