// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/pixel_box.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

PixelBox fromEdges(int left, int top, int right, int bottom)
{
    if (right <= left || bottom <= top)
        return {};
    return {left, top, right - left, bottom - top};
}

/// The first pixel whose centre is not left of the coordinate.
int firstCentreFrom(double coordinate, int count)
{
    return static_cast<int>(std::clamp(std::ceil(coordinate - 0.5), 0.0, static_cast<double>(std::max(count, 0))));
}

} // namespace

PixelBox united(const PixelBox& a, const PixelBox& b)
{
    if (a.empty())
        return b;
    if (b.empty())
        return a;
    return fromEdges(std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right(), b.right()),
                     std::max(a.bottom(), b.bottom()));
}

PixelBox intersected(const PixelBox& a, const PixelBox& b)
{
    return fromEdges(std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right(), b.right()),
                     std::min(a.bottom(), b.bottom()));
}

PixelBox grown(const PixelBox& box, int margin, Size within)
{
    if (box.empty())
        return {};
    return intersected(fromEdges(box.left - margin, box.top - margin, box.right() + margin, box.bottom() + margin),
                       wholeBox(within));
}

PixelBox pixelsWithin(double left, double top, double right, double bottom, Size picture)
{
    if (!std::isfinite(left) || !std::isfinite(top) || !std::isfinite(right) || !std::isfinite(bottom))
        throw Error(ErrorCode::BadArgument, "mask", "expected finite coordinates, got one that is not");
    return fromEdges(firstCentreFrom(left, picture.width), firstCentreFrom(top, picture.height),
                     firstCentreFrom(right, picture.width), firstCentreFrom(bottom, picture.height));
}

void requireWithin(const PixelBox& box, Size picture)
{
    if (box.empty() || intersected(box, wholeBox(picture)) != box)
        throw Error(ErrorCode::BadArgument, "crop",
                    "expected a box within the picture of " + std::to_string(picture.width) + "x" +
                        std::to_string(picture.height) + ", got " + std::to_string(box.width) + "x" +
                        std::to_string(box.height) + " at " + std::to_string(box.left) + ", " +
                        std::to_string(box.top));
}

Picture cropped(const Picture& picture, const PixelBox& box)
{
    requireWithin(box, picture.size);
    Picture part{{box.width, box.height}, {}};
    part.rgb.reserve(box.area() * 3);
    const PixelBox all = wholeBox(picture.size);
    for (int y = box.top; y < box.bottom(); ++y) {
        const auto row = picture.rgb.begin() + static_cast<std::ptrdiff_t>(all.indexOf(box.left, y) * 3);
        part.rgb.insert(part.rgb.end(), row, row + static_cast<std::ptrdiff_t>(box.width) * 3);
    }
    return part;
}

} // namespace ocellus
