// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask_shapes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/edit/stroke_raster.h"

namespace ocellus {

namespace {

constexpr double maxRadius = 10'000;
constexpr double maxCoordinate = 1e9; // squares and quotients of farther ones are no numbers any more

/// The rectangle that holds all points, widened by `margin`.
PixelBox boxAround(std::span<const Point> points, double margin, Size picture)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double left = infinity, top = infinity, right = -infinity, bottom = -infinity;
    for (const Point& point : points) {
        if (!(std::abs(point.x) <= maxCoordinate && std::abs(point.y) <= maxCoordinate))
            throw Error(ErrorCode::BadArgument, "mask",
                        "expected coordinates within a billion pixels, got " + std::to_string(point.x) + ", " +
                            std::to_string(point.y));
        left = std::min(left, point.x);
        right = std::max(right, point.x);
        top = std::min(top, point.y);
        bottom = std::max(bottom, point.y);
    }
    return pixelsWithin(left - margin, top - margin, right + margin, bottom + margin, picture);
}

/// Where the closed line crosses the row of pixel centres, from left to right.
void findCrossings(std::span<const Point> corners, double y, std::vector<double>& crossings)
{
    crossings.clear();
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Point& a = corners[i];
        const Point& b = corners[(i + 1) % corners.size()];
        if ((a.y <= y) != (b.y <= y))
            crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
    std::sort(crossings.begin(), crossings.end());
}

} // namespace

Mask strokeMask(Size picture, std::span<const Point> points, const Brush& brush)
{
    if (!(brush.radius > 0 && brush.radius <= maxRadius && brush.hardness >= 0 && brush.hardness <= 1))
        throw Error(ErrorCode::BadArgument, "brush",
                    "expected a radius above 0 and at most 10000 pixels and a hardness from 0 to 1, got " +
                        std::to_string(brush.radius) + " and " + std::to_string(brush.hardness));
    if (points.empty())
        return Mask(picture);
    StrokeRaster raster(picture, boxAround(points, brush.radius, picture), brush);
    for (const Point& point : points)
        raster.add(point);
    return raster.mask();
}

Mask polygonMask(Size picture, std::span<const Point> corners)
{
    if (corners.size() < 3)
        return Mask(picture);
    const PixelBox box = boxAround(corners, 0, picture);
    std::vector<std::uint8_t> alpha(box.area());
    std::vector<double> crossings;
    for (int y = box.top; y < box.bottom(); ++y) {
        findCrossings(corners, y + 0.5, crossings);
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            const PixelBox span = pixelsWithin(crossings[i], y, crossings[i + 1], y + 1, picture);
            for (int x = span.left; x < span.right(); ++x)
                alpha[box.indexOf(x, y)] = 255;
        }
    }
    return {picture, box, std::move(alpha)};
}

Mask rectangleMask(Size picture, const Box& box)
{
    const PixelBox pixels = pixelsWithin(box.left, box.top, box.left + box.width, box.top + box.height, picture);
    return {picture, pixels, std::vector<std::uint8_t>(pixels.area(), 255)};
}

Mask ellipseMask(Size picture, const Box& box)
{
    const PixelBox pixels = pixelsWithin(box.left, box.top, box.left + box.width, box.top + box.height, picture);
    std::vector<std::uint8_t> alpha(pixels.area());
    for (int y = pixels.top; y < pixels.bottom(); ++y)
        for (int x = pixels.left; x < pixels.right(); ++x) {
            const double dx = (x + 0.5 - box.left) / box.width * 2 - 1;
            const double dy = (y + 0.5 - box.top) / box.height * 2 - 1;
            alpha[pixels.indexOf(x, y)] = dx * dx + dy * dy <= 1 ? 255 : 0;
        }
    return {picture, pixels, std::move(alpha)};
}

} // namespace ocellus
