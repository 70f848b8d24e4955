// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/outline_tool.h"

namespace ocellus {

/// Selects a rectangle, or the ellipse in it, from corner to corner; with Shift a square or a circle.
class BoxTool : public OutlineTool {
public:
    enum class Shape { Rectangle, Ellipse };

    explicit BoxTool(Shape shape) : m_shape(shape) {}

    std::optional<ToolResult> press(const ToolInput& input) override;
    void move(const ToolInput& input) override;
    std::optional<ToolResult> release(const ToolInput& input) override;

protected:
    QPainterPath outline(std::optional<Point> place) const override;

private:
    QRectF box() const;

    Shape m_shape;
};

} // namespace ocellus
