// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/view_transform.h"

#include <algorithm>

namespace ocellus {

namespace {

constexpr double largestPixel = 64; ///< units of the area a picture pixel

double fitScale(QSizeF picture, const QRectF& area)
{
    return PictureTransform::fitting(picture, area).scale;
}

} // namespace

ViewTransform::ViewTransform(QSizeF picture) : m_picture(picture)
{
    fit();
}

ViewTransform::ViewTransform(QSizeF picture, double zoom, QPointF centre) : m_picture(picture), m_zoom(zoom)
{
    setCentre(centre);
}

PictureTransform ViewTransform::in(const QRectF& area) const
{
    const double scale = fitScale(m_picture, area) * m_zoom;
    return {scale, area.center() - scale * m_centre};
}

ViewTransform ViewTransform::ofPicture(QSizeF picture) const
{
    if (picture == m_picture || m_picture.isEmpty())
        return *this;
    return {picture, m_zoom,
            QPointF(m_centre.x() / m_picture.width() * picture.width(),
                    m_centre.y() / m_picture.height() * picture.height())};
}

void ViewTransform::fit()
{
    setZoom(1);
}

void ViewTransform::showPixels(double pixel, QPointF position, const QRectF& area)
{
    zoomTo(pixel / fitScale(m_picture, area), position, area);
}

void ViewTransform::zoomAt(QPointF position, double factor, const QRectF& area)
{
    const double fitting = fitScale(m_picture, area);
    const double least = std::min(1.0, 1 / fitting); // never smaller than both fit and one to one
    const double most = std::max(4.0, largestPixel / fitting);
    zoomTo(std::clamp(m_zoom * factor, least, most), position, area);
}

void ViewTransform::zoomTo(double zoom, QPointF position, const QRectF& area)
{
    const Point before = in(area).toPicture(position);
    setZoom(zoom);
    const Point after = in(area).toPicture(position);
    setCentre(m_centre + QPointF(before.x - after.x, before.y - after.y));
}

void ViewTransform::pan(QPointF delta, const QRectF& area)
{
    setCentre(m_centre - delta / in(area).scale);
}

void ViewTransform::setZoom(double zoom)
{
    m_zoom = zoom;
    setCentre(m_centre);
}

void ViewTransform::setCentre(QPointF centre)
{
    // All of the picture is seen: there is nothing to look for elsewhere.
    if (m_zoom <= 1)
        m_centre = QPointF(m_picture.width() / 2, m_picture.height() / 2);
    else
        m_centre =
            QPointF(std::clamp(centre.x(), 0.0, m_picture.width()), std::clamp(centre.y(), 0.0, m_picture.height()));
}

} // namespace ocellus
