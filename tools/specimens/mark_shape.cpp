// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/mark_shape.h"

#include <cmath>

namespace ocellus {

namespace {

constexpr float softEdge = 0.18F;

float inside(float distance)
{
    return 1 - smoothStep(1 - softEdge, 1, distance);
}

/// From 0 at the centre to 1 at the rim of a rectangle with round corners.
float boxDistance(float p, float q)
{
    const float p2 = p * p;
    const float q2 = q * q;
    return std::sqrt(std::sqrt(p2 * p2 + q2 * q2));
}

/// How much of (p, q) the shape covers; it lies within [-1, 1] in both.
float cover(MarkShape shape, float p, float q)
{
    switch (shape) {
    case MarkShape::Dot:
    case MarkShape::Eye: return inside(std::hypot(p, q));
    case MarkShape::Ray: return inside(std::hypot(p, q / (0.72F + 0.28F * p)));
    case MarkShape::Bar: return inside(boxDistance(p, q));
    }
    return 0;
}

} // namespace

Paint eyeSpot(float distance, const Colour& iris, float softness)
{
    constexpr Colour rim = rgb(40, 28, 22);
    constexpr Colour pupil = rgb(18, 16, 22);
    constexpr Colour glint = rgb(206, 222, 240);
    Colour colour = mix(iris, rim, smoothStep(0.80F, 0.92F, distance));
    colour = mix(pupil, colour, smoothStep(0.50F, 0.60F, distance));
    colour = mix(glint, colour, smoothStep(0.12F, 0.24F, distance));
    return {colour, 1 - smoothStep(1 - softness, 1, distance)};
}

PlacedMark::PlacedMark(const MarkDesign& design, const Individual& individual, const WingMap& map, const Colour& colour)
    : m_shape(design.shape),
      m_colour(colour),
      m_halfLength(design.length / 2 * static_cast<float>(individual.markScale)),
      m_halfWidth(design.width / 2 * static_cast<float>(individual.markScale))
{
    const float v = design.v + static_cast<float>(individual.markShiftV);
    m_centre = map.pointAt(design.u + static_cast<float>(individual.markShiftU), v);
    m_along = map.outwards(v);
}

WingPoint PlacedMark::ownPlace(WingPoint point) const
{
    const WingPoint off = {point.x - m_centre.x, point.y - m_centre.y};
    return {(off.x * m_along.x + off.y * m_along.y) / m_halfLength,
            (off.y * m_along.x - off.x * m_along.y) / m_halfWidth};
}

bool PlacedMark::holds(WingPoint point) const
{
    const WingPoint own = ownPlace(point);
    return std::abs(own.x) < 1 && std::abs(own.y) < 1;
}

Paint PlacedMark::at(WingPoint point, float rag) const
{
    const WingPoint own = ownPlace(point);
    // At least 1, so that nothing is cut by the rectangle.
    const float frayed = 1.11F + 0.11F * rag;
    if (m_shape == MarkShape::Eye)
        return eyeSpot(std::hypot(own.x, own.y) * (1.03F + 0.03F * rag), m_colour, softEdge);
    return {m_colour * (1 + 0.04F * rag), cover(m_shape, own.x * frayed, own.y * frayed)};
}

std::array<WingPoint, 4> PlacedMark::corners() const
{
    const WingPoint along = {m_along.x * m_halfLength, m_along.y * m_halfLength};
    const WingPoint across = {-m_along.y * m_halfWidth, m_along.x * m_halfWidth};
    return {{{m_centre.x + along.x + across.x, m_centre.y + along.y + across.y},
             {m_centre.x + along.x - across.x, m_centre.y + along.y - across.y},
             {m_centre.x - along.x - across.x, m_centre.y - along.y - across.y},
             {m_centre.x - along.x + across.x, m_centre.y - along.y + across.y}}};
}

} // namespace ocellus
