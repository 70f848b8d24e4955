// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/linked_view.h"

namespace ocellus {

void LinkedView::setTransform(const ViewTransform& transform)
{
    if (transform == m_transform)
        return;
    m_transform = transform;
    emit changed();
}

void LinkedView::setPictureSize(QSizeF size)
{
    if (size == m_transform.picture())
        return;
    m_transform = ViewTransform(size);
    m_crosshair.reset();
    m_hoveredCell.reset();
    emit changed();
}

void LinkedView::placeCrosshair(Cell cell)
{
    if (m_crosshair == cell)
        return;
    m_crosshair = cell;
    emit changed();
    emit crosshairPlaced(cell);
}

void LinkedView::clearCrosshair()
{
    if (!m_crosshair)
        return;
    m_crosshair.reset();
    emit changed();
}

void LinkedView::hover(Cell cell, QPointF picturePoint)
{
    if (m_hoveredCell != cell) {
        m_hoveredCell = cell;
        emit changed();
    }
    emit cellHovered(cell, picturePoint);
}

void LinkedView::leave()
{
    if (!m_hoveredCell)
        return;
    m_hoveredCell.reset();
    emit changed();
    emit hoverLeft();
}

void LinkedView::setOverlayVisible(bool visible)
{
    if (visible == m_overlayVisible)
        return;
    m_overlayVisible = visible;
    emit changed();
}

void LinkedView::setPanning(bool panning)
{
    if (panning == m_panning)
        return;
    m_panning = panning;
    emit changed();
}

} // namespace ocellus
