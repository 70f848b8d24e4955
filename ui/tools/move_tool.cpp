// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/move_tool.h"

#include <cmath>

namespace ocellus {

std::optional<ToolResult> MoveTool::press(const ToolInput& input)
{
    m_start = m_end = input.point;
    return {};
}

void MoveTool::move(const ToolInput& input)
{
    m_end = input.point;
}

std::optional<ToolResult> MoveTool::release(const ToolInput& input)
{
    if (!m_start)
        return {};
    move(input);
    const QPoint by = *shift();
    cancel();
    if (by.isNull())
        return {};
    return PixelMove{by.x(), by.y(), input.modifiers.testFlag(Qt::AltModifier), m_options.blend};
}

std::optional<QPoint> MoveTool::shift() const
{
    if (!m_start)
        return {};
    return QPoint(static_cast<int>(std::lround(m_end.x - m_start->x)),
                  static_cast<int>(std::lround(m_end.y - m_start->y)));
}

QRectF MoveTool::target() const
{
    return QRectF(m_box.left, m_box.top, m_box.width, m_box.height).translated(*shift());
}

void MoveTool::paint(QPainter& painter, const PictureTransform& transform, std::optional<Point>) const
{
    if (!m_start)
        return;
    QPainterPath path;
    path.addRect(target());
    drawOutline(painter, toView(transform).map(path));
}

QRectF MoveTool::extent(const PictureTransform& transform, std::optional<Point>) const
{
    if (!m_start)
        return {};
    return toView(transform).mapRect(target()).adjusted(-outlineReach, -outlineReach, outlineReach, outlineReach);
}

} // namespace ocellus
