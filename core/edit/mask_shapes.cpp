// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask_shapes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/base/error.h"

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

double squaredDistance(Point point, Point from, Point to)
{
    const double dx = to.x - from.x, dy = to.y - from.y;
    const double length = dx * dx + dy * dy;
    const double along =
        length > 0 ? std::clamp(((point.x - from.x) * dx + (point.y - from.y) * dy) / length, 0.0, 1.0) : 0;
    const double x = from.x + along * dx - point.x, y = from.y + along * dy - point.y;
    return x * x + y * y;
}

std::uint8_t coverage(double distance, const Brush& brush)
{
    const double core = brush.radius * brush.hardness;
    if (distance >= brush.radius)
        return 0;
    if (distance <= core)
        return 255;
    const double t = (brush.radius - distance) / (brush.radius - core);
    return static_cast<std::uint8_t>(std::lround(255 * t * t * (3 - 2 * t)));
}

/// Where a line from `from` to `to` is within `radius` of row `y`, as a range of columns widened by the radius.
PixelBox columnsNear(Point from, Point to, double radius, int y, Size picture)
{
    const double centre = y + 0.5;
    double first = 0, last = 1;
    if (from.y != to.y) {
        const double a = (centre - radius - from.y) / (to.y - from.y);
        const double b = (centre + radius - from.y) / (to.y - from.y);
        first = std::clamp(std::min(a, b), 0.0, 1.0);
        last = std::clamp(std::max(a, b), 0.0, 1.0);
    }
    const double x0 = from.x + first * (to.x - from.x), x1 = from.x + last * (to.x - from.x);
    return pixelsWithin(std::min(x0, x1) - radius, y, std::max(x0, x1) + radius, y + 1, picture);
}

void drawSegment(Point from, Point to, const Brush& brush, Size picture, const PixelBox& box,
                 std::vector<std::uint8_t>& alpha)
{
    const Point ends[] = {from, to};
    const PixelBox touched = boxAround(ends, brush.radius, picture);
    for (int y = touched.top; y < touched.bottom(); ++y) {
        const PixelBox columns = columnsNear(from, to, brush.radius, y, picture);
        for (int x = columns.left; x < columns.right(); ++x) {
            const double square = squaredDistance({x + 0.5, y + 0.5}, from, to);
            if (square >= brush.radius * brush.radius)
                continue;
            std::uint8_t& value = alpha[box.indexOf(x, y)];
            if (value < 255)
                value = std::max(value, coverage(std::sqrt(square), brush));
        }
    }
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
    const PixelBox box = boxAround(points, brush.radius, picture);
    std::vector<std::uint8_t> alpha(box.area());
    for (std::size_t i = 0; i < points.size(); ++i)
        if (i > 0 || points.size() == 1)
            drawSegment(points[i > 0 ? i - 1 : 0], points[i], brush, picture, box, alpha);
    return {picture, box, std::move(alpha)};
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
