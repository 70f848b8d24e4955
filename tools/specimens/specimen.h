// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/picture.h"
#include "tools/specimens/individual.h"
#include "tools/specimens/species.h"

namespace ocellus {

/// Sides of the square pictures, in pixels.
constexpr int smallestSpecimenSide = 64;
constexpr int largestSpecimenSide = 2048;

/// Where one mark lies on one wing, in pixels of the picture.
struct DrawnMark {
    int mark = 0; ///< index into RingDesign::marks
    int side = 0; ///< 0 right as seen, 1 left
    Point centre;
    double left = 0, top = 0, width = 0, height = 0; ///< upright box that holds it
};

/// A drawn butterfly.
struct Specimen {
    Picture picture;
    std::vector<std::uint8_t> marks; ///< 255 where a mark makes up at least half of the pixel, else 0; row by row
    std::vector<DrawnMark> places;   ///< each mark twice, once a side
};

/// Draws the individual as if it had these marks of its ring; nothing else depends on them. The same arguments give the
/// same pixels on any thread. Throws Error(BadArgument) for a side outside the limits or a mark that the ring lacks.
Specimen drawSpecimen(const Individual& individual, const Marks& marks, int side);

/// Where its ring's marks lie on an individual, or would: each of `marks` on either side. Throws as drawSpecimen.
std::vector<DrawnMark> markPlaces(const Individual& individual, const Marks& marks, int side);

/// 255 where two pictures of one size differ in any channel, else 0.
std::vector<std::uint8_t> changedPixels(const Picture& first, const Picture& second);

} // namespace ocellus
