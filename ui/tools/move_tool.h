// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/mask.h"
#include "ui/tools/tool.h"

namespace ocellus {

/// Drags the pixels of the mask to another place; with Alt a copy of them.
class MoveTool : public Tool {
public:
    /// `options` must outlive the tool.
    explicit MoveTool(const ToolOptions& options) : m_options(options) {}

    /// What is dragged.
    void setBox(const PixelBox& box) { m_box = box; }

    std::optional<ToolResult> press(const ToolInput& input) override;
    void move(const ToolInput& input) override;
    std::optional<ToolResult> release(const ToolInput& input) override;
    void cancel() override { m_start.reset(); }
    bool isRunning() const override { return m_start.has_value(); }
    void paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const override;
    QRectF extent(const PictureTransform& transform, std::optional<Point> place) const override;

    /// In whole pixels; none before something is dragged.
    std::optional<QPoint> shift() const;

private:
    QRectF target() const;

    const ToolOptions& m_options;
    PixelBox m_box;
    std::optional<Point> m_start;
    Point m_end;
};

} // namespace ocellus
