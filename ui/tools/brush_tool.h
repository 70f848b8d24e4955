// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/stroke_raster.h"
#include "ui/tools/tool.h"

namespace ocellus {

/// Paints a mask, or rubs it out.
class BrushTool : public Tool {
public:
    /// `options` must outlive the tool. `natural` is what it does without modifiers.
    BrushTool(const ToolOptions& options, const QString& stepName, Combine natural);

    std::optional<ToolResult> press(const ToolInput& input) override;
    void move(const ToolInput& input) override;
    std::optional<ToolResult> release(const ToolInput& input) override;
    void cancel() override;
    bool isRunning() const override { return m_raster.has_value(); }
    const Stroke* stroke() const override { return m_raster ? &m_stroke : nullptr; }
    void paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const override;
    QRectF extent(const PictureTransform& transform, std::optional<Point> place) const override;

private:
    void add(Point point);

    const ToolOptions& m_options;
    QString m_stepName;
    Combine m_natural;
    Stroke m_stroke;
    std::optional<StrokeRaster> m_raster; // of the whole picture, kept up while drawing so that the end costs nothing
};

} // namespace ocellus
