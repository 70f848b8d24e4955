// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <variant>

#include "core/base/hash.h"
#include "core/edit/colour_space.h"
#include "core/edit/pixel_box.h"

namespace ocellus {

// Recipes of edits. Those in the first group change the pixels of a mask and nothing else.

/// Removes by continuing the surroundings smoothly.
struct Inpaint {
    enum class Method {
        Telea,       ///< A. Telea 2004
        NavierStokes ///< M. Bertalmio et al. 2001
    };
    Method method = Method::Telea;
    double radius = 5; ///< of the surroundings of a pixel that are looked at, 1 to 100 pixels
};

/// Removes by surrounding texture: every pixel is a copy of one near the mask (coherent synthesis after
/// M. Ashikhmin 2001, refined over several passes as by P. Harrison 2001).
struct TextureFill {
    int patch = 7; ///< side of the neighbourhoods compared, odd, 3 to 21 pixels
    std::uint64_t seed = 1;
};

/// Changes colour in OKLCh (the polar form of OKLab).
struct Recolour {
    double hue = 0;       ///< degrees added, -360 to 360
    double chroma = 1;    ///< factor of saturation, 0 to 10
    double lightness = 0; ///< added to a range of 0 to 1, -1 to 1
};

/// "Take the colour from here": hue and chroma become the colour's, the mean lightness of the mask (weighted by it)
/// its lightness; differences of lightness, that is shading, stay.
struct TakeColour {
    Rgb colour;
};

/// Gaussian blur.
struct Blur {
    double deviation = 5; ///< pixels, 0 to 100
};

/// Adds to each channel of each pixel a bell-shaped random number that depends on seed and place alone.
struct Noise {
    double deviation = 30; ///< of 255, 0 to 255
    std::uint64_t seed = 1;
};

/// One colour: the mean of the 8-bit values, which are what a model is given.
struct MeanFill {
    enum class Of { Mask, Picture };
    Of of = Of::Picture;
};

/// Puts the pixel at (x + dx, y + dy) of the source on each (x, y) of the mask.
struct CopyPatch {
    int dx = 0, dy = 0;   ///< within a million
    bool poisson = false; ///< keep the patch's gradients and take the surroundings' colour (P. Perez et al. 2003)
    std::shared_ptr<const Picture> source; ///< null: the picture itself, as it is at this step
};

/// Mirrors the mask's box.
struct Flip {
    enum class Axis {
        LeftRight, ///< what is left goes to the right
        TopBottom
    };
    Axis axis = Axis::LeftRight;
};

// With or without a mask; without one they change the whole picture.

struct Brightness {
    double shift = 0; ///< added to the values, as a share of 255: -1 to 1
};

struct Contrast {
    double factor = 1; ///< of a value's distance from the middle, 127.5: 0 to 10
};

// Of the whole picture: these take no mask and can change its size.

struct Crop {
    PixelBox box;
};

/// Whole quarter turns are exact and swap the sides; other angles keep the size, interpolate bilinearly about the
/// centre, and mirror the picture into the corners that become free.
struct Rotate {
    double degrees = 0; ///< clockwise, -360 to 360
};

using Operation = std::variant<Inpaint, TextureFill, Recolour, TakeColour, Blur, Noise, MeanFill, CopyPatch, Flip,
                               Brightness, Contrast, Crop, Rotate>;

/// With the parameters' defaults; `kind` is the operation's index, below std::variant_size_v<Operation>.
Operation operationOfKind(std::size_t kind);

/// A patch from another picture, of which only the part that the mask's box needs is kept: the pixel (x, y) of the
/// mask gets (x + dx, y + dy) of the other one. Throws Error(BadArgument) where that reaches out of it.
CopyPatch patchFrom(const Picture& other, const PixelBox& target, int dx, int dy);

/// Throws Error(BadArgument) for a value that is out of the ranges given above.
void requireValid(const Operation& operation);

/// Of kind, parameters and, for a patch, the source's pixels.
ContentKey contentKey(const Operation& operation);

} // namespace ocellus
