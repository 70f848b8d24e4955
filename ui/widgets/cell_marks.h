// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPainter>
#include <QRectF>

#include "ui/figures/explanation.h"
#include "ui/figures/picture_transform.h"

namespace ocellus {

/// Lines over a picture that tell of its cells: the crosshair, what a cell sees, and the cells' edges.
class CellMarks {
    Q_DECLARE_TR_FUNCTIONS(ocellus::CellMarks)

public:
    /// `area` and `transform` are in the painter's coordinates. All must outlive the marks, and the painter is to be
    /// clipped to the area.
    CellMarks(QPainter& painter, const Explanation& explanation, const PictureTransform& transform, const QRectF& area);

    /// The cell with lines that lead the eye to it, or with short ones where nobody points.
    void paintCrosshair(QPointF picturePoint, bool isPointed);
    /// The part of the picture that the cell sees, where that is known.
    void paintField(QPointF picturePoint);
    /// At high zoom neighbours of like colour would look like one cell.
    void paintEdges();

private:
    Cell cellUnder(QPointF picturePoint) const;

    QPainter& m_painter;
    const Explanation& m_explanation;
    const PictureTransform& m_transform;
    QRectF m_area;
};

} // namespace ocellus
