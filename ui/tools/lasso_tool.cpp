// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/lasso_tool.h"

#include <utility>

namespace ocellus {

std::optional<ToolResult> LassoTool::press(const ToolInput& input)
{
    m_points = {input.point};
    return {};
}

void LassoTool::move(const ToolInput& input)
{
    if (isRunning())
        m_points.push_back(input.point);
}

std::optional<ToolResult> LassoTool::release(const ToolInput& input)
{
    if (!isRunning())
        return {};
    const std::vector<Point> points = std::exchange(m_points, {});
    return MaskGesture{tr("Lasso"), polygonMask(input.picture, points), input.combineOr(Combine::Replace)};
}

QPainterPath LassoTool::outline(std::optional<Point>) const
{
    QPolygonF line;
    for (const Point& point : m_points)
        line.append({point.x, point.y});
    QPainterPath path;
    path.addPolygon(line);
    return path;
}

} // namespace ocellus
