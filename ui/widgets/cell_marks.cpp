// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cell_marks.h"

#include <algorithm>

#include <QFontMetricsF>

#include "core/image/receptive_box.h"

namespace ocellus {

namespace {

constexpr double restingTick = 5; ///< units that the crosshair's lines reach out of its cell
constexpr double edgedCell = 64;  ///< units of a cell from which on cells have edges

/// Dark and light, so that it is seen on any picture.
template <class Draw>
void strokeTwice(QPainter& painter, Qt::PenStyle style, Draw&& draw)
{
    painter.setPen(QPen(QColor(0, 0, 0, 150), 2.4, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    draw();
    painter.setPen(QPen(Qt::white, 1, style, Qt::FlatCap, Qt::MiterJoin));
    draw();
}

} // namespace

CellMarks::CellMarks(QPainter& painter, const Explanation& explanation, const PictureTransform& transform,
                     const QRectF& area)
    : m_painter(painter),
      m_explanation(explanation),
      m_transform(transform),
      m_area(area)
{
    m_painter.setBrush(Qt::NoBrush);
}

Cell CellMarks::cellUnder(QPointF picturePoint) const
{
    return m_explanation.geometry.cellAt({picturePoint.x(), picturePoint.y()});
}

void CellMarks::paintCrosshair(QPointF picturePoint, bool isPointed)
{
    const Cell at = cellUnder(picturePoint);
    const QRectF cell = m_transform.toDevice(cellBox(m_explanation.geometry, at));
    const QPointF centre = m_transform.toDevice(m_explanation.geometry.centre(at));
    const QSize picture = m_explanation.picture.size();
    const QRectF all = m_transform.toDevice(Box{0, 0, double(picture.width()), double(picture.height())});
    const QRectF reach = isPointed ? m_area & all : cell.adjusted(-restingTick, -restingTick, restingTick, restingTick);
    const QList<QLineF> lines{{{reach.left(), centre.y()}, {cell.left(), centre.y()}},
                              {{cell.right(), centre.y()}, {reach.right(), centre.y()}},
                              {{centre.x(), reach.top()}, {centre.x(), cell.top()}},
                              {{centre.x(), cell.bottom()}, {centre.x(), reach.bottom()}}};
    if (isPointed) {
        m_painter.setPen(QPen(QColor(0, 0, 0, 70), 1));
        m_painter.drawLines(lines);
        m_painter.setPen(QPen(QColor(255, 255, 255, 130), 1, Qt::DashLine));
        m_painter.drawLines(lines);
    }
    strokeTwice(m_painter, Qt::SolidLine, [&] {
        if (!isPointed)
            m_painter.drawLines(lines);
        m_painter.drawRect(cell);
    });
}

void CellMarks::paintField(QPointF picturePoint)
{
    const Box box = receptiveBox(m_explanation.field, m_explanation.geometry.pictureSize(), m_explanation.inputSize,
                                 cellUnder(picturePoint));
    if (box.width <= 0 || box.height <= 0)
        return;
    const QRectF seen = m_transform.toDevice(box);
    strokeTwice(m_painter, Qt::DashLine, [&] { m_painter.drawRect(seen.adjusted(1.5, 1.5, -1.5, -1.5)); });
    const QString words = tr("this cell sees all of this");
    const QSizeF size = QFontMetricsF(m_painter.font()).size(Qt::TextSingleLine, words) + QSizeF(8, 2);
    const QRectF room = seen & m_area;
    if (room.width() < size.width() + 4 || room.height() < 3 * size.height())
        return;
    const QRectF label(room.topLeft() + QPointF(2, 2), size);
    m_painter.fillRect(label, QColor(0, 0, 0, 160));
    m_painter.setPen(Qt::white);
    m_painter.drawText(label, Qt::AlignCenter, words);
}

void CellMarks::paintEdges()
{
    const CellGeometry& geometry = m_explanation.geometry;
    const QRectF grid = m_transform.toDevice(geometry.gridBox());
    const double width = grid.width() / geometry.columns(), height = grid.height() / geometry.rows();
    if (m_explanation.style.smooth || std::min(width, height) < edgedCell)
        return;
    const QSize picture = m_explanation.picture.size();
    const QRectF area = m_area & m_transform.toDevice(Box{0, 0, double(picture.width()), double(picture.height())});
    QList<QLineF> lines;
    for (int column = 1; column < geometry.columns(); ++column)
        lines << QLineF(grid.left() + column * width, area.top(), grid.left() + column * width, area.bottom());
    for (int row = 1; row < geometry.rows(); ++row)
        lines << QLineF(area.left(), grid.top() + row * height, area.right(), grid.top() + row * height);
    m_painter.setPen(QPen(QColor(255, 255, 255, 60), 1));
    m_painter.drawLines(lines);
    m_painter.setPen(QPen(QColor(0, 0, 0, 60), 1, Qt::DotLine));
    m_painter.drawLines(lines);
}

} // namespace ocellus
