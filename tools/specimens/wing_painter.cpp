// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/wing_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ocellus {

namespace {

constexpr float pi = std::numbers::pi_v<float>;

/// From the wing's own coordinates to the body's.
Affine wingToBody(Wing wing, int side, const SidePose& pose)
{
    const bool isFore = wing == Wing::Fore;
    const Affine mirrored = Affine::scaled(side == 0 ? 1.0F : -1.0F, 1);
    const Affine base = isFore ? Affine::moved(0.045F, -0.055F) : Affine::moved(0.045F, 0.04F);
    const auto length = static_cast<float>(pose.length);
    // Forewards is against the clock for the right wing; the left one is its mirror image.
    return mirrored * base * Affine::turned(isFore ? -pose.foreTurn : -pose.hindTurn) *
           Affine::scaled(length, length * static_cast<float>(pose.depth));
}

WingPoint unit(WingPoint v)
{
    const float length = std::max(std::hypot(v.x, v.y), 1e-6F);
    return {v.x / length, v.y / length};
}

WingPoint towardsLight(double degrees)
{
    const double angle = degrees * std::numbers::pi / 180;
    return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

} // namespace

WingPainter::WingPainter(const RingDesign& ring, Wing wing, int side, const Individual& individual, const Marks& marks,
                         const Affine& toCanvas)
    : m_individual(individual),
      m_map(wing == Wing::Fore ? ring.fore : ring.hind, wing, individual.sides[static_cast<std::size_t>(side)].tears),
      m_pattern(ring, wing, m_map, individual),
      m_toCanvas(toCanvas * wingToBody(wing, side, individual.sides[static_cast<std::size_t>(side)])),
      m_toWing(m_toCanvas.inverse()),
      m_light(unit(m_toWing.direction(towardsLight(individual.light.direction)))),
      m_strength(static_cast<float>(individual.light.strength)),
      m_gloss(ring.gloss),
      m_veinColour(
          shifted(mix(ring.body, wing == Wing::Fore ? ring.fore.ground : ring.hind.ground, 0.2F), individual.colours)),
      m_fringe(shifted(mix(ring.hair, rgb(236, 226, 204), 0.6F), individual.colours)),
      m_scales(individual.textureKey + static_cast<std::uint64_t>(2 * side + 1)),
      m_wear(individual.textureKey + static_cast<std::uint64_t>(20 + 4 * side + (wing == Wing::Fore ? 0 : 1)))
{
    for (const int index : marks) {
        const MarkDesign& design = ring.marks.at(static_cast<std::size_t>(index));
        if (design.wing == wing)
            m_marks.push_back(
                {index, PlacedMark(design, individual, m_map, shifted(design.colour, individual.colours))});
    }
}

Colour WingPainter::worn(const Colour& scales, WingPoint point) const
{
    // Where scales are rubbed off, the membrane shows.
    constexpr Colour membrane = rgb(172, 158, 138);
    const auto wear = static_cast<float>(m_individual.wear);
    const float patches = m_wear.rough(5 * point.x, 5 * point.y) + 0.35F * m_wear.at(60 * point.x, 60 * point.y);
    return mix(scales, membrane, 0.55F * wear * smoothStep(0.62F - 0.35F * wear, 0.95F - 0.2F * wear, patches));
}

float WingPainter::veinStrength(const WingPlace& place) const
{
    // The median veins begin at the end of the discal cell; a cross-vein closes it.
    const std::vector<float>& veins = m_map.veins();
    const float cellBegin = veins[2];
    const float cellEnd = veins[5];
    const float across = (place.v - cellBegin) / (cellEnd - cellBegin);
    const float closing = 0.52F - 0.05F * std::sin(across * pi);
    const float width = 0.0042F + 0.004F * (1 - place.u);
    const bool isInCell = across > 0.06F && across < 0.94F;
    float strength = 1 - smoothStep(0.4F * width, width, std::abs(place.vein));
    if (isInCell)
        strength *= smoothStep(closing - 0.01F, closing + 0.01F, place.u);
    if (across > 0 && across < 1)
        strength = std::max(strength, 1 - smoothStep(0.002F, 0.006F, std::abs(place.u - closing)));
    return strength * smoothStep(0.03F, 0.1F, place.u);
}

float WingPainter::light(const WingPlace& place, WingPoint point) const
{
    const WingPoint out = unit(point);
    const float alongLight = out.x * m_light.x + out.y * m_light.y;
    const float acrossLight = out.x * m_light.y - out.y * m_light.x;
    // The membrane bulges between the veins, and the wing as a whole is slightly arched.
    float light =
        1 + 0.10F * m_strength * acrossLight * std::cos(pi * place.space) * -1 * smoothStep(0.1F, 0.4F, place.u);
    const float ridge = place.vein / 0.007F;
    light += 0.22F * m_strength * acrossLight * ridge * std::exp(-ridge * ridge);
    light += 0.16F * m_strength * alongLight * (place.u - 0.55F);
    light -= 0.45F * (1 - smoothStep(0.0F, 0.16F, place.radius));
    // Scales lie in rows across the wing, like tiles.
    const float rows = 150 * place.radius;
    const float angle = place.v * 90;
    light += 0.055F * m_scales.at(rows, angle) + 0.05F * m_scales.at(0.33F * rows, 1.7F * angle);
    light += 0.045F * m_scales.rough(7 * point.x + 3, 7 * point.y);
    if (m_gloss > 0) {
        const float lobe = 0.5F + 0.5F * std::cos(2.6F * (place.v - 0.35F - 0.5F * acrossLight) + 1.5F * place.u);
        light += m_gloss * (0.55F * lobe * lobe - 0.18F);
    }
    return light;
}

Colour WingPainter::scalesAt(const WingPlace& place, WingPoint point, float& markShare) const
{
    Colour colour = m_pattern.at(place, point);
    for (const IndexedMark& entry : m_marks) {
        if (!entry.mark.holds(point))
            continue;
        // Scales end raggedly, and veins notch a spot.
        const float middle = 2 * place.space - 1;
        const float rag = 0.45F * m_wear.at(17 * point.x, 17 * point.y) +
                          0.2F * m_scales.at(90 * point.x, 90 * point.y) +
                          0.35F * (2 * middle * middle * middle * middle - 1);
        const Paint paint = entry.mark.at(point, rag);
        colour = mix(colour, paint.colour, paint.cover);
        markShare = std::max(markShare, paint.cover);
    }
    colour = mix(colour, m_veinColour, 0.5F * veinStrength(place));
    // The fringe beyond the last scales, paler between the veins.
    const float fringe = (1 - smoothStep(0.004F, 0.016F, place.edge)) * smoothStep(0.06F, 0.2F, place.v) *
                         (1 - smoothStep(0.85F, 0.96F, place.v));
    colour = mix(colour, m_fringe, fringe * (0.25F + 0.4F * std::sin(pi * place.space)));
    return worn(colour, point);
}

void WingPainter::paint(Canvas& canvas, const WingPainter* above) const
{
    const float pixel = std::sqrt(std::abs(m_toWing.xx * m_toWing.yy - m_toWing.xy * m_toWing.yx));
    const auto [low, high] = m_map.bounds();
    const std::array<WingPoint, 4> corners = {m_toCanvas(low), m_toCanvas(high), m_toCanvas({low.x, high.y}),
                                              m_toCanvas({high.x, low.y})};
    const auto [left, right] = std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
    const auto [top, bottom] = std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
    const PixelRange rows(top, bottom, 2, canvas.side());
    const PixelRange columns(left, right, 2, canvas.side());
    // The upper wing's shadow falls away from the light.
    const WingPoint source = towardsLight(m_individual.light.direction);
    const float throwLength = 0.022F / pixel;
    const Affine toUpper =
        above == nullptr ? Affine() : above->m_toWing * Affine::moved(source.x * throwLength, source.y * throwLength);
    const float shadow = 0.42F * std::min(m_strength, 1.0F);
    for (int row = rows.begin; row < rows.end; ++row)
        for (int column = columns.begin; column < columns.end; ++column) {
            const WingPoint at = {static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F};
            const WingPoint point = m_toWing(at);
            const WingPlace place = m_map.at(point);
            const float alpha = std::clamp(place.edge / pixel + 0.5F, 0.0F, 1.0F);
            if (alpha <= 0)
                continue;
            float markShare = 0;
            const Colour colour = scalesAt(place, point, markShare);
            float brightness = light(place, point) * (0.75F + 0.25F * smoothStep(0, 0.012F, place.edge));
            if (above != nullptr)
                brightness *= 1 - shadow * smoothStep(-0.035F, 0.012F, above->m_map.edgeAt(toUpper(at)));
            canvas.blend(column, row, colour * std::max(brightness, 0.0F), alpha, markShare);
        }
}

std::vector<WingPainter::MarkPlace> WingPainter::markPlaces() const
{
    std::vector<MarkPlace> places;
    for (const IndexedMark& entry : m_marks) {
        MarkPlace place{entry.index, m_toCanvas(entry.mark.centre()), entry.mark.corners()};
        for (WingPoint& corner : place.corners)
            corner = m_toCanvas(corner);
        places.push_back(place);
    }
    return places;
}

} // namespace ocellus
