// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/outline_tool.h"

namespace ocellus {

void OutlineTool::paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const
{
    if (isRunning())
        drawOutline(painter, toView(transform).map(outline(place)));
}

QRectF OutlineTool::extent(const PictureTransform& transform, std::optional<Point> place) const
{
    if (!isRunning())
        return {};
    return toView(transform)
        .mapRect(outline(place).boundingRect())
        .adjusted(-outlineReach, -outlineReach, outlineReach, outlineReach);
}

} // namespace ocellus
