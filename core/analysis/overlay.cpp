// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ocellus {

namespace {

constexpr std::array<std::pair<OverlayRule, std::string_view>, 5> rules{{{OverlayRule::Transparent, "transparent"},
                                                                         {OverlayRule::Flat, "flat"},
                                                                         {OverlayRule::Contours, "contours"},
                                                                         {OverlayRule::Spotlight, "spotlight"},
                                                                         {OverlayRule::HeatOnGrey, "heat-on-grey"}}};
constexpr std::array<std::pair<ValueScale, std::string_view>, 3> scales{{{ValueScale::Linear, "linear"},
                                                                         {ValueScale::SquareRoot, "square-root"},
                                                                         {ValueScale::Logarithmic, "logarithmic"}}};

template <class Value, std::size_t Count>
std::optional<Value> valueOf(const std::array<std::pair<Value, std::string_view>, Count>& names, std::string_view name)
{
    for (const auto& [value, text] : names)
        if (text == name)
            return value;
    return {};
}

/// Where a logarithmic scale begins.
double logarithmicStart(double low, double high)
{
    constexpr double lowestShown = 0.1; // times uniform: what is less is nobody's question
    return std::max({low, high / 1000, high > lowestShown ? lowestShown : 0.0});
}

/// From 0 at `low` to 1 at `high`.
double ramp(double value, double low, double high, ValueScale scale)
{
    if (!(high > low))
        return 0;
    if (scale == ValueScale::Logarithmic) {
        const double start = logarithmicStart(low, high);
        return value <= start ? 0 : std::min(std::log(value / start) / std::log(high / start), 1.0);
    }
    const double share = std::clamp((value - low) / (high - low), 0.0, 1.0);
    return scale == ValueScale::SquareRoot ? std::sqrt(share) : share;
}

/// The other way round.
double unramp(double share, double low, double high, ValueScale scale)
{
    if (!(high > low))
        return low;
    if (scale == ValueScale::Logarithmic) {
        const double start = logarithmicStart(low, high);
        return start * std::pow(high / start, share);
    }
    return low + (high - low) * (scale == ValueScale::SquareRoot ? share * share : share);
}

bool isAroundZero(Range range)
{
    return range.low < 0 && range.high > 0;
}

/// A logarithm has no zero: near it small differences would look large.
ValueScale ofDifference(ValueScale scale)
{
    return scale == ValueScale::Logarithmic ? ValueScale::SquareRoot : scale;
}

/// How opaque, as a share of the most.
double weightOf(float value, Range range, const MapStyle& style)
{
    if (isAroundZero(range))
        return 2 * std::abs(shareOf(value, range, style.scale) - 0.5);
    const double clearUpTo = style.perMapStretch ? range.low : 1;
    if (range.high <= clearUpTo) // a locked range can end below what is shown
        return value > clearUpTo ? 1 : 0;
    return ramp(value, clearUpTo, range.high, style.scale);
}

} // namespace

double shareOf(float value, Range range, ValueScale scale)
{
    if (!isAroundZero(range))
        return ramp(value, range.low, range.high, scale);
    const double end = value < 0 ? -range.low : range.high;
    const double side = ramp(std::abs(value), 0, end, ofDifference(scale)) / 2;
    return value < 0 ? 0.5 - side : 0.5 + side;
}

double valueAt(double share, Range range, ValueScale scale)
{
    if (!isAroundZero(range))
        return unramp(share, range.low, range.high, scale);
    const double side = 2 * std::abs(share - 0.5);
    return share < 0.5 ? -unramp(side, 0, -range.low, ofDifference(scale))
                       : unramp(side, 0, range.high, ofDifference(scale));
}

OverlayColour overlayOf(float value, Range range, const MapStyle& style)
{
    if (std::isnan(value) || (style.threshold && value < *style.threshold) || style.overlay == OverlayRule::Contours)
        return {};
    const double share = shareOf(value, range, style.scale);
    const Rgb colour = colours(style.colourMap)[static_cast<std::size_t>(std::clamp(share * 256, 0.0, 255.0))];
    const double most = std::clamp(style.opacity, 0.0, 1.0);
    switch (style.overlay) {
    case OverlayRule::Flat: return {colour, most};
    case OverlayRule::Spotlight: return {{}, weightOf(value, range, style)};
    default: return {colour, most * weightOf(value, range, style)};
    }
}

GroundTone groundOf(const MapStyle& style)
{
    constexpr double dimmed = 0.4;
    switch (style.overlay) {
    case OverlayRule::Spotlight: return {std::clamp(style.opacity, 0.0, 1.0), dimmed};
    case OverlayRule::HeatOnGrey: return {1, 1};
    default: return {};
    }
}

Rgb onGround(Rgb pixel, const GroundTone& ground)
{
    // Rec. 709's weights, in whole numbers: pictures of a screen are made pixel by pixel.
    const int luminance = (54 * pixel.red + 183 * pixel.green + 19 * pixel.blue) >> 8;
    const int share = static_cast<int>(ground.share * 256 + 0.5);
    const int grey = (luminance * static_cast<int>(ground.brightness * 256 + 0.5)) >> 8;
    const auto mixed = [&](int channel) {
        return static_cast<std::uint8_t>(channel + (((grey - channel) * share) >> 8));
    };
    return {mixed(pixel.red), mixed(pixel.green), mixed(pixel.blue)};
}

std::string_view toString(OverlayRule rule)
{
    return rules[static_cast<std::size_t>(rule)].second;
}

std::string_view toString(ValueScale scale)
{
    return scales[static_cast<std::size_t>(scale)].second;
}

std::optional<OverlayRule> overlayRuleFromString(std::string_view name)
{
    return valueOf(rules, name);
}

std::optional<ValueScale> valueScaleFromString(std::string_view name)
{
    return valueOf(scales, name);
}

} // namespace ocellus
