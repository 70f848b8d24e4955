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
    m_hovered.reset();
    m_hoveredCell.reset();
    emit changed();
}

void LinkedView::placeCrosshair(QPointF picturePoint)
{
    if (m_crosshair == picturePoint)
        return;
    m_crosshair = picturePoint;
    emit changed();
    emit crosshairPlaced(picturePoint);
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
    m_hovered = picturePoint;
    if (m_hoveredCell != cell) {
        m_hoveredCell = cell;
        emit changed();
    }
    emit cellHovered(cell, picturePoint);
}

void LinkedView::leave()
{
    if (!m_hovered)
        return;
    m_hovered.reset();
    m_hoveredCell.reset();
    emit changed();
    emit hoverLeft();
}

void LinkedView::setFieldShown(bool shown)
{
    if (shown == m_fieldShown)
        return;
    m_fieldShown = shown;
    emit changed();
}

void LinkedView::setOverlayVisible(bool visible)
{
    if (visible == m_overlayVisible)
        return;
    m_overlayVisible = visible;
    emit changed();
}

void LinkedView::setBeforeShown(bool shown)
{
    if (shown == m_beforeShown)
        return;
    m_beforeShown = shown;
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
