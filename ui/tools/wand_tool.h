// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/tool.h"

namespace ocellus {

/// Selects what is connected with a click and of like colour. Whoever takes the result does the work.
class WandTool : public Tool {
public:
    /// `options` must outlive the tool.
    explicit WandTool(const ToolOptions& options) : m_options(options) {}

    std::optional<ToolResult> press(const ToolInput& input) override
    {
        const bool isInside = input.point.x >= 0 && input.point.y >= 0 && input.point.x < input.picture.width &&
                              input.point.y < input.picture.height;
        if (!isInside)
            return {};
        return WandClick{input.point, m_options.tolerance, input.combineOr(Combine::Replace)};
    }
    void cancel() override {}
    bool isRunning() const override { return false; }
    void paint(QPainter&, const PictureTransform&, std::optional<Point>) const override {}
    QRectF extent(const PictureTransform&, std::optional<Point>) const override { return {}; }

private:
    const ToolOptions& m_options;
};

} // namespace ocellus
