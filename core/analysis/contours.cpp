// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "core/analysis/map_field.h"
#include "core/analysis/map_image.h"
#include "core/image/outline_tracer.h"

namespace ocellus {

namespace {

/// Around the samples that reach a level.
std::vector<Outline> outlinesOf(const MapField& field, float level)
{
    std::vector<bool> inside(field.values.size());
    for (std::size_t sample = 0; sample < inside.size(); ++sample)
        inside[sample] = field.values[sample] >= level;
    return OutlineTracer(field.width, field.height, std::move(inside)).outlines();
}

/// Where the interpolated value crosses the level, between each inner sample and its outer neighbour.
std::vector<Point> crossingsOf(const Outline& outline, const MapField& field, float level)
{
    std::vector<Point> points;
    for (const OutlineSide& side : outline) {
        const int outerX = side.outerX();
        const int outerY = side.outerY();
        const bool exists = outerX >= 0 && outerY >= 0 && outerX < field.width && outerY < field.height;
        const double inner = field.at(side.x, side.y);
        const double outer = exists ? field.at(outerX, outerY) : inner;
        const double share = inner > outer ? std::clamp((inner - level) / (inner - outer), 0.0, 1.0) : 0.5;
        points.push_back({side.x + 0.5 + share * (outerX - side.x), side.y + 0.5 + share * (outerY - side.y)});
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
    const Box& seen = geometry.seen();
    std::vector<std::vector<Point>> lines;
    for (const Outline& outline : outlinesOf(field, level)) {
        std::vector<Point> line = smooth ? crossingsOf(outline, field, level) : cornersOf(outline);
        for (Point& point : line) {
            point.x = std::clamp(box.left + point.x * box.width / field.width, seen.left, seen.left + seen.width);
            point.y = std::clamp(box.top + point.y * box.height / field.height, seen.top, seen.top + seen.height);
        }
        if (doubledArea(line) > 0)
            lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace ocellus
