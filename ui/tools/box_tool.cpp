// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/box_tool.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

std::optional<ToolResult> BoxTool::press(const ToolInput& input)
{
    m_points = {input.point, input.point};
    return {};
}

void BoxTool::move(const ToolInput& input)
{
    if (!isRunning())
        return;
    const Point start = m_points.front();
    double width = input.point.x - start.x, height = input.point.y - start.y;
    if (input.modifiers & Qt::ShiftModifier) {
        const double side = std::max(std::abs(width), std::abs(height));
        width = std::copysign(side, width);
        height = std::copysign(side, height);
    }
    m_points.back() = {start.x + width, start.y + height};
}

std::optional<ToolResult> BoxTool::release(const ToolInput& input)
{
    if (!isRunning())
        return {};
    move(input);
    const QRectF drawn = box();
    cancel();
    const Box shape{drawn.x(), drawn.y(), drawn.width(), drawn.height()};
    const Combine combine = input.combineOr(Combine::Replace);
    if (m_shape == Shape::Rectangle)
        return MaskGesture{tr("Rectangle"), rectangleMask(input.picture, shape), combine};
    return MaskGesture{tr("Ellipse"), ellipseMask(input.picture, shape), combine};
}

QRectF BoxTool::box() const
{
    const QPointF from(m_points.front().x, m_points.front().y), to(m_points.back().x, m_points.back().y);
    return QRectF(from, to).normalized();
}

QPainterPath BoxTool::outline(std::optional<Point>) const
{
    QPainterPath path;
    if (m_shape == Shape::Rectangle)
        path.addRect(box());
    else
        path.addEllipse(box());
    return path;
}

} // namespace ocellus
