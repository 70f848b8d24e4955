// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/map_painter.h"

#include <algorithm>
#include <cmath>

#include <QPaintDevice>

namespace ocellus {

namespace {

/// Device pixels from edge to edge of `count` equal steps over [from, from + length], cut to [first, last].
std::vector<int> pixelEdges(double from, double length, int count, int first, int last)
{
    std::vector<int> edges(static_cast<std::size_t>(count) + 1);
    for (int i = 0; i <= count; ++i) {
        const double edge = std::clamp(from + length * i / count, first - 1.0, last + 2.0);
        edges[static_cast<std::size_t>(i)] = std::clamp(static_cast<int>(std::ceil(edge - 0.5)), first, last + 1);
    }
    return edges;
}

} // namespace

void MapPainter::clear()
{
    *this = MapPainter();
}

void MapPainter::setMap(std::span<const float> values, const CellGeometry& geometry, const MapStyle& style, Range range)
{
    const MapImage map = renderMap(values, geometry, style, range);
    const QImage straight(map.rgba.data(), map.size.width, map.size.height, 4 * map.size.width,
                          QImage::Format_RGBA8888);
    m_smooth = map.smooth;
    m_box = map.box;
    m_map = straight.convertToFormat(m_smooth ? QImage::Format_ARGB32_Premultiplied : QImage::Format_ARGB32);
    m_contour.clear();
    if (!style.contour)
        return;
    const float level = style.threshold.value_or((range.low + range.high) / 2);
    for (const std::vector<Point>& line : contours(values, geometry, style.smooth, level)) {
        QPolygonF polygon;
        for (const Point& point : line)
            polygon.append({point.x, point.y});
        m_contour.addPolygon(polygon);
        m_contour.closeSubpath();
    }
}

void MapPainter::paint(QPainter& painter, const QRectF& area, const PictureTransform& transform, ScaledPicture& picture,
                       bool withMap) const
{
    const Ground ground = [&picture](const QRect& inPixels, const PictureTransform& toPixels) -> const auto&
    {
        return picture.part(inPixels, toPixels);
    };
    paint(painter, area, transform, ground, withMap);
}

void MapPainter::paint(QPainter& painter, const QRectF& area, const PictureTransform& transform, const Ground& ground,
                       bool withMap) const
{
    // All in device pixels: only there is it known which pixel belongs to which cell.
    const double ratio = painter.device()->devicePixelRatioF();
    const QTransform toPixels = painter.transform() * QTransform::fromScale(ratio, ratio);
    const PictureTransform inPixels{transform.scale * toPixels.m11(), toPixels.map(transform.offset)};
    const QRect areaInPixels = pixelsInside(toPixels.mapRect(area));

    painter.save();
    painter.setTransform(QTransform::fromScale(1 / ratio, 1 / ratio));
    const ScaledPicture::Part& part = ground(areaInPixels, inPixels);
    painter.drawImage(part.topLeft, part.image);
    const QRect visible(part.topLeft, part.image.size());
    if (withMap && !m_map.isNull() && !visible.isEmpty()) {
        if (m_smooth)
            paintSmooth(painter, visible, inPixels);
        else
            paintCells(painter, visible, inPixels);
    }
    painter.restore();
}

void MapPainter::paintCells(QPainter& painter, const QRect& visible, const PictureTransform& transform) const
{
    const QRectF box = transform.toDevice(m_box);
    const auto columns = pixelEdges(box.left(), box.width(), m_map.width(), visible.left(), visible.right());
    const auto rows = pixelEdges(box.top(), box.height(), m_map.height(), visible.top(), visible.bottom());
    for (int row = 0; row < m_map.height(); ++row) {
        const int top = rows[static_cast<std::size_t>(row)];
        const int height = rows[static_cast<std::size_t>(row) + 1] - top;
        if (height <= 0)
            continue;
        const auto* colour = reinterpret_cast<const QRgb*>(m_map.constScanLine(row));
        for (int column = 0; column < m_map.width(); ++column) {
            const int left = columns[static_cast<std::size_t>(column)];
            const int width = columns[static_cast<std::size_t>(column) + 1] - left;
            if (width > 0 && qAlpha(colour[column]) > 0)
                painter.fillRect(left, top, width, height, QColor::fromRgba(colour[column]));
        }
    }
}

void MapPainter::paintSmooth(QPainter& painter, const QRect& visible, const PictureTransform& transform) const
{
    painter.setClipRect(visible, Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    drawStretched(painter, m_map, transform.toDevice(m_box), visible);
}

void MapPainter::paintContour(QPainter& painter, const QRectF& area, const PictureTransform& transform,
                              double width) const
{
    if (m_contour.isEmpty())
        return;
    const QTransform toPainter(transform.scale, 0, 0, transform.scale, transform.offset.x(), transform.offset.y());
    const QPainterPath line = toPainter.map(m_contour);
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    // Dark under light, so that it is seen on any colour.
    painter.setPen(QPen(QColor(0, 0, 0, 160), 2 * width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(line);
    painter.setPen(QPen(Qt::white, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(line);
    painter.restore();
}

} // namespace ocellus
