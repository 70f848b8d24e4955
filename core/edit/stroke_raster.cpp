// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/stroke_raster.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr double largest = 1e9; // squares and quotients of larger numbers are no numbers any more

/// The squared distance of points from a line between two others.
class Segment {
public:
    Segment(Point from, Point to) : m_from(from), m_dx(to.x - from.x), m_dy(to.y - from.y)
    {
        const double length = m_dx * m_dx + m_dy * m_dy;
        m_inverse = length > 0 ? 1 / length : 0;
    }

    double squaredDistance(double x, double y) const
    {
        const double px = x - m_from.x, py = y - m_from.y;
        const double along = std::clamp((px * m_dx + py * m_dy) * m_inverse, 0.0, 1.0);
        const double ax = px - along * m_dx, ay = py - along * m_dy;
        return ax * ax + ay * ay;
    }

private:
    Point m_from;
    double m_dx, m_dy;
    double m_inverse = 0;
};

} // namespace

StrokeRaster::StrokeRaster(Size picture, const PixelBox& within, const Brush& brush)
    : m_picture(picture),
      m_within(within),
      m_brush(brush),
      m_alpha(within.area())
{
    if (!(brush.radius > 0 && brush.radius <= largest && brush.hardness >= 0 && brush.hardness <= 1))
        throw Error(ErrorCode::BadArgument, "brush",
                    "expected a radius above 0 and at most a billion pixels and a hardness from 0 to 1, got " +
                        std::to_string(brush.radius) + " and " + std::to_string(brush.hardness));
    m_falloff = BrushFalloff(brush);
}

PixelBox StrokeRaster::add(Point point)
{
    if (!(std::abs(point.x) <= largest && std::abs(point.y) <= largest))
        throw Error(ErrorCode::BadArgument, "mask",
                    "expected coordinates within a billion pixels, got " + std::to_string(point.x) + ", " +
                        std::to_string(point.y));
    const Point from = m_last.value_or(point);
    const double reach = m_brush.radius;
    const PixelBox touched =
        intersected(pixelsWithin(std::min(from.x, point.x) - reach, std::min(from.y, point.y) - reach,
                                 std::max(from.x, point.x) + reach, std::max(from.y, point.y) + reach, m_picture),
                    m_within);
    drawTo(point, touched);
    m_last = point;
    m_touched = united(m_touched, touched);
    return touched;
}

/// Where the line to `to` is within the brush's radius of row `y`, as a range of columns widened by the radius.
PixelBox StrokeRaster::columnsNear(Point to, int y) const
{
    const Point from = m_last.value_or(to);
    const double centre = y + 0.5;
    double first = 0, last = 1;
    if (from.y != to.y) {
        const double a = (centre - m_brush.radius - from.y) / (to.y - from.y);
        const double b = (centre + m_brush.radius - from.y) / (to.y - from.y);
        first = std::clamp(std::min(a, b), 0.0, 1.0);
        last = std::clamp(std::max(a, b), 0.0, 1.0);
    }
    const double x0 = from.x + first * (to.x - from.x), x1 = from.x + last * (to.x - from.x);
    return pixelsWithin(std::min(x0, x1) - m_brush.radius, y, std::max(x0, x1) + m_brush.radius, y + 1, m_picture);
}

void StrokeRaster::drawTo(Point point, const PixelBox& touched)
{
    const Segment segment(m_last.value_or(point), point);
    for (int y = touched.top; y < touched.bottom(); ++y) {
        const PixelBox columns = intersected(columnsNear(point, y), {touched.left, y, touched.width, 1});
        if (columns.empty())
            continue;
        std::uint8_t* value = &m_alpha[m_within.indexOf(columns.left, y)];
        for (int x = columns.left; x < columns.right(); ++x, ++value) {
            if (*value == 255)
                continue;
            *value = std::max(*value, m_falloff.at(segment.squaredDistance(x + 0.5, y + 0.5)));
        }
    }
}

Mask StrokeRaster::mask() const
{
    if (m_touched.empty())
        return Mask(m_picture);
    std::vector<std::uint8_t> alpha;
    alpha.reserve(m_touched.area());
    for (int y = m_touched.top; y < m_touched.bottom(); ++y) {
        const auto row =
            std::span(m_alpha).subspan(m_within.indexOf(m_touched.left, y), static_cast<std::size_t>(m_touched.width));
        alpha.insert(alpha.end(), row.begin(), row.end());
    }
    return {m_picture, m_touched, std::move(alpha)};
}

} // namespace ocellus
