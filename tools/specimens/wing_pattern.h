// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "tools/specimens/individual.h"
#include "tools/specimens/ring_design.h"
#include "tools/specimens/value_noise.h"
#include "tools/specimens/wing_map.h"

namespace ocellus {

/// The colours of one wing's scales as its ring has them, without marks, wear and light.
class WingPattern {
public:
    WingPattern(const RingDesign& ring, Wing wing, const WingMap& map, const Individual& individual);

    /// The colour of the scales at a place.
    Colour at(const WingPlace& place, WingPoint point) const;

private:
    /// A layer with its centre found, where it has one.
    struct PlacedLayer {
        PatternLayer layer;
        WingPoint centre;
        WingPoint along;
    };

    float cover(const PlacedLayer& placed, const WingPlace& place, WingPoint point, float swing) const;
    WingPoint fromCentre(const PlacedLayer& placed, WingPoint point) const;

    Colour m_ground;
    std::vector<PlacedLayer> m_layers;
    float m_shift;
    float m_spaceWidth; ///< mean distance of two veins at the margin, forewing lengths
    ValueNoise m_noise;
};

} // namespace ocellus
