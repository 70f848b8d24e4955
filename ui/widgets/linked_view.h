// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QObject>
#include <QPointF>

#include "core/image/geometry.h"
#include "ui/widgets/view_transform.h"

namespace ocellus {

/// What all views of one picture share: zoom and place, the crosshair, the cell under the mouse, and what is
/// hidden or shown while a key is held.
class LinkedView : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    const ViewTransform& transform() const { return m_transform; }
    void setTransform(const ViewTransform& transform);
    /// Another picture's size starts from fit; the same size keeps the view, so that layers can be compared in place.
    void setPictureSize(QSizeF size);

    /// Points of the picture, because another answer can have another grid: each view marks its own cell there. Whoever
    /// shows another picture takes it away.
    const std::optional<QPointF>& crosshair() const { return m_crosshair; }
    void placeCrosshair(QPointF picturePoint);
    void clearCrosshair();

    /// Under the mouse, or else where the crosshair is.
    std::optional<QPointF> pointedAt() const { return m_hovered ? m_hovered : m_crosshair; }
    const std::optional<QPointF>& hovered() const { return m_hovered; }
    void hover(Cell cell, QPointF picturePoint);
    void leave();

    /// Whether the part of the picture that the pointed cell sees is outlined.
    bool isFieldShown() const { return m_fieldShown; }
    void setFieldShown(bool shown);

    bool isOverlayVisible() const { return m_overlayVisible; }
    void setOverlayVisible(bool visible);

    /// Whether the picture as it was before its edits takes the place of the edited one.
    bool isBeforeShown() const { return m_beforeShown; }
    void setBeforeShown(bool shown);

    /// While Space is held, dragging with the left button pans.
    bool isPanning() const { return m_panning; }
    void setPanning(bool panning);

signals:
    void changed(); ///< anything above: paint again
    void cellHovered(ocellus::Cell cell, QPointF picturePoint);
    void hoverLeft();
    void crosshairPlaced(QPointF picturePoint);

private:
    ViewTransform m_transform;
    std::optional<QPointF> m_crosshair;
    std::optional<QPointF> m_hovered;
    std::optional<Cell> m_hoveredCell; // of the view under the mouse: a move within it changes nothing
    bool m_fieldShown = false;
    bool m_overlayVisible = true;
    bool m_beforeShown = false;
    bool m_panning = false;
};

} // namespace ocellus
