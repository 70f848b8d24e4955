// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include "ui/figures/picture_transform.h"

namespace ocellus {

/// Which part of a picture is seen, whatever the size of the view: zoom relative to fit, and the point in its middle.
class ViewTransform {
public:
    ViewTransform() = default;
    explicit ViewTransform(QSizeF picture);
    /// `centre` in picture coordinates, as far as the zoom allows it.
    ViewTransform(QSizeF picture, double zoom, QPointF centre);

    QSizeF picture() const { return m_picture; }
    double zoom() const { return m_zoom; }      ///< 1: the whole picture just fits
    QPointF centre() const { return m_centre; } ///< in picture coordinates

    /// The same part of another picture, or of the same at another size.
    ViewTransform ofPicture(QSizeF picture) const;
    /// How the picture lies in `area`.
    PictureTransform in(const QRectF& area) const;

    void fit();
    /// One picture pixel is `pixel` units of the area; the picture point under `position` stays there, as far as the
    /// picture reaches.
    void showPixels(double pixel, QPointF position, const QRectF& area);
    /// Zooms by `factor`; the picture point under `position` stays there, as far as the picture reaches.
    void zoomAt(QPointF position, double factor, const QRectF& area);
    /// Moves the picture by `delta` units of the area.
    void pan(QPointF delta, const QRectF& area);

    bool operator==(const ViewTransform&) const = default;

private:
    void setZoom(double zoom);
    void zoomTo(double zoom, QPointF position, const QRectF& area);
    void setCentre(QPointF centre);

    QSizeF m_picture;
    double m_zoom = 1;
    QPointF m_centre;
};

} // namespace ocellus
