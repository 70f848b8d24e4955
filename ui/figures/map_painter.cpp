// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/map_painter.h"

#include <algorithm>
#include <cmath>

#include <QPaintDevice>

namespace ocellus {

namespace {

constexpr double hairline = 0.5; ///< times a contour's width
constexpr double boxWidth = 1.4;
constexpr double leastCell = 2; ///< device pixels; smaller ones are as many as pixels, and drawn at once

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
    if (values.empty()) {
        clear();
        return;
    }
    const MapImage map = renderMap(values, geometry, style, range);
    const QImage straight(map.rgba.data(), map.size.width, map.size.height, 4 * map.size.width,
                          QImage::Format_RGBA8888);
    m_smooth = map.smooth;
    m_box = map.box;
    m_seen = geometry.seen();
    m_seesAll = geometry.seesAll();
    m_map = straight.convertToFormat(m_smooth ? QImage::Format_ARGB32_Premultiplied : QImage::Format_ARGB32);
    m_drawn = {};
    for (int y = 0; y < m_map.height(); ++y)
        for (int x = 0; x < m_map.width(); ++x)
            if (map.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(m_map.width()) +
                              static_cast<std::size_t>(x)) +
                         3] > 0)
                m_drawn |= QRect(x, y, 1, 1);
    m_laysPicture = style.overlay == OverlayRule::Spotlight || style.overlay == OverlayRule::Mass;
    m_ground = groundOf(style);
    m_lines.clear();
    if (style.overlay == OverlayRule::Mass) {
        addLine(drawnValues(values, style), geometry, false, 0.5F, Qt::white, hairline);
        return;
    }
    const float half = (range.low + range.high) / 2;
    if (style.overlay == OverlayRule::Contours)
        for (const double share : {0.25, 0.5, 0.75}) {
            const Rgb& colour = colours(style.colourMap)[static_cast<std::size_t>(share * 256)];
            // An even spread is nothing to draw a line around.
            const auto level = std::max(static_cast<float>(valueAt(share, range, style.scale)), 1.0F);
            addLine(values, geometry, style.smooth, level, QColor(colour.red, colour.green, colour.blue), 1);
        }
    if (style.contour)
        addLine(values, geometry, style.smooth, style.threshold.value_or(half), Qt::white, 1);
    else if (style.overlay != OverlayRule::Contours && style.overlay != OverlayRule::Flat && range.low >= 0)
        addLine(values, geometry, style.smooth, half, Qt::white, hairline);
}

void MapPainter::addBox(const Box& box)
{
    QPainterPath path;
    path.addRect(QRectF(box.left, box.top, box.width, box.height));
    m_lines.push_back({path, QColor(255, 230, 0), boxWidth});
}

void MapPainter::addLine(std::span<const float> values, const CellGeometry& geometry, bool smooth, float level,
                         QColor colour, double width)
{
    QPainterPath path;
    for (const std::vector<Point>& line : contours(values, geometry, smooth, level)) {
        QPolygonF polygon;
        for (const Point& point : line)
            polygon.append({point.x, point.y});
        path.addPolygon(polygon);
        path.closeSubpath();
    }
    if (!path.isEmpty())
        m_lines.push_back({path, colour, width});
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
    const bool hasMap = withMap && !m_map.isNull() && !part.image.isNull();
    painter.drawImage(part.topLeft, hasMap ? part.on(m_ground) : part.image);
    painter.save();
    if (hasMap && !m_seesAll)
        painter.setClipRect(pixelsInside(inPixels.toDevice(m_seen)), Qt::IntersectClip);
    if (hasMap && m_smooth)
        paintSmooth(painter, part, inPixels);
    else if (hasMap)
        paintCells(painter, part, inPixels);
    painter.restore();
    if (!m_seesAll && !part.image.isNull())
        paintUnseen(painter, QRect(part.topLeft, part.image.size()), inPixels, hasMap);
    painter.restore();
}

void MapPainter::paintUnseen(QPainter& painter, const QRect& picture, const PictureTransform& transform,
                             bool isDim) const
{
    const QRect seen = pixelsInside(transform.toDevice(m_seen));
    if (isDim)
        for (const QRect& unseen : QRegion(picture) - QRegion(seen))
            painter.fillRect(unseen, QColor(96, 96, 96, 190));
    painter.setClipRect(picture, Qt::IntersectClip);
    painter.setBrush(Qt::NoBrush);
    const QRect frame = seen.adjusted(-1, -1, 0, 0);
    painter.setPen(QColor(0, 0, 0, 160));
    painter.drawRect(frame.adjusted(-1, -1, 1, 1));
    painter.setPen(Qt::white);
    painter.drawRect(frame);
}

void MapPainter::paintCells(QPainter& painter, const ScaledPicture::Part& part, const PictureTransform& transform) const
{
    const QRect visible(part.topLeft, part.image.size());
    const QRectF box = transform.toDevice(m_box);
    if (!m_laysPicture && box.width() < leastCell * m_map.width()) {
        painter.setClipRect(visible, Qt::IntersectClip);
        painter.drawImage(box, m_map);
        return;
    }
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
            if (width <= 0 || qAlpha(colour[column]) == 0)
                continue;
            const QRect cell(left, top, width, height);
            if (m_laysPicture) {
                painter.setOpacity(qAlpha(colour[column]) / 255.0);
                painter.drawImage(cell.topLeft(), part.image, cell.translated(-part.topLeft));
            } else {
                painter.fillRect(cell, QColor::fromRgba(colour[column]));
            }
        }
    }
    painter.setOpacity(1);
}

QRect MapPainter::drawn(const QRect& visible, const QRectF& box) const
{
    const double width = box.width() / m_map.width(), height = box.height() / m_map.height();
    // A pixel more on each side, which interpolation reaches.
    const QRectF place(box.left() + (m_drawn.left() - 1) * width, box.top() + (m_drawn.top() - 1) * height,
                       (m_drawn.width() + 2) * width, (m_drawn.height() + 2) * height);
    return m_drawn.isEmpty() ? QRect() : (place & QRectF(visible)).toAlignedRect() & visible;
}

void MapPainter::paintSmooth(QPainter& painter, const ScaledPicture::Part& part,
                             const PictureTransform& transform) const
{
    const QRectF box = transform.toDevice(m_box);
    const QRect place = drawn(QRect(part.topLeft, part.image.size()), box);
    if (place.isEmpty())
        return;
    if (!m_laysPicture) {
        painter.setClipRect(place, Qt::IntersectClip);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        drawStretched(painter, m_map, box, place);
        return;
    }
    QImage lit = part.image.copy(place.translated(-part.topLeft));
    lit.convertTo(QImage::Format_ARGB32_Premultiplied);
    QPainter light(&lit);
    light.setRenderHint(QPainter::SmoothPixmapTransform);
    light.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    drawStretched(light, m_map, box.translated(-place.topLeft()), lit.rect());
    light.end();
    painter.drawImage(place.topLeft(), lit);
}

void MapPainter::paintLines(QPainter& painter, const QRectF& area, const PictureTransform& transform,
                            double width) const
{
    if (m_lines.empty())
        return;
    const QTransform toPainter(transform.scale, 0, 0, transform.scale, transform.offset.x(), transform.offset.y());
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const Line& line : m_lines) {
        const QPainterPath path = toPainter.map(line.path);
        // Dark under light, so that it is seen on any colour.
        painter.setPen(QPen(QColor(0, 0, 0, 160), 2 * line.width * width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.drawPath(path);
        painter.setPen(QPen(line.colour, line.width * width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.drawPath(path);
    }
    painter.restore();
}

} // namespace ocellus
