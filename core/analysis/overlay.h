// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/analysis/colour_map.h"
#include "core/image/geometry.h"

namespace ocellus {

/// Values that the two ends of a colour scale stand for.
struct Range {
    float low = 0;
    float high = 1;

    bool operator==(const Range&) const = default;
};

/// How a map lies over its picture.
enum class OverlayRule {
    Transparent, ///< clear up to 1x uniform, then ever more opaque: the animal keeps its colours
    Flat,        ///< equally opaque everywhere
    Contours,    ///< lines alone
    Spotlight,   ///< the picture itself where there is attention, the rest grey and dim
    HeatOnGrey,  ///< as Transparent, on the picture in grey
    Mass         ///< a mask of each map: the fewest cells that hold MapStyle::mass of it; the rest grey and dim
};

/// How values between a range's ends take their part of the colours and of the opacity.
enum class ValueScale { Linear, SquareRoot, Logarithmic };

/// How a map is laid over a picture. Values and threshold are in "times uniform": attention times the number of cells.
struct MapStyle {
    ColourMap colourMap = ColourMap::Viridis;
    OverlayRule overlay = OverlayRule::Transparent;
    ValueScale scale = ValueScale::SquareRoot;
    double opacity = 0.65;          ///< 0 (picture only) to 1 (map only) where the map is most opaque
    double mass = 0.6;              ///< with OverlayRule::Mass, as DINO's figures keep it (arXiv 2104.14294); (0, 1]
    bool smooth = false;            ///< false: cells as cells; true: values interpolated between cell centres
    std::optional<float> threshold; ///< nothing is drawn where the value is lower
    bool contour = false;           ///< a line around what lies above the threshold, or above half the range
    bool perMapStretch = false;     ///< each map over its own minimum to maximum; must be labelled wherever shown
    Placement placement = Placement::Receptive;

    bool operator==(const MapStyle&) const = default;
};

/// What a map is laid on: the picture mixed with its own grey, which can be dimmed.
struct GroundTone {
    double share = 0;      ///< of the grey, 0 to 1; 0 is the picture as it is
    double brightness = 1; ///< of the grey, 0 to 1

    bool operator==(const GroundTone&) const = default;
};

/// What lies over a place of the ground: `opacity` (0 to 1) of the colour, or with Spotlight and Mass of the picture
/// itself.
struct OverlayColour {
    Rgb colour;
    double opacity = 0;
};

/// The one rule for tiles, matrices, figures and the colour bar. Without a value (not a number, or below the threshold)
/// nothing is laid over the ground. Transparent, Spotlight and HeatOnGrey are clear up to 1x uniform (with
/// perMapStretch up to the map's own minimum, and for differences at zero) and reach style.opacity at the range's end,
/// Spotlight 1. With Mass the values are those of drawnValues(): above 0 is inside.
OverlayColour overlayOf(float value, Range range, const MapStyle& style);

/// The same of many values at once, as straight RGBA.
std::vector<std::uint8_t> overlayPixels(std::span<const float> values, Range range, const MapStyle& style);

/// What lies under it, one of its pixels, and many of them in place, as 0xffRRGGBB.
GroundTone groundOf(const MapStyle& style);
Rgb onGround(Rgb pixel, const GroundTone& ground);
void toGround(std::span<std::uint32_t> pixels, const GroundTone& ground);

/// Where a value lies between a range's ends by the scale, 0 to 1; 0 for a range without extent. Of a range around zero
/// the middle is zero and both sides are alike. Logarithmic begins at a thousandth of the range's end where its start
/// is lower, or at 0.1 where that is still higher and the end is above it.
double shareOf(float value, Range range, ValueScale scale);
/// The other way round.
double valueAt(double share, Range range, ValueScale scale);

/// "transparent", "square-root", ... as in settings and sessions; none for other words.
std::string_view toString(OverlayRule rule);
std::string_view toString(ValueScale scale);
std::optional<OverlayRule> overlayRuleFromString(std::string_view name);
std::optional<ValueScale> valueScaleFromString(std::string_view name);

} // namespace ocellus
