// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/scaled_picture.h"

#include <algorithm>

#include <QPainter>

namespace ocellus {

const QImage& ScaledPicture::Part::on(const GroundTone& ground) const
{
    if (ground.share <= 0 || image.isNull())
        return image;
    if (m_ground != ground || m_toned.size() != image.size()) {
        m_ground = ground;
        m_toned = image.copy();
        for (int y = 0; y < m_toned.height(); ++y)
            toGround({reinterpret_cast<std::uint32_t*>(m_toned.scanLine(y)), static_cast<std::size_t>(m_toned.width())},
                     ground);
    }
    return m_toned;
}

void ScaledPicture::setPicture(const QImage& picture)
{
    if (picture.cacheKey() == m_picture.cacheKey())
        return;
    m_picture = picture;
    m_halves.clear();
    m_part = {};
    m_area = {};
}

const ScaledPicture::Part& ScaledPicture::part(const QRect& area, const PictureTransform& transform)
{
    if (area == m_area && transform == m_transform)
        return m_part;
    m_area = area;
    m_transform = transform;
    const Box whole{0, 0, static_cast<double>(m_picture.width()), static_cast<double>(m_picture.height())};
    const QRect visible = pixelsInside(transform.toDevice(whole)) & area;
    m_part = {QImage(visible.size(), QImage::Format_RGB32), visible.topLeft()};
    if (visible.isEmpty())
        return m_part;
    QPainter painter(&m_part.image);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.translate(-visible.topLeft());
    const QRectF box = transform.toDevice(whole);
    const QImage& level = levelFor(transform.scale);
    // QPainter can leave out pixels on the border whose centres lie just inside it: paint a larger picture under it.
    painter.setClipRegion(QRegion(visible).subtracted(box.toRect().adjusted(2, 2, -2, -2)));
    drawStretched(painter, level, box.adjusted(-1, -1, 1, 1), visible);
    painter.setClipping(false);
    drawStretched(painter, level, box, visible);
    return m_part;
}

ScaledPicture& ScaledPicture::sibling()
{
    if (!m_sibling)
        m_sibling = std::make_unique<ScaledPicture>();
    return *m_sibling;
}

const QImage& ScaledPicture::levelFor(double scale)
{
    // Bilinear sampling alone would skip pixels below half size: halve by averaging first.
    std::size_t level = 0;
    for (double left = scale; left < 0.5 && (m_picture.width() >> level) > 1 && (m_picture.height() >> level) > 1;
         left *= 2) {
        if (level == m_halves.size()) {
            const QImage& larger = level == 0 ? m_picture : m_halves.back();
            m_halves.push_back(larger.scaled((larger.width() + 1) / 2, (larger.height() + 1) / 2, Qt::IgnoreAspectRatio,
                                             Qt::SmoothTransformation));
        }
        ++level;
    }
    return level == 0 ? m_picture : m_halves[level - 1];
}

void drawStretched(QPainter& painter, const QImage& image, const QRectF& box, const QRect& visible)
{
    // Only what is seen, and two pixels more for the interpolation, because far zoom makes the box larger than QPainter
    // can count.
    const double pixelWidth = box.width() / image.width();
    const double pixelHeight = box.height() / image.height();
    const QRectF seen((visible.left() - box.left()) / pixelWidth, (visible.top() - box.top()) / pixelHeight,
                      visible.width() / pixelWidth, visible.height() / pixelHeight);
    const QRect source = seen.toAlignedRect().adjusted(-2, -2, 2, 2) & image.rect();
    const QRectF target(box.left() + source.left() * pixelWidth, box.top() + source.top() * pixelHeight,
                        source.width() * pixelWidth, source.height() * pixelHeight);
    painter.drawImage(target, image, source);
}

} // namespace ocellus
