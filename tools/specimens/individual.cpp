// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/individual.h"

#include <cmath>

#include "core/base/random.h"
#include "tools/specimens/species.h"

namespace ocellus {

namespace {

std::vector<Tear> makeTears(RandomStream& random, double wear)
{
    std::vector<Tear> tears;
    const int most = random.chance(0.25 + 0.5 * wear) ? 1 + random.below(4) : 0;
    for (int i = 0; i < most; ++i) {
        Tear tear;
        tear.wing = random.chance(0.5) ? Wing::Fore : Wing::Hind;
        tear.v = random.uniform(0.12, 0.95);
        tear.depth = random.uniform(0.02, 0.06 + 0.08 * wear);
        tear.width = random.uniform(0.012, 0.045);
        tears.push_back(tear);
    }
    return tears;
}

std::array<SidePose, 2> makeSides(RandomStream& random, double wear)
{
    const double fore = random.normal(4);
    const double hind = random.normal(3.5);
    const double depth = 1 + random.normal(0.035);
    // Now and then a setter has had a bad day.
    const double asymmetry = random.chance(0.12) ? 4.5 : 1.0;
    std::array<SidePose, 2> sides;
    for (SidePose& side : sides) {
        side.foreTurn = fore + random.normal(asymmetry);
        side.hindTurn = hind + random.normal(asymmetry);
        side.length = 1 + random.normal(0.012);
        side.depth = depth + random.normal(0.01);
        side.tears = makeTears(random, wear);
    }
    return sides;
}

Light makeLight(RandomStream& random)
{
    Light light;
    light.direction = random.chance(0.8) ? random.uniform(190, 350) : random.uniform(0, 360);
    light.strength = random.uniform(0.55, 1.25);
    light.warmth = random.normal(0.45);
    light.falloff = random.uniform(0, 0.22);
    light.shadowBlur = random.uniform(0.006, 0.02);
    return light;
}

Backdrop makeBackdrop(RandomStream& random)
{
    Backdrop backdrop;
    backdrop.kind = static_cast<BackdropKind>(random.below(4));
    const ColourShift shift = {random.normal(3), random.uniform(0.5, 1.15), random.uniform(0.88, 1.04)};
    switch (backdrop.kind) {
    case BackdropKind::Paper: backdrop.tint = rgb(236, 229, 212); break;
    case BackdropKind::Cork: backdrop.tint = rgb(190, 150, 108); break;
    case BackdropKind::Cotton: backdrop.tint = rgb(226, 226, 224); break;
    case BackdropKind::Foam: backdrop.tint = random.chance(0.6) ? rgb(240, 240, 238) : rgb(176, 184, 186); break;
    }
    backdrop.tint = shifted(backdrop.tint, shift);
    backdrop.contrast = random.uniform(0.6, 1.3);
    return backdrop;
}

Pin makePin(RandomStream& random)
{
    constexpr std::array<Colour, 4> heads = {rgb(52, 50, 50), rgb(176, 174, 168), rgb(196, 160, 84), rgb(30, 28, 34)};
    Pin pin;
    pin.x = random.normal(0.008);
    pin.y = random.normal(0.015);
    pin.leanX = random.normal(0.05);
    pin.leanY = random.normal(0.05);
    pin.radius = random.uniform(0.015, 0.023);
    pin.colour = heads[static_cast<std::size_t>(random.below(static_cast<int>(heads.size())))];
    return pin;
}

std::vector<PaperLabel> makeLabels(RandomStream& random)
{
    std::vector<PaperLabel> labels;
    const int count = random.chance(0.25) ? 0 : 1 + random.below(2);
    const bool leftFirst = random.chance(0.5);
    for (int i = 0; i < count; ++i) {
        PaperLabel label;
        label.width = random.uniform(0.16, 0.24);
        label.height = random.uniform(0.08, 0.13);
        const double fromEdge = label.width / 2 + random.uniform(-0.03, 0.05);
        label.x = (i == 0) == leftFirst ? fromEdge : 1 - fromEdge;
        label.y = 1 - label.height / 2 - random.uniform(-0.02, 0.05);
        label.turn = random.normal(4);
        label.tint =
            shifted(rgb(244, 238, 220), {random.normal(5), random.uniform(0.4, 1.6), random.uniform(0.9, 1.02)});
        label.lines = 2 + random.below(3);
        labels.push_back(label);
    }
    return labels;
}

std::vector<Smudge> makeSmudges(RandomStream& random)
{
    constexpr std::array<Colour, 4> tints = {rgb(92, 78, 62), rgb(150, 140, 126), rgb(206, 196, 176), rgb(50, 44, 40)};
    std::vector<Smudge> smudges;
    for (int left = random.below(4); left > 0; --left) {
        Smudge smudge;
        const double kind = random.uniform();
        smudge.kind = kind < 0.35 ? Smudge::Kind::Grime : kind < 0.85 ? Smudge::Kind::Filled : Smudge::Kind::Blurred;
        smudge.x = random.uniform(-0.9, 0.9);
        smudge.y = random.uniform(-0.68, 0.6);
        smudge.radiusX = random.uniform(0.05, 0.14);
        smudge.radiusY = random.uniform(0.05, 0.14);
        smudge.turn = random.uniform(0, 180);
        smudge.swing = random.uniform(0, 0.2);
        smudge.isMirrored = random.chance(0.7);
        smudge.tint = tints[static_cast<std::size_t>(random.below(static_cast<int>(tints.size())))];
        smudge.strength = random.uniform(0.12, 0.4);
        smudges.push_back(smudge);
    }
    return smudges;
}

std::vector<int> makeWipedMarks(RandomStream& random, int marks)
{
    std::vector<int> wiped;
    for (int mark = 0; mark < marks; ++mark)
        if (random.chance(0.4))
            wiped.push_back(mark);
    return wiped;
}

} // namespace

const char* toString(Split split)
{
    return split == Split::Train ? "train" : "val";
}

Individual makeIndividual(const Origin& origin)
{
    RandomStream random({origin.seed, static_cast<std::uint64_t>(origin.split),
                         static_cast<std::uint64_t>(origin.species), static_cast<std::uint64_t>(origin.index)});
    Individual individual;
    individual.origin = origin;
    individual.ring = origin.species / speciesPerRing;
    individual.textureKey = random.next();
    individual.x = 0.5 + random.normal(0.014);
    individual.y = 0.5 + random.normal(0.014);
    individual.turn = random.normal(5);
    individual.wingLength = random.uniform(0.40, 0.455);
    individual.colours = {random.normal(4), 1 + random.normal(0.08), 1 + random.normal(0.06)};
    individual.wear = std::pow(random.uniform(), 1.6);
    individual.sides = makeSides(random, individual.wear);
    individual.patternScale = 1 + random.normal(0.06);
    individual.patternShift = random.normal(0.012);
    individual.markScale = 1 + random.normal(0.06);
    individual.markShiftU = random.normal(0.012);
    individual.markShiftV = random.normal(0.015);
    individual.abdomenLength = random.uniform(0.38, 0.46);
    individual.abdomenBend = random.normal(3);
    for (double& turn : individual.antennaTurns)
        turn = random.uniform(22, 42);
    individual.light = makeLight(random);
    individual.backdrop = makeBackdrop(random);
    individual.pin = makePin(random);
    individual.labels = makeLabels(random);
    individual.smudges = makeSmudges(random);
    const RingDesign& ring = ringDesigns().at(static_cast<std::size_t>(individual.ring));
    individual.wipedMarks = makeWipedMarks(random, static_cast<int>(ring.marks.size()));
    individual.wipedMargin = random.uniform(0, 0.012);
    return individual;
}

} // namespace ocellus
