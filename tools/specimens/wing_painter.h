// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "tools/specimens/affine.h"
#include "tools/specimens/canvas.h"
#include "tools/specimens/mark_shape.h"
#include "tools/specimens/species.h"
#include "tools/specimens/wing_map.h"
#include "tools/specimens/wing_pattern.h"

namespace ocellus {

/// Draws one wing: its pattern and marks, veins, scales, wear and the light on it.
class WingPainter {
public:
    /// `toCanvas` leads from the body's coordinates (forewing lengths, y towards the abdomen's end) to pixels;
    /// `side` is 0 for the right wing as seen, 1 for the left one.
    WingPainter(const RingDesign& ring, Wing wing, int side, const Individual& individual, const Marks& marks,
                const Affine& toCanvas);

    /// `above`: the wing that lies over this one and throws its shadow on it, if any.
    void paint(Canvas& canvas, const WingPainter* above) const;

    /// One mark of this wing on the canvas: its index in the ring, its centre and the corners of what holds it.
    struct MarkPlace {
        int mark = 0;
        WingPoint centre;
        std::array<WingPoint, 4> corners;
    };
    std::vector<MarkPlace> markPlaces() const;

private:
    struct IndexedMark {
        int index = 0;
        PlacedMark mark;
    };

    /// Pattern, marks, veins and wear; `markShare` becomes how much of it is mark.
    Colour scalesAt(const WingPlace& place, WingPoint point, float& markShare) const;
    Colour worn(const Colour& scales, WingPoint point) const;
    float light(const WingPlace& place, WingPoint point) const;
    float veinStrength(const WingPlace& place) const;

    const Individual& m_individual;
    WingMap m_map;
    WingPattern m_pattern;
    std::vector<IndexedMark> m_marks;
    Affine m_toCanvas; ///< from the wing's own coordinates
    Affine m_toWing;
    WingPoint m_light; ///< unit vector towards the light, in the wing's coordinates
    float m_strength;
    float m_gloss;
    Colour m_veinColour;
    Colour m_fringe;
    ValueNoise m_scales;
    ValueNoise m_wear;
};

} // namespace ocellus
