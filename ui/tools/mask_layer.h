// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <vector>

#include <QImage>
#include <QPainter>

#include "core/edit/stroke_raster.h"
#include "ui/tools/mask_pyramid.h"
#include "ui/tools/tool.h"

namespace ocellus {

/// A mask and the stroke on its way, as a view shows them: tinted, with an edge of black and white dashes. Kept in the
/// view's own pixels, of which a growing stroke changes only those it touches.
class MaskLayer {
public:
    void setMask(const Mask& mask);
    void setTint(const QColor& tint); ///< one that is transparent leaves the edge alone

    /// What paint() adds to the mask: the one that was given before with more points, or a new one after null.
    void setStroke(const Stroke* stroke);

    /// `area` and `transform` are in the painter's coordinates.
    void paint(QPainter& painter, const QRectF& area, const PictureTransform& transform);

private:
    void project(const QRect& area, const PictureTransform& transform);
    void continueStroke(const Stroke& stroke);
    void combine(const PixelBox& box);
    void colour(const PixelBox& box);
    QRgb colourOf(int x, int y) const;
    bool isSelected(int x, int y) const;
    PixelBox all() const { return {0, 0, m_visible.width(), m_visible.height()}; }

    MaskPyramid m_mask;
    Size m_picture;
    QColor m_tint;
    std::array<QRgb, 256> m_tints{}; ///< by value
    const Stroke* m_stroke = nullptr;

    // On the device.
    QRect m_area, m_visible;
    PictureTransform m_transform;
    std::vector<std::uint8_t> m_base;  ///< the mask in m_visible
    std::vector<std::uint8_t> m_shown; ///< the same with the stroke
    std::optional<StrokeRaster> m_raster;
    std::size_t m_drawn = 0; ///< points of the stroke
    Combine m_combine = Combine::Add;
    QImage m_image;
};

} // namespace ocellus
