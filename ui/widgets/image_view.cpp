// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/image_view.h"

namespace ocellus {

namespace {

bool isForOverlay(const QEvent& event)
{
    switch (event.type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::Wheel:
    case QEvent::Enter:
    case QEvent::Leave:
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
    case QEvent::FocusOut: return true;
    default: return false;
    }
}

} // namespace

ImageView::ImageView(LinkedView& view, QWidget* parent) : MapTile(view, std::make_shared<ScaledPicture>(), parent)
{
    setExplanation({}, 0);
}

void ImageView::setExplanation(const Explanation& explanation, int head)
{
    const std::optional<TileMap> map = tileOfHead(explanation, head);
    setMap(explanation, map ? &*map : nullptr);
}

void ImageView::setOverlay(PictureOverlay* overlay)
{
    m_overlay = overlay;
    updateCursor();
    update();
}

bool ImageView::event(QEvent* event)
{
    // A tool tip would lie over what is being painted.
    if (event->type() == QEvent::ToolTip && m_overlay && m_overlay->isWorking())
        return true;
    if (m_overlay && isForOverlay(*event) && hasPicture() && !isPanning() &&
        m_overlay->take(*event, pictureTransform())) {
        event->accept();
        // What a tool takes tells nothing of the cell under it.
        if (event->type() == QEvent::MouseMove)
            leaveCell();
        return true;
    }
    return MapTile::event(event);
}

void ImageView::paintEvent(QPaintEvent* event)
{
    MapTile::paintEvent(event);
    if (!m_overlay || !hasPicture() || !isOverlayVisible())
        return;
    QPainter painter(this);
    painter.setClipRect(pictureArea());
    m_overlay->paint(painter, pictureArea(), pictureTransform());
}

bool ImageView::keepsPictureClear() const
{
    return m_overlay && m_overlay->isWorking();
}

bool ImageView::hidesMap() const
{
    return m_overlay && m_overlay->isPainting();
}

QCursor ImageView::idleCursor() const
{
    const auto cursor = m_overlay ? m_overlay->cursor() : std::nullopt;
    return cursor ? *cursor : MapTile::idleCursor();
}

} // namespace ocellus
