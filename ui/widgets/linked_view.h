// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QObject>
#include <QPointF>

#include "core/image/geometry.h"
#include "ui/widgets/view_transform.h"

namespace ocellus {

/// What all views of one picture share: zoom and place, the crosshair, the cell under the mouse, the overlay's hiding.
class LinkedView : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    const ViewTransform& transform() const { return m_transform; }
    void setTransform(const ViewTransform& transform);
    /// Another picture's size starts from fit; the same size keeps the view, so that layers can be compared in place.
    void setPictureSize(QSizeF size);

    const std::optional<Cell>& crosshair() const { return m_crosshair; }
    void placeCrosshair(Cell cell);
    void clearCrosshair();

    const std::optional<Cell>& hoveredCell() const { return m_hoveredCell; }
    void hover(Cell cell, QPointF picturePoint);
    void leave();

    bool isOverlayVisible() const { return m_overlayVisible; }
    void setOverlayVisible(bool visible);

    /// While Space is held, dragging with the left button pans.
    bool isPanning() const { return m_panning; }
    void setPanning(bool panning);

signals:
    void changed(); ///< anything above: paint again
    void cellHovered(ocellus::Cell cell, QPointF picturePoint);
    void hoverLeft();
    void crosshairPlaced(ocellus::Cell cell);

private:
    ViewTransform m_transform;
    std::optional<Cell> m_crosshair;
    std::optional<Cell> m_hoveredCell;
    bool m_overlayVisible = true;
    bool m_panning = false;
};

} // namespace ocellus
