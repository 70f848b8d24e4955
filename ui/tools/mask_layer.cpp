// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/mask_layer.h"

#include <algorithm>

namespace ocellus {

namespace {

constexpr double tintOpacity = 0.38;
constexpr std::uint8_t half = 128; // where the edge is
constexpr int dash = 4;            // pixels

} // namespace

void MaskLayer::setMask(const Mask& mask)
{
    m_mask = MaskPyramid(mask);
    m_picture = mask.pictureSize();
    m_area = {};
}

void MaskLayer::setTint(const QColor& tint)
{
    if (tint == m_tint)
        return;
    m_tint = tint;
    for (int value = 0; value < 256; ++value) {
        const double alpha = tintOpacity * static_cast<double>(tint.alphaF()) * value / 255;
        const auto scaled = [alpha](int channel) { return static_cast<int>(channel * alpha + 0.5); };
        m_tints[static_cast<std::size_t>(value)] =
            qRgba(scaled(tint.red()), scaled(tint.green()), scaled(tint.blue()), scaled(255));
    }
    m_area = {};
}

void MaskLayer::setStroke(const Stroke* stroke)
{
    m_stroke = stroke;
    // What it left on the view goes when that is painted next, perhaps with another mask.
    if (!stroke && m_raster)
        m_area = {};
}

void MaskLayer::paint(QPainter& painter, const QRectF& area, const PictureTransform& transform)
{
    if (m_picture == Size{})
        return;
    // All in device pixels, as MapPainter does.
    const double ratio = painter.device()->devicePixelRatioF();
    const QTransform toPixels = painter.transform() * QTransform::fromScale(ratio, ratio);
    const PictureTransform inPixels{transform.scale * toPixels.m11(), toPixels.map(transform.offset)};
    const QRect areaInPixels = pixelsInside(toPixels.mapRect(area));
    if (areaInPixels != m_area || inPixels != m_transform)
        project(areaInPixels, inPixels);
    if (m_stroke)
        continueStroke(*m_stroke);
    painter.save();
    painter.setTransform(QTransform::fromScale(1 / ratio, 1 / ratio));
    painter.drawImage(m_visible.topLeft(), m_image);
    painter.restore();
}

void MaskLayer::project(const QRect& area, const PictureTransform& transform)
{
    m_area = area;
    m_transform = transform;
    const Box whole{0, 0, static_cast<double>(m_picture.width), static_cast<double>(m_picture.height)};
    m_visible = pixelsInside(transform.toDevice(whole)) & area;
    m_base = m_mask.sampled(m_visible, transform);
    m_shown = m_base;
    m_raster.reset();
    m_image = QImage(m_visible.size(), QImage::Format_ARGB32_Premultiplied);
    colour(all());
}

void MaskLayer::continueStroke(const Stroke& stroke)
{
    if (m_visible.isEmpty())
        return;
    const auto place = [this](Point point) {
        const QPointF device = m_transform.toDevice(point) - m_visible.topLeft();
        return Point{device.x(), device.y()};
    };
    if (!m_raster) {
        const Brush brush{stroke.brush.radius * m_transform.scale, stroke.brush.hardness};
        m_raster.emplace(Size{m_visible.width(), m_visible.height()}, brush);
        m_drawn = 0;
        m_combine = stroke.combine;
    }
    PixelBox touched;
    for (; m_drawn < stroke.points.size(); ++m_drawn)
        touched = united(touched, m_raster->add(place(stroke.points[m_drawn])));
    if (m_combine != stroke.combine) {
        m_combine = stroke.combine;
        touched = all();
    }
    combine(touched);
    colour(grown(touched, 1, {m_visible.width(), m_visible.height()}));
}

void MaskLayer::combine(const PixelBox& box)
{
    for (int y = box.top; y < box.bottom(); ++y)
        for (int x = box.left; x < box.right(); ++x) {
            const std::size_t at = all().indexOf(x, y);
            const int base = m_base[at], stroke = m_raster->at(x, y);
            const int value = m_combine == Combine::Subtract ? (base * (255 - stroke) + 127) / 255
                              : m_combine == Combine::Add    ? std::max(base, stroke)
                                                             : stroke;
            m_shown[at] = static_cast<std::uint8_t>(value);
        }
}

void MaskLayer::colour(const PixelBox& box)
{
    for (int y = box.top; y < box.bottom(); ++y) {
        auto* pixel = reinterpret_cast<QRgb*>(m_image.scanLine(y)) + box.left;
        for (int x = box.left; x < box.right(); ++x)
            *pixel++ = colourOf(x, y);
    }
}

bool MaskLayer::isSelected(int x, int y) const
{
    return m_shown[all().indexOf(x, y)] >= half;
}

QRgb MaskLayer::colourOf(int x, int y) const
{
    const bool selected = isSelected(x, y);
    // What lies beyond the view is taken to go on as it is.
    const bool isEdge = (x > 0 && isSelected(x - 1, y) != selected) || (y > 0 && isSelected(x, y - 1) != selected) ||
                        (x + 1 < m_visible.width() && isSelected(x + 1, y) != selected) ||
                        (y + 1 < m_visible.height() && isSelected(x, y + 1) != selected);
    if (!isEdge)
        return m_tints[m_shown[all().indexOf(x, y)]];
    // White next to black across the edge, and taking turns along it: seen on every ground.
    const bool isDark = ((x + m_visible.left() + y + m_visible.top()) / dash % 2 == 0) != selected;
    return isDark ? qRgb(0, 0, 0) : qRgb(255, 255, 255);
}

} // namespace ocellus
