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

constexpr std::array<std::pair<OverlayRule, std::string_view>, 6> rules{{{OverlayRule::Transparent, "transparent"},
                                                                         {OverlayRule::Flat, "flat"},
                                                                         {OverlayRule::Contours, "contours"},
                                                                         {OverlayRule::Spotlight, "spotlight"},
                                                                         {OverlayRule::HeatOnGrey, "heat-on-grey"},
                                                                         {OverlayRule::Mass, "mass"}}};
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

/// From 0 at `low` to 1 at `high`; what does not change from value to value is computed once.
class Ramp {
public:
    Ramp(double low, double high, ValueScale scale)
        : m_start(scale == ValueScale::Logarithmic ? logarithmicStart(low, high) : low),
          m_scale(scale),
          m_hasExtent(high > low)
    {
        if (m_hasExtent)
            m_extent = scale == ValueScale::Logarithmic ? std::log(high / m_start) : high - low;
    }

    double at(double value) const
    {
        if (!m_hasExtent || value <= m_start)
            return 0;
        if (m_scale == ValueScale::Logarithmic)
            return std::min(std::log(value / m_start) / m_extent, 1.0);
        const double share = std::min((value - m_start) / m_extent, 1.0);
        return m_scale == ValueScale::SquareRoot ? std::sqrt(share) : share;
    }

private:
    double m_start;
    double m_extent = 1;
    ValueScale m_scale;
    bool m_hasExtent;
};

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

/// overlayOf() with all that is the same for each value of a map.
class Overlay {
public:
    Overlay(Range range, const MapStyle& style)
        : m_style(style),
          m_isAroundZero(isAroundZero(range)),
          m_most(std::clamp(style.opacity, 0.0, 1.0)),
          m_clearUpTo(style.perMapStretch ? range.low : 1.0F),
          m_isAllOrNothing(range.high <= m_clearUpTo), // a locked range can end below what is shown
          m_colours(colours(style.colourMap)),
          m_share(range.low, range.high, style.scale),
          m_below(0, -range.low, ofDifference(style.scale)),
          m_above(0, range.high, ofDifference(style.scale)),
          m_weight(m_clearUpTo, range.high, style.scale)
    {
    }

    double share(float value) const
    {
        if (!m_isAroundZero)
            return m_share.at(value);
        return value < 0 ? 0.5 - m_below.at(-value) / 2 : 0.5 + m_above.at(value) / 2;
    }

    OverlayColour at(float value) const
    {
        if (m_style.overlay == OverlayRule::Mass) // of a mask's values, which are 0 and 1
            return {{}, value > 0 ? 1.0 : 0.0};
        if (std::isnan(value) || (m_style.threshold && value < *m_style.threshold) ||
            m_style.overlay == OverlayRule::Contours)
            return {};
        const double share = this->share(value);
        const Rgb colour = m_colours[static_cast<std::size_t>(std::clamp(share * 256, 0.0, 255.0))];
        switch (m_style.overlay) {
        case OverlayRule::Flat: return {colour, m_most};
        case OverlayRule::Spotlight: return {{}, weight(value, share)};
        default: return {colour, m_most * weight(value, share)};
        }
    }

private:
    /// How opaque, as a share of the most.
    double weight(float value, double share) const
    {
        if (m_isAroundZero)
            return 2 * std::abs(share - 0.5);
        if (m_isAllOrNothing)
            return value > m_clearUpTo ? 1 : 0;
        return m_weight.at(value);
    }

    const MapStyle& m_style;
    bool m_isAroundZero;
    double m_most;
    float m_clearUpTo;
    bool m_isAllOrNothing;
    std::span<const Rgb> m_colours;
    Ramp m_share, m_below, m_above, m_weight;
};

} // namespace

double shareOf(float value, Range range, ValueScale scale)
{
    MapStyle style;
    style.scale = scale;
    return Overlay(range, style).share(value);
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
    return Overlay(range, style).at(value);
}

std::vector<std::uint8_t> overlayPixels(std::span<const float> values, Range range, const MapStyle& style)
{
    const Overlay overlay(range, style);
    std::vector<std::uint8_t> rgba(values.size() * 4);
    auto* pixel = rgba.data();
    for (const float value : values) {
        const auto [colour, opacity] = overlay.at(value);
        *pixel++ = colour.red;
        *pixel++ = colour.green;
        *pixel++ = colour.blue;
        *pixel++ = static_cast<std::uint8_t>(opacity * 255 + 0.5);
    }
    return rgba;
}

GroundTone groundOf(const MapStyle& style)
{
    constexpr double dimmed = 0.4;
    switch (style.overlay) {
    case OverlayRule::Spotlight:
    case OverlayRule::Mass: return {std::clamp(style.opacity, 0.0, 1.0), dimmed};
    case OverlayRule::HeatOnGrey: return {1, 1};
    default: return {};
    }
}

void toGround(std::span<std::uint32_t> pixels, const GroundTone& ground)
{
    // Rec. 709's weights, in whole numbers: pictures of a screen are made pixel by pixel.
    const auto share = static_cast<int>(ground.share * 256 + 0.5);
    const auto brightness = static_cast<int>(ground.brightness * 256 + 0.5);
    for (std::uint32_t& pixel : pixels) {
        const auto red = static_cast<int>(pixel >> 16 & 255), green = static_cast<int>(pixel >> 8 & 255),
                   blue = static_cast<int>(pixel & 255);
        const int grey = ((54 * red + 183 * green + 19 * blue) >> 8) * brightness >> 8;
        const auto mixed = [&](int channel) {
            return static_cast<std::uint32_t>(channel + ((grey - channel) * share >> 8));
        };
        pixel = 0xff000000U | mixed(red) << 16 | mixed(green) << 8 | mixed(blue);
    }
}

Rgb onGround(Rgb pixel, const GroundTone& ground)
{
    std::uint32_t toned = static_cast<std::uint32_t>(pixel.red << 16 | pixel.green << 8 | pixel.blue);
    toGround({&toned, 1}, ground);
    return {static_cast<std::uint8_t>(toned >> 16), static_cast<std::uint8_t>(toned >> 8),
            static_cast<std::uint8_t>(toned)};
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
