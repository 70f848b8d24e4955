// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "tools/specimens/individual.h"
#include "tools/specimens/ring_design.h"

namespace ocellus {

/// A place seen from the wing: how far out, how far back, and what is near.
struct WingPlace {
    float u = 0;      ///< 0 at the base, 1 at the outer margin of the unhurt wing
    float v = 0;      ///< 0 at the costa, 1 at the dorsum; beyond on the stub by the body
    float radius = 0; ///< forewing lengths from the base
    float edge = 0;   ///< distance to the margin as it is, tears included; negative outside; forewing lengths
    float vein = 0;   ///< signed distance to the nearest longitudinal vein, forewing lengths
    float space = 0;  ///< share of the way from one vein to the next, 0 to 1
};

/// The outline of one wing as a radius for every direction from its base, with its coordinates (u, v).
class WingMap {
public:
    /// The design's wing; `tears` are those of this wing and side.
    WingMap(const WingDesign& design, Wing wing, const std::vector<Tear>& tears);

    /// What lies at a place of the wing.
    WingPlace at(WingPoint point) const;
    /// Distance to the margin alone, as in WingPlace::edge.
    float edgeAt(WingPoint point) const;
    /// Opposite corners of the rectangle that holds the unhurt wing.
    std::array<WingPoint, 2> bounds() const;
    /// The place with these coordinates.
    WingPoint pointAt(float u, float v) const;
    /// Unit vector from the base outwards through the place with this v.
    WingPoint outwards(float v) const;

    /// Largest radius in any direction.
    float reach() const { return m_reach; }

    const std::vector<float>& veins() const { return m_veins; }

private:
    /// What is known of one direction.
    struct Ray {
        float radius = 0; ///< unhurt
        float torn = 0;   ///< as it is
        float slope = 0;  ///< derivative of `torn` by the angle
        float v = 0;
        float vein = 0;     ///< v from the nearest vein
        int spaceIndex = 0; ///< veins before this direction
    };

    void traceOutline(const std::vector<WingPoint>& outline);
    void findRange();
    void shapeMargin(float scallop, const std::vector<Tear>& tears, Wing wing);
    /// How far v is from one vein to the next, of which `index` lie before it.
    float spaceAt(float v, int index) const;
    Ray rayAt(float angle) const;

    std::vector<Ray> m_rays;
    std::vector<float> m_veins;
    float m_costa = 0; ///< angle of v = 0
    float m_dorsum = 0;
    float m_reach = 0;
};

} // namespace ocellus
