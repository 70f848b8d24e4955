// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <type_traits>
#include <variant>

#include "core/edit/operation.h"

namespace ocellus {

/// What a number may be.
struct FieldRange {
    double least, most;
};

/// The names of operations in files, in the order of Operation.
inline constexpr std::array operationNames{"inpaint",  "texture-fill", "recolour", "take-colour", "blur",
                                           "noise",    "mean-fill",    "copy",     "flip",        "brightness",
                                           "contrast", "crop",         "rotate"};
static_assert(operationNames.size() == std::variant_size_v<Operation>);

inline constexpr int maxPixelCoordinate = 1'000'000'000;
inline constexpr std::array inpaintMethodNames{"telea", "navier-stokes"};
inline constexpr std::array meanNames{"mask", "picture"};
inline constexpr std::array axisNames{"left-right", "top-bottom"};

/// Calls `field(name, member, limits)` for each parameter of an operation: the one description by which parameters
/// are checked, hashed, written and read. `limits` is a FieldRange or the names of an enum's values.
template <class OperationType, class Visitor>
void visitFields(OperationType& operation, Visitor&& field)
{
    using Type = std::remove_const_t<OperationType>;
    constexpr FieldRange any{0, 0}, offset{-1e6, 1e6}, pixel{0, maxPixelCoordinate};
    if constexpr (std::is_same_v<Type, Inpaint>) {
        field("method", operation.method, inpaintMethodNames);
        field("radius", operation.radius, FieldRange{1, 100});
    } else if constexpr (std::is_same_v<Type, TextureFill>) {
        field("patch", operation.patch, FieldRange{3, 21});
        field("seed", operation.seed, any);
    } else if constexpr (std::is_same_v<Type, Recolour>) {
        field("hue", operation.hue, FieldRange{-360, 360});
        field("chroma", operation.chroma, FieldRange{0, 10});
        field("lightness", operation.lightness, FieldRange{-1, 1});
    } else if constexpr (std::is_same_v<Type, TakeColour>) {
        field("colour", operation.colour, any);
    } else if constexpr (std::is_same_v<Type, Blur>) {
        field("deviation", operation.deviation, FieldRange{0, 100});
    } else if constexpr (std::is_same_v<Type, Noise>) {
        field("deviation", operation.deviation, FieldRange{0, 255});
        field("seed", operation.seed, any);
    } else if constexpr (std::is_same_v<Type, MeanFill>) {
        field("of", operation.of, meanNames);
    } else if constexpr (std::is_same_v<Type, CopyPatch>) {
        field("dx", operation.dx, offset);
        field("dy", operation.dy, offset);
        field("poisson", operation.poisson, any);
        field("source", operation.source, any);
    } else if constexpr (std::is_same_v<Type, Flip>) {
        field("axis", operation.axis, axisNames);
    } else if constexpr (std::is_same_v<Type, Brightness>) {
        field("shift", operation.shift, FieldRange{-1, 1});
    } else if constexpr (std::is_same_v<Type, Contrast>) {
        field("factor", operation.factor, FieldRange{0, 10});
    } else if constexpr (std::is_same_v<Type, Crop>) {
        field("left", operation.box.left, pixel);
        field("top", operation.box.top, pixel);
        field("width", operation.box.width, FieldRange{1, maxPixelCoordinate});
        field("height", operation.box.height, FieldRange{1, maxPixelCoordinate});
    } else {
        static_assert(std::is_same_v<Type, Rotate>);
        field("degrees", operation.degrees, FieldRange{-360, 360});
    }
}

} // namespace ocellus
