// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool.h"

namespace ocellus {

/// A tool that draws the outline of what it selects.
class OutlineTool : public Tool {
public:
    void cancel() override { m_points.clear(); }
    bool isRunning() const override { return !m_points.empty(); }
    void paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const override;
    QRectF extent(const PictureTransform& transform, std::optional<Point> place) const override;

protected:
    /// In picture coordinates; `place` is where the mouse is.
    virtual QPainterPath outline(std::optional<Point> place) const = 0;

    std::vector<Point> m_points; ///< that make up the shape, as each tool uses them
};

} // namespace ocellus
