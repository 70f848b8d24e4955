// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/polygon_tool.h"

#include <cmath>
#include <utility>

namespace ocellus {

namespace {

constexpr double cornerSide = 7;  // units of the view
constexpr double catchReach = 5;  // of the first corner, in the same
constexpr double sameReach = 1.5; // of a double click
constexpr std::size_t fewest = 3; // corners of a polygon

bool isAt(Point corner, const ToolInput& input, double reach)
{
    return std::hypot(corner.x - input.point.x, corner.y - input.point.y) * input.scale <= reach;
}

} // namespace

std::optional<ToolResult> PolygonTool::press(const ToolInput& input)
{
    // Return twice on one place, like a double click, closes it too.
    const bool again = !m_points.empty() && isAt(m_points.back(), input, sameReach);
    if (m_points.size() >= fewest && (again || isAt(m_points.front(), input, catchReach)))
        return finish(input);
    if (!again)
        m_points.push_back(input.point);
    return {};
}

std::optional<ToolResult> PolygonTool::finish(const ToolInput& input)
{
    if (m_points.size() < fewest)
        return {};
    const std::vector<Point> points = std::exchange(m_points, {});
    return MaskGesture{tr("Polygon"), polygonMask(input.picture, points), input.combineOr(Combine::Replace)};
}

void PolygonTool::stepBack()
{
    if (isRunning())
        m_points.pop_back();
}

QPainterPath PolygonTool::outline(std::optional<Point> place) const
{
    QPolygonF line;
    for (const Point& point : m_points)
        line.append({point.x, point.y});
    if (place)
        line.append({place->x, place->y});
    QPainterPath path;
    path.addPolygon(line);
    // Where it would be closed.
    if (m_points.size() >= fewest)
        path.closeSubpath();
    return path;
}

void PolygonTool::paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const
{
    OutlineTool::paint(painter, transform, place);
    painter.setPen(QPen(Qt::black, 1));
    painter.setBrush(Qt::white);
    for (const Point& point : m_points) {
        QRectF corner(0, 0, cornerSide, cornerSide);
        corner.moveCenter(transform.toDevice(point));
        painter.drawRect(corner);
    }
}

QRectF PolygonTool::extent(const PictureTransform& transform, std::optional<Point> place) const
{
    const QRectF lines = OutlineTool::extent(transform, place);
    return lines.isNull() ? lines : lines.adjusted(-cornerSide, -cornerSide, cornerSide, cornerSide);
}

} // namespace ocellus
