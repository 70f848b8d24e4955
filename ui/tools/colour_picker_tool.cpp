// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/colour_picker_tool.h"

#include <algorithm>

namespace ocellus {

namespace {

constexpr double reach = 5; // units of the view

} // namespace

std::optional<ToolResult> ColourPickerTool::press(const ToolInput& input)
{
    return ColourPick{input.point, std::max(reach / input.scale, 0.5)};
}

void ColourPickerTool::paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const
{
    if (!place)
        return;
    QPainterPath disc;
    disc.addEllipse(transform.toDevice(*place), reach, reach);
    drawOutline(painter, disc);
}

QRectF ColourPickerTool::extent(const PictureTransform& transform, std::optional<Point> place) const
{
    if (!place)
        return {};
    QRectF square(0, 0, 2 * (reach + outlineReach), 2 * (reach + outlineReach));
    square.moveCenter(transform.toDevice(*place));
    return square;
}

} // namespace ocellus
