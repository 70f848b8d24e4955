// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/edit/edit.h"

namespace ocellus {

/// Where control edits may lie.
struct ControlOptions {
    int count = 20; ///< 1 to 1,000
    std::uint64_t seed = 1;
    Mask animal;              ///< of the picture; none: anywhere
    double onAnimal = 0.7;    ///< share of each of the shape's parts that lies on the animal, at least; 0 to 1
    double onReal = 0.1;      ///< share of the shape that lies on the real edit's, at most; 0 to 1
    double spacing = 1.0 / 8; ///< two controls are this share of the shape's box apart, along one axis at least
};

/// The same change at other places.
struct ControlEdits {
    EditList edits; ///< as many as were asked for, or as there were places
    int asked = 0;

    bool isShort() const { return static_cast<int>(edits.size()) < asked; }
    /// "5 of 20 control places", for people; empty where nothing is short.
    std::string shortfall() const;
};

/// The edit's operation with its mask's shape moved to random places, wholly within the picture. A patch of the picture
/// itself comes from as far away as the real edit's (from within the picture), one of another picture stays the same
/// patch. The same input gives the same controls, and a smaller count the first ones of a larger one.
/// In pictures above half a megapixel, places are whole blocks of pixels away from the real one.
/// Throws Error: BadArgument for options out of range and an edit without a mask or with an empty one, Mismatch where
/// the two masks are not of pictures of one size.
ControlEdits controlEdits(const Edit& real, const ControlOptions& options);

/// An estimate of where the animal is: GrabCut from a rectangle a fiftieth of each side within the picture, at no more
/// than 32,768 pixels. It takes the animal to differ in colour from the picture's frame; empty where it finds nothing.
Mask estimatedAnimal(const Picture& picture);

} // namespace ocellus
