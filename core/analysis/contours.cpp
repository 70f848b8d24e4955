// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/analysis/map_field.h"
#include "core/analysis/map_image.h"

namespace ocellus {

namespace {

/// One side of a sample inside the area whose neighbour there is outside, walked with the area on the right.
struct Side {
    int x = 0; ///< of the inner sample
    int y = 0;
    int direction = 0; ///< of the walk: 0 right (top side), 1 down (right side), 2 left (bottom), 3 up (left)
};

constexpr std::array<int, 4> stepX{1, 0, -1, 0};
constexpr std::array<int, 4> stepY{0, 1, 0, -1};

/// Follows the outlines of the samples that reach a level.
class OutlineTracer {
public:
    OutlineTracer(const MapField& field, float level)
        : m_field(field),
          m_level(level),
          m_walked(field.values.size() * 4)
    {
    }

    /// Every outline once, outer ones clockwise on the screen, holes against it.
    std::vector<std::vector<Side>> outlines()
    {
        std::vector<std::vector<Side>> result;
        for (int y = 0; y < m_field.height; ++y) {
            for (int x = 0; x < m_field.width; ++x) {
                for (int direction = 0; direction < 4; ++direction) {
                    const Side side{x, y, direction};
                    if (isSide(side) && !walked(side))
                        result.push_back(follow(side));
                }
            }
        }
        return result;
    }

    bool inside(int x, int y) const
    {
        return x >= 0 && y >= 0 && x < m_field.width && y < m_field.height && m_field.at(x, y) >= m_level;
    }

private:
    bool isSide(const Side& side) const
    {
        const int outward = (side.direction + 3) % 4;
        return inside(side.x, side.y) && !inside(side.x + stepX[static_cast<std::size_t>(outward)],
                                                 side.y + stepY[static_cast<std::size_t>(outward)]);
    }

    std::uint8_t& walked(const Side& side)
    {
        const auto sample = static_cast<std::size_t>(side.y) * static_cast<std::size_t>(m_field.width) +
                            static_cast<std::size_t>(side.x);
        return m_walked[sample * 4 + static_cast<std::size_t>(side.direction)];
    }

    /// At a corner the outline turns right around the same sample, goes straight on along the next one, or turns left
    /// along the one diagonally ahead. Samples that touch at a corner only are apart.
    Side next(const Side& side) const
    {
        const auto direction = static_cast<std::size_t>(side.direction);
        const auto outward = (direction + 3) % 4;
        const int x = side.x + stepX[direction];
        const int y = side.y + stepY[direction];
        if (!inside(x, y))
            return {side.x, side.y, (side.direction + 1) % 4};
        if (!inside(x + stepX[outward], y + stepY[outward]))
            return {x, y, side.direction};
        return {x + stepX[outward], y + stepY[outward], static_cast<int>(outward)};
    }

    std::vector<Side> follow(Side side)
    {
        std::vector<Side> outline;
        while (!walked(side)) {
            walked(side) = 1;
            outline.push_back(side);
            side = next(side);
        }
        return outline;
    }

    const MapField& m_field;
    float m_level;
    std::vector<std::uint8_t> m_walked;
};

/// The corners of the cells that the outline turns at, in samples.
std::vector<Point> cornersOf(const std::vector<Side>& outline)
{
    // Where a walk along the top, right, bottom or left side starts.
    constexpr std::array<int, 4> startX{0, 1, 1, 0};
    constexpr std::array<int, 4> startY{0, 0, 1, 1};
    std::vector<Point> points;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const Side& side = outline[i];
        const Side& before = outline[(i + outline.size() - 1) % outline.size()];
        const auto direction = static_cast<std::size_t>(side.direction);
        if (side.direction != before.direction)
            points.push_back(
                {static_cast<double>(side.x + startX[direction]), static_cast<double>(side.y + startY[direction])});
    }
    return points;
}

/// Where the interpolated value crosses the level, between each inner sample and its outer neighbour.
std::vector<Point> crossingsOf(const std::vector<Side>& outline, const MapField& field, float level)
{
    std::vector<Point> points;
    for (const Side& side : outline) {
        const auto outward = static_cast<std::size_t>(side.direction + 3) % 4;
        const int outerX = side.x + stepX[outward];
        const int outerY = side.y + stepY[outward];
        const bool exists = outerX >= 0 && outerY >= 0 && outerX < field.width && outerY < field.height;
        const double inner = field.at(side.x, side.y);
        const double outer = exists ? field.at(outerX, outerY) : inner;
        const double share = inner > outer ? std::clamp((inner - level) / (inner - outer), 0.0, 1.0) : 0.5;
        points.push_back({side.x + 0.5 + share * stepX[outward], side.y + 0.5 + share * stepY[outward]});
    }
    return points;
}

/// Twice the area; 0 for an outline that lies outside the picture and was flattened onto its edge.
double doubledArea(const std::vector<Point>& points)
{
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point& from = points[i];
        const Point& to = points[(i + 1) % points.size()];
        sum += from.x * to.y - to.x * from.y;
    }
    return std::abs(sum);
}

} // namespace

std::vector<std::vector<Point>> contours(std::span<const float> values, const CellGeometry& geometry, bool smooth,
                                         float level)
{
    const MapField field = mapField(values, geometry, smooth);
    const Box box = fieldBox(geometry);
    const Size picture = geometry.pictureSize();
    std::vector<std::vector<Point>> lines;
    for (const std::vector<Side>& outline : OutlineTracer(field, level).outlines()) {
        std::vector<Point> line = smooth ? crossingsOf(outline, field, level) : cornersOf(outline);
        for (Point& point : line) {
            point.x = std::clamp(box.left + point.x * box.width / field.width, 0.0, static_cast<double>(picture.width));
            point.y =
                std::clamp(box.top + point.y * box.height / field.height, 0.0, static_cast<double>(picture.height));
        }
        if (doubledArea(line) > 0)
            lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace ocellus
