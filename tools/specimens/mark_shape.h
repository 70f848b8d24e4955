// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "tools/specimens/ring_design.h"
#include "tools/specimens/wing_map.h"

namespace ocellus {

/// Colour and coverage that something drawn on a wing has at a point.
struct Paint {
    Colour colour;
    float cover = 0;
};

/// An eye-spot: a pale iris about a black pupil with a glint, `distance` from its centre in shares of its radius.
Paint eyeSpot(float distance, const Colour& iris, float softness);

/// One mark on one individual's wing.
class PlacedMark {
public:
    /// `colour` is the design's, shifted as the individual's colours are.
    PlacedMark(const MarkDesign& design, const Individual& individual, const WingMap& map, const Colour& colour);

    /// Whether the place lies in the rectangle outside which the mark puts nothing.
    bool holds(WingPoint point) const;
    /// What the mark puts on a place that it holds; `rag` in [-1, 1] frays its edge.
    Paint at(WingPoint point, float rag) const;

    WingPoint centre() const { return m_centre; }
    /// The corners of the rectangle that holds it.
    std::array<WingPoint, 4> corners() const;

private:
    /// Along and across the wing, from -1 to 1 within the mark.
    WingPoint ownPlace(WingPoint point) const;

    MarkShape m_shape;
    Colour m_colour;
    WingPoint m_centre;
    WingPoint m_along; ///< unit vector from the wing's base outwards
    float m_halfLength;
    float m_halfWidth;
};

} // namespace ocellus
