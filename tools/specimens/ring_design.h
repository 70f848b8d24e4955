// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "tools/specimens/colour.h"

namespace ocellus {

enum class Wing { Fore, Hind };

/// A place on a wing, in forewing lengths from the wing's base: x away from the body, y towards the abdomen's end.
struct WingPoint {
    float x = 0, y = 0;
};

/// What a layer of a wing's pattern draws. Places are (u, v): u from the base (0) to the outer margin (1), v from
/// the costa, the leading edge (0), to the dorsum, the trailing edge (1).
enum class RingLayerKind {
    Base,   ///< a suffusion from the base to u1, gone at u0
    Band,   ///< between u0 and u1, from v0 to v1
    Dots,   ///< one dot of radius u1 between each pair of veins at u0, from v0 to v1
    Spot,   ///< an ellipse about (u0, v0), radii u1 along and v1 across the wing
    Veins,  ///< the veins, u1 wide, from u0 outwards
    Lunules ///< a crescent between each pair of veins at u0 of half width u1, from v0 to v1
};

/// One layer; later ones lie over earlier ones. Lengths are in forewing lengths.
struct PatternLayer {
    RingLayerKind kind = RingLayerKind::Band;
    Wing wing = Wing::Fore;
    Colour colour;
    float u0 = 0, u1 = 1, v0 = 0, v1 = 1;
    float softness = 0.02F; ///< width of the edge
    float wave = 0;         ///< how far an edge swings between the veins
};

enum class MarkShape { Dot, Eye, Ray, Bar };

/// A small mark that tells a species from its ring partners; it lies on both wing sides.
struct MarkDesign {
    std::string name; ///< "white apical spot"
    MarkShape shape = MarkShape::Dot;
    Wing wing = Wing::Fore;
    Colour colour;
    float u = 0.5F, v = 0.5F;
    float length = 0.15F; ///< along the wing, in forewing lengths
    float width = 0.15F;  ///< across the wing
};

/// One wing of a kind: its outline from the base along the costa, and the veins' places.
struct WingDesign {
    std::vector<WingPoint> outline;
    std::vector<float> veins; ///< v of each, ascending
    float scallop = 0;        ///< how far the margin swings between the veins, as a share of the radius
    Colour ground;
};

/// What the species of one mimicry ring share, and the marks by which they differ. Around its two marks a ring looks
/// alike where they differ in colour, and different where they differ in place alone, so that what is next to a mark
/// tells where it is.
struct RingDesign {
    std::string name;
    WingDesign fore;
    WingDesign hind;
    std::vector<PatternLayer> pattern;
    Colour body;
    Colour hair;
    bool banded = false;           ///< the abdomen
    float gloss = 0;               ///< how metallic the scales are, 0 to 1
    std::vector<MarkDesign> marks; ///< all that occur in the ring
};

/// The rings in their order.
const std::vector<RingDesign>& ringDesigns();

} // namespace ocellus
