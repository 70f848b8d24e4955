// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/brush_tool.h"

#include <algorithm>

namespace ocellus {

namespace {

constexpr double smallestCircle = 3; // units of the view; smaller ones get a cross

QRectF circleAround(QPointF centre, double radius)
{
    return {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius};
}

} // namespace

BrushTool::BrushTool(const ToolOptions& options, const QString& stepName, Combine natural)
    : m_options(options),
      m_stepName(stepName),
      m_natural(natural)
{
}

std::optional<ToolResult> BrushTool::press(const ToolInput& input)
{
    m_stroke = {{m_options.size / 2, m_options.hardness}, input.combineOr(m_natural), {}};
    m_raster.emplace(input.picture, m_stroke.brush);
    add(input.point);
    return {};
}

void BrushTool::move(const ToolInput& input)
{
    if (!m_raster)
        return;
    m_stroke.combine = input.combineOr(m_natural);
    add(input.point);
}

std::optional<ToolResult> BrushTool::release(const ToolInput& input)
{
    if (!m_raster)
        return {};
    move(input);
    MaskGesture gesture{m_stepName, m_raster->mask(), m_stroke.combine};
    cancel();
    return gesture;
}

void BrushTool::cancel()
{
    m_raster.reset();
    m_stroke.points.clear();
}

void BrushTool::add(Point point)
{
    const auto& points = m_stroke.points;
    if (!points.empty() && points.back().x == point.x && points.back().y == point.y)
        return;
    m_raster->add(point);
    m_stroke.points.push_back(point);
}

void BrushTool::paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const
{
    if (!place)
        return;
    const QPointF centre = transform.toDevice(*place);
    const double radius = m_options.size / 2 * transform.scale;
    QPainterPath path;
    if (radius >= smallestCircle) {
        path.addEllipse(centre, radius, radius);
        // What it covers wholly; from there to the rim it fades.
        if (const double core = m_options.hardness * radius; m_options.hardness < 1 && core >= smallestCircle)
            path.addEllipse(centre, core, core);
    } else {
        path.moveTo(centre - QPointF(2 * smallestCircle, 0));
        path.lineTo(centre + QPointF(2 * smallestCircle, 0));
        path.moveTo(centre - QPointF(0, 2 * smallestCircle));
        path.lineTo(centre + QPointF(0, 2 * smallestCircle));
    }
    drawOutline(painter, path);
}

QRectF BrushTool::extent(const PictureTransform& transform, std::optional<Point> place) const
{
    const double reach = std::max(m_options.size / 2 * transform.scale, 2 * smallestCircle) + outlineReach;
    QRectF touched = place ? circleAround(transform.toDevice(*place), reach) : QRectF();
    const auto& points = m_stroke.points;
    for (std::size_t i = points.size() - std::min<std::size_t>(points.size(), 2); i < points.size(); ++i)
        touched |= circleAround(transform.toDevice(points[i]), m_stroke.brush.radius * transform.scale + outlineReach);
    return touched;
}

} // namespace ocellus
