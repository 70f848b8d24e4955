// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/picture_transform.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

PictureTransform PictureTransform::fitting(QSizeF picture, const QRectF& area)
{
    const double scale = std::min(area.width() / picture.width(), area.height() / picture.height());
    return {scale, area.center() - scale * QPointF(picture.width() / 2, picture.height() / 2)};
}

QRect pixelsInside(const QRectF& rect)
{
    const auto firstPixel = [](double edge) { return static_cast<int>(std::ceil(edge - 0.5)); };
    return {QPoint(firstPixel(rect.left()), firstPixel(rect.top())),
            QPoint(firstPixel(rect.right()) - 1, firstPixel(rect.bottom()) - 1)};
}

Box cellBox(const CellGeometry& geometry, Cell cell)
{
    const Box grid = geometry.gridBox();
    const double width = grid.width / geometry.columns();
    const double height = grid.height / geometry.rows();
    return {grid.left + cell.column * width, grid.top + cell.row * height, width, height};
}

} // namespace ocellus
