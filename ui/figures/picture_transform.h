// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSizeF>

#include "core/image/geometry.h"

namespace ocellus {

/// Where a picture lies on a paint device: picture point p is painted at offset + scale * p.
struct PictureTransform {
    double scale = 1; ///< device units a picture pixel
    QPointF offset;

    QPointF toDevice(Point point) const { return offset + scale * QPointF(point.x, point.y); }
    Point toPicture(QPointF point) const
    {
        const QPointF inPicture = (point - offset) / scale;
        return {inPicture.x(), inPicture.y()};
    }
    QRectF toDevice(const Box& box) const
    {
        return {toDevice(Point{box.left, box.top}), scale * QSizeF(box.width, box.height)};
    }

    /// The whole picture, as large as it fits, in the middle of `area`.
    static PictureTransform fitting(QSizeF picture, const QRectF& area);

    bool operator==(const PictureTransform&) const = default;
};

/// The pixels whose centres lie inside the rectangle.
QRect pixelsInside(const QRectF& rect);

/// The cell as a rectangle in picture coordinates; it can reach beyond the picture's edges.
Box cellBox(const CellGeometry& geometry, Cell cell);

} // namespace ocellus
