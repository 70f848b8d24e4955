// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// A rectangle of whole pixels: columns left ... right() - 1, rows top ... bottom() - 1.
struct PixelBox {
    int left = 0, top = 0, width = 0, height = 0;

    bool operator==(const PixelBox&) const = default;

    bool empty() const { return width < 1 || height < 1; }
    int right() const { return left + width; }
    int bottom() const { return top + height; }
    bool contains(int x, int y) const { return x >= left && x < right() && y >= top && y < bottom(); }
    std::size_t area() const
    {
        return empty() ? 0 : static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    }
    /// The place of a pixel of the box in its row-major array.
    std::size_t indexOf(int x, int y) const
    {
        return static_cast<std::size_t>(y - top) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x - left);
    }
};

inline PixelBox wholeBox(Size size)
{
    return {0, 0, size.width, size.height};
}

/// The smallest box that holds both.
PixelBox united(const PixelBox& a, const PixelBox& b);
/// What both share; an empty box where that is nothing.
PixelBox intersected(const PixelBox& a, const PixelBox& b);
/// The box with `margin` pixels more on each side, within the picture.
PixelBox grown(const PixelBox& box, int margin, Size within);
/// The pixels of the picture whose centres lie within the rectangle. Throws Error(BadArgument) where it is not finite.
PixelBox pixelsWithin(double left, double top, double right, double bottom, Size picture);
/// Throws Error(BadArgument) for an empty box and one that reaches out of the picture.
void requireWithin(const PixelBox& box, Size picture);
/// The part of the picture in the box, which must lie within it: Error(BadArgument) otherwise.
Picture cropped(const Picture& picture, const PixelBox& box);

} // namespace ocellus
