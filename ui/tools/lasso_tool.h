// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/outline_tool.h"

namespace ocellus {

/// Selects what a line drawn freely goes around.
class LassoTool : public OutlineTool {
public:
    std::optional<ToolResult> press(const ToolInput& input) override;
    void move(const ToolInput& input) override;
    std::optional<ToolResult> release(const ToolInput& input) override;

protected:
    QPainterPath outline(std::optional<Point> place) const override;
};

} // namespace ocellus
