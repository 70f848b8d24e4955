// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool.h"

namespace ocellus {

/// "Take the colour from here": gives the disc whose mean colour is meant. It is of one size on the screen, so that
/// what is seen is what is taken.
class ColourPickerTool : public Tool {
public:
    std::optional<ToolResult> press(const ToolInput& input) override;
    void cancel() override {}
    bool isRunning() const override { return false; }
    void paint(QPainter& painter, const PictureTransform& transform, std::optional<Point> place) const override;
    QRectF extent(const PictureTransform& transform, std::optional<Point> place) const override;
};

} // namespace ocellus
