// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/edit/brush_falloff.h"
#include "core/edit/mask_shapes.h"

namespace ocellus {

/// A stroke of the brush that grows point by point, for showing it while it is drawn. After all points it is the same
/// as strokeMask() of them.
class StrokeRaster {
public:
    /// Keeps a value for each pixel of `within`, which must lie in the picture. The brush's radius may here be up to a
    /// billion: where a view shows a picture enlarged, so is the brush. Throws Error(BadArgument) as strokeMask().
    StrokeRaster(Size picture, const PixelBox& within, const Brush& brush);
    /// Of the whole picture.
    StrokeRaster(Size picture, const Brush& brush) : StrokeRaster(picture, wholeBox(picture), brush) {}

    /// Draws on to the point and gives the pixels that may have changed. Throws Error(BadArgument) as strokeMask().
    PixelBox add(Point point);

    /// Of a pixel of `within`.
    std::uint8_t at(int x, int y) const { return m_alpha[m_within.indexOf(x, y)]; }
    /// What has been drawn.
    Mask mask() const;

private:
    void drawTo(Point point, const PixelBox& touched);
    PixelBox columnsNear(Point to, int y) const;

    Size m_picture;
    PixelBox m_within;
    Brush m_brush;
    BrushFalloff m_falloff;
    std::optional<Point> m_last;
    PixelBox m_touched; // all of it together
    std::vector<std::uint8_t> m_alpha;
};

} // namespace ocellus
