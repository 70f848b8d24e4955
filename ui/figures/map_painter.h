// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include "core/analysis/map_image.h"
#include "ui/figures/picture_transform.h"
#include "ui/figures/scaled_picture.h"

namespace ocellus {

/// Paints one coloured map over a picture. The map is coloured once, then painted under any transform.
class MapPainter {
public:
    /// No map: only the picture is painted.
    void clear();

    /// `values` are times uniform or in a unit of their own, row by row on the geometry's grid; without any, as
    /// clear().
    void setMap(std::span<const float> values, const CellGeometry& geometry, const MapStyle& style, Range range);

    /// A rectangle in picture coordinates, for paintLines(); after setMap().
    void addBox(const Box& box);

    /// Picture and map within `area`, clipped to the picture. `area` and `transform` are in the painter's
    /// coordinates; the painter must not be rotated. For paint devices made of pixels: vector formats get an image
    /// that was painted here, so that no viewer blurs or splits the cells.
    void paint(QPainter& painter, const QRectF& area, const PictureTransform& transform, ScaledPicture& picture,
               bool withMap = true) const;

    /// What lies under a map, as ScaledPicture::part.
    using Ground = std::function<const ScaledPicture::Part&(const QRect& area, const PictureTransform& transform)>;
    /// The same over anything.
    void paint(QPainter& painter, const QRectF& area, const PictureTransform& transform, const Ground& ground,
               bool withMap = true) const;

    /// The map's lines on any paint device: its contour, `width` of the painter's units wide, a hairline around the
    /// cells above half of the range, or with OverlayRule::Contours a line at each quarter of the scale in its colour.
    void paintLines(QPainter& painter, const QRectF& area, const PictureTransform& transform, double width) const;

private:
    /// In picture coordinates.
    struct Line {
        QPainterPath path;
        QColor colour;
        double width = 1; ///< times the contour's
    };

    void addLine(std::span<const float> values, const CellGeometry& geometry, bool smooth, float level, QColor colour,
                 double width);
    /// What the model doesn't see is dim, and what it sees has a frame; both in device pixels.
    void paintUnseen(QPainter& painter, const QRect& picture, const PictureTransform& transform, bool isDim) const;
    void paintCells(QPainter& painter, const ScaledPicture::Part& part, const PictureTransform& transform) const;
    void paintSmooth(QPainter& painter, const ScaledPicture::Part& part, const PictureTransform& transform) const;

    /// Where the map is not clear, within `visible`; both in device pixels.
    QRect drawn(const QRect& visible, const QRectF& box) const;

    QImage m_map;  ///< one pixel a cell, or finer and premultiplied for smooth
    QRect m_drawn; ///< the map's pixels that are not wholly clear
    Box m_box;
    Box m_seen; ///< of the picture
    bool m_seesAll = true;
    bool m_smooth = false;
    bool m_laysPicture = false; ///< the map's opacity is the picture's, on a ground without its colours
    GroundTone m_ground;
    std::vector<Line> m_lines;
};

} // namespace ocellus
