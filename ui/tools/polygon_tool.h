// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/outline_tool.h"

namespace ocellus {

/// Selects a polygon: a click sets a corner, Return, a double click or a click on the first corner closes it, Backspace
/// takes the last corner back.
class PolygonTool : public OutlineTool {
public:
    std::optional<ToolResult> press(const ToolInput& input) override;
    std::optional<ToolResult> finish(const ToolInput& input) override;
    void stepBack() override;
    void paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const override;
    QRectF extent(const PictureTransform& transform, std::optional<Point> place) const override;

protected:
    QPainterPath outline(std::optional<Point> place) const override;
};

} // namespace ocellus
