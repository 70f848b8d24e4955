// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tools/specimens/colour.h"
#include "tools/specimens/ring_design.h"

namespace ocellus {

enum class Split { Train, Val };

/// "train" or "val", as folders are called.
const char* toString(Split split);

/// Where a butterfly comes from; two with the same origin are the same.
struct Origin {
    std::uint64_t seed = 1;
    Split split = Split::Train;
    int species = 0; ///< index into speciesList()
    int index = 0;   ///< from 0 within its split and species
};

/// A piece missing from a wing's outer margin.
struct Tear {
    Wing wing = Wing::Fore;
    double v = 0.5;      ///< place on the margin, see PatternLayer
    double depth = 0.05; ///< share of the radius
    double width = 0.03; ///< in v
};

/// How one side was set and what it has been through.
struct SidePose {
    double foreTurn = 0; ///< degrees, forewards positive
    double hindTurn = 0;
    double length = 1; ///< factor
    double depth = 1;  ///< factor across the wing
    std::vector<Tear> tears;
};

enum class BackdropKind { Paper, Cork, Cotton, Foam };

/// What the butterfly is pinned on.
struct Backdrop {
    BackdropKind kind = BackdropKind::Paper;
    Colour tint;
    double contrast = 1; ///< of its texture, a factor
};

/// A slip of paper; its place and size in shares of the picture's side.
struct PaperLabel {
    double x = 0, y = 0; ///< centre
    double width = 0.2, height = 0.1;
    double turn = 0; ///< degrees, clockwise
    Colour tint;
    int lines = 3;
};

struct Pin {
    double x = 0, y = 0;         ///< in forewing lengths from the thorax' centre
    double leanX = 0, leanY = 0; ///< how far its foot lies from its head
    double radius = 0.02;        ///< of the head
    Colour colour;
};

struct Light {
    double direction = 0;     ///< degrees; where it comes from, 0 right, 90 below
    double strength = 1;      ///< of shading and shadows, a factor
    double warmth = 0;        ///< -1 bluish to 1 yellowish
    double falloff = 0;       ///< how much darker the far side of the picture is, a share
    double shadowBlur = 0.01; ///< in shares of the picture's side
};

/// What a specimen's life, or somebody's clean-up of its picture, has left on it; it tells nothing of the species.
struct Smudge {
    enum class Kind {
        Grime,  ///< a soft blot
        Filled, ///< filled from its surroundings, as inpainting leaves a place from which something was taken
        Blurred
    };
    Kind kind = Kind::Filled;
    double x = 0, y = 0; ///< centre in forewing lengths from the thorax' centre, y towards the abdomen's end
    double radiusX = 0.1, radiusY = 0.1;
    double turn = 0;        ///< degrees
    double swing = 0;       ///< how uneven its outline is, a share
    bool isMirrored = true; ///< on the other side too
    Colour tint;            ///< of grime
    double strength = 0.3;  ///< of grime, a share
};

/// Everything that varies between butterflies of one ring and carries no label. Which marks it has is no part of it.
struct Individual {
    Origin origin;
    int ring = 0;
    double x = 0.5, y = 0.5;       ///< thorax' centre, in shares of the picture's side
    double turn = 0;               ///< degrees, clockwise
    double wingLength = 0.43;      ///< the forewing's, in shares of the picture's side
    std::array<SidePose, 2> sides; ///< right in the picture, left in the picture
    ColourShift colours;
    double wear = 0;         ///< scales rubbed off, 0 to 1
    double patternScale = 1; ///< widths of bands and spots, a factor
    double patternShift = 0; ///< of the pattern towards the margin, in u
    double markScale = 1;    ///< a factor
    double markShiftU = 0;   ///< of every mark
    double markShiftV = 0;
    double abdomenLength = 0.42;          ///< in forewing lengths
    double abdomenBend = 0;               ///< degrees
    std::array<double, 2> antennaTurns{}; ///< degrees from the body's axis
    Light light;
    Backdrop backdrop;
    Pin pin;
    std::vector<PaperLabel> labels;
    std::vector<Smudge> smudges;
    /// Marks of the ring whose places look as if such a mark had been removed by inpainting. Which species the
    /// individual belongs to plays no part: where it has that mark itself, the mark lies over it.
    std::vector<int> wipedMarks;
    double wipedMargin = 0;       ///< how far beyond the mark was wiped, in shares of the picture's side
    std::uint64_t textureKey = 0; ///< of scales, hairs, fibres and handwriting
};

/// The individual of an origin, the same on every machine and for every number of individuals.
Individual makeIndividual(const Origin& origin);

} // namespace ocellus
