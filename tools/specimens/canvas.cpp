// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/canvas.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

Canvas::Canvas(int side)
    : m_side(side),
      m_pixels(static_cast<std::size_t>(side) * static_cast<std::size_t>(side)),
      m_marks(m_pixels.size())
{
}

void Canvas::stroke(WingPoint from, WingPoint to, float radiusFrom, float radiusTo, const Colour& colour, float alpha)
{
    const float margin = std::max(radiusFrom, radiusTo) + 1;
    const PixelRange rows(std::min(from.y, to.y), std::max(from.y, to.y), margin, m_side);
    const PixelRange columns(std::min(from.x, to.x), std::max(from.x, to.x), margin, m_side);
    const WingPoint along = {to.x - from.x, to.y - from.y};
    const float squared = std::max(along.x * along.x + along.y * along.y, 1e-6F);
    for (int row = rows.begin; row < rows.end; ++row)
        for (int column = columns.begin; column < columns.end; ++column) {
            const WingPoint off = {static_cast<float>(column) + 0.5F - from.x, static_cast<float>(row) + 0.5F - from.y};
            const float t = std::clamp((off.x * along.x + off.y * along.y) / squared, 0.0F, 1.0F);
            const float distance = std::hypot(off.x - t * along.x, off.y - t * along.y);
            const float radius = radiusFrom + t * (radiusTo - radiusFrom);
            // Lines thinner than a pixel are fainter, not thicker.
            const float cover = std::clamp(radius - distance + 0.5F, 0.0F, 1.0F) * std::min(1.0F, 2 * radius);
            if (cover > 0)
                blend(column, row, colour, alpha * cover);
        }
}

PixelRange::PixelRange(float low, float high, float margin, int side)
    : begin(std::clamp(static_cast<int>(std::floor(low - margin)), 0, side)),
      end(std::clamp(static_cast<int>(std::ceil(high + margin)), 0, side))
{
}

} // namespace ocellus
