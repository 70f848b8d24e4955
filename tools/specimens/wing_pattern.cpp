// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/wing_pattern.h"

#include <cmath>
#include <numbers>

namespace ocellus {

namespace {

/// 1 from `low` to `high` with soft edges.
float within(float low, float high, float softness, float value)
{
    return smoothStep(low - softness / 2, low + softness / 2, value) *
           (1 - smoothStep(high - softness / 2, high + softness / 2, value));
}

} // namespace

WingPattern::WingPattern(const RingDesign& ring, Wing wing, const WingMap& map, const Individual& individual)
    : m_ground(shifted(wing == Wing::Fore ? ring.fore.ground : ring.hind.ground, individual.colours)),
      m_shift(static_cast<float>(individual.patternShift)),
      m_spaceWidth(map.reach() * 0.11F),
      m_noise(individual.textureKey + 11)
{
    const auto scale = static_cast<float>(individual.patternScale);
    for (PatternLayer layer : ring.pattern) {
        if (layer.wing != wing)
            continue;
        layer.colour = shifted(layer.colour, individual.colours);
        switch (layer.kind) {
        case RingLayerKind::Band: {
            const float middle = (layer.u0 + layer.u1) / 2;
            layer.u0 = middle + (layer.u0 - middle) * scale;
            layer.u1 = layer.u1 >= 1 ? 2 : middle + (layer.u1 - middle) * scale;
            break;
        }
        case RingLayerKind::Spot: layer.v1 *= scale; [[fallthrough]];
        case RingLayerKind::Dots:
        case RingLayerKind::Lunules: layer.u1 *= scale; break;
        default: break;
        }
        m_layers.push_back({layer, map.pointAt(layer.u0 + m_shift, layer.v0), map.outwards(layer.v0)});
    }
}

WingPoint WingPattern::fromCentre(const PlacedLayer& placed, WingPoint point) const
{
    const WingPoint off = {point.x - placed.centre.x, point.y - placed.centre.y};
    return {off.x * placed.along.x + off.y * placed.along.y, off.y * placed.along.x - off.x * placed.along.y};
}

float WingPattern::cover(const PlacedLayer& placed, const WingPlace& place, WingPoint point, float swing) const
{
    const PatternLayer& layer = placed.layer;
    const float u = place.u - m_shift;
    const float middle = 2 * place.space - 1; // -1 at one vein, 1 at the next
    switch (layer.kind) {
    case RingLayerKind::Base: return 1 - smoothStep(layer.u0, layer.u1, u + 0.08F * swing);
    case RingLayerKind::Band: {
        const float edge = u + layer.wave * (middle * middle - 0.5F) + 0.02F * swing;
        return within(layer.u0, layer.u1, layer.softness, edge) *
               within(layer.v0, layer.v1, 3 * layer.softness, place.v + 0.02F * swing);
    }
    case RingLayerKind::Dots: {
        const float distance =
            std::hypot((u - layer.u0) * place.radius / std::max(place.u, 0.1F), middle * m_spaceWidth / 2) / layer.u1;
        return (1 - smoothStep(0.75F, 1.05F, distance)) * within(layer.v0, layer.v1, 0.01F, place.v);
    }
    case RingLayerKind::Spot: {
        const WingPoint off = fromCentre(placed, point);
        const float softness = layer.softness / layer.u1;
        return 1 -
               smoothStep(1 - softness, 1 + softness, std::hypot(off.x / layer.u1, off.y / layer.v1) + 0.08F * swing);
    }
    case RingLayerKind::Veins:
        return smoothStep(layer.u0, layer.u0 + 0.15F, u) *
               (1 - smoothStep(layer.u1 * 0.5F, layer.u1, std::abs(place.vein) + 0.15F * layer.u1 * swing));
    case RingLayerKind::Lunules: {
        const float bow = u - layer.u0 + layer.wave * middle * middle;
        return within(-layer.u1, layer.u1, layer.u1, bow) * within(layer.v0, layer.v1, 0.01F, place.v) *
               (1 - smoothStep(0.6F, 0.85F, std::abs(middle)));
    }
    }
    return 0;
}

Colour WingPattern::at(const WingPlace& place, WingPoint point) const
{
    const float swing = m_noise.rough(14 * point.x, 14 * point.y);
    Colour colour = m_ground;
    for (const PlacedLayer& placed : m_layers) {
        const float share = cover(placed, place, point, swing);
        if (share > 0)
            colour = mix(colour, placed.layer.colour, share);
    }
    return colour;
}

} // namespace ocellus
