// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/map_tile.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace ocellus {

namespace {

constexpr double frameWidth = 2;
constexpr double contourWidth = 1.2;

bool isArrow(int key)
{
    return key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left || key == Qt::Key_Right;
}

} // namespace

MapTile::MapTile(LinkedView& view, std::shared_ptr<ScaledPicture> picture, QWidget* parent)
    : QWidget(parent),
      m_view(view),
      m_picture(std::move(picture))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&m_view, &LinkedView::changed, this, [this] {
        updateCursor();
        update();
    });
}

void MapTile::setMap(const Explanation& explanation, const TileMap* tile)
{
    m_explanation = explanation;
    m_head = tile ? tile->head : -1;
    m_picture->setPicture(explanation.picture);
    if (tile)
        m_painter.setMap(tile->values, explanation.geometry, explanation.style, tile->range);
    else
        m_painter.clear();
    m_caption = hasPicture() ? TileCaption(explanation, tile) : TileCaption();
    if (hasPicture())
        m_view.setPictureSize(explanation.picture.size());

    QStringList told = m_caption.banners();
    if (explanation.stale)
        told += tr("out of date");
    setAccessibleName(hasPicture() ? m_caption.title() : tr("No picture"));
    setAccessibleDescription(told.join(QStringLiteral(", ")));
    setToolTip((QStringList{m_caption.title()} + told).join('\n'));
    update();
    emit shown();
}

void MapTile::setSelected(bool selected)
{
    if (selected == m_selected)
        return;
    m_selected = selected;
    update();
}

void MapTile::reveal(Point point)
{
    const QPointF place = pictureTransform().toDevice(point);
    if (!hasPicture() || pictureArea().contains(place))
        return;
    ViewTransform transform = m_view.transform();
    transform.pan(pictureArea().center() - place, pictureArea());
    m_view.setTransform(transform);
}

QRectF MapTile::pictureArea() const
{
    const double top = m_caption.height(font());
    return {frameWidth, frameWidth + top, std::max(width() - 2 * frameWidth, 1.0),
            std::max(height() - top - 2 * frameWidth, 1.0)};
}

PictureTransform MapTile::pictureTransform() const
{
    return m_view.transform().in(pictureArea());
}

QSize MapTile::sizeHint() const
{
    return {320, 260};
}

QSize MapTile::minimumSizeHint() const
{
    return {48, 48};
}

void MapTile::fit()
{
    ViewTransform transform = m_view.transform();
    transform.fit();
    m_view.setTransform(transform);
}

void MapTile::showActualPixels()
{
    if (!hasPicture())
        return;
    ViewTransform transform = m_view.transform();
    transform.showActualPixels(pictureArea(), 1 / devicePixelRatioF());
    m_view.setTransform(transform);
}

bool MapTile::event(QEvent* event)
{
    // While a tile has the focus these keys are its own, and no menu's.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool moves = isArrow(key->key()) && key->modifiers() == Qt::ShiftModifier;
        if (moves || (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier))
            event->accept();
    }
    return QWidget::event(event);
}

void MapTile::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!hasPicture()) {
        painter.fillRect(rect(), palette().color(QPalette::Base));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Open a checkpoint and a picture to see where each class looks"));
        paintFrame(painter);
        return;
    }
    paintPicture(painter);
    paintMarks(painter);
    if (m_explanation.stale)
        paintStale(painter);
    m_caption.paint(painter, QRectF(rect()), palette(), m_selected);
    paintFrame(painter);
}

void MapTile::paintPicture(QPainter& painter)
{
    const PictureTransform transform = pictureTransform();
    const QSizeF size = m_explanation.picture.size();
    const QRect covered = pixelsInside(transform.toDevice(Box{0, 0, size.width(), size.height()})) &
                          pixelsInside(pictureArea()).adjusted(1, 1, -1, -1);
    for (const QRect& around : QRegion(rect()).subtracted(covered))
        painter.fillRect(around, palette().color(QPalette::Window));
    m_painter.paint(painter, pictureArea(), transform, *m_picture, showsMap());
    if (showsMap())
        m_painter.paintContour(painter, pictureArea(), transform, contourWidth);
}

void MapTile::paintMarks(QPainter& painter) const
{
    if (m_head < 0)
        return;
    const PictureTransform transform = pictureTransform();
    const auto inGrid = [this](const std::optional<Cell>& cell) {
        return cell && cell->row < m_explanation.geometry.rows() && cell->column < m_explanation.geometry.columns();
    };
    const auto strokeTwice = [&painter](const auto& draw) {
        painter.setPen(QPen(QColor(0, 0, 0, 170), 3));
        draw();
        painter.setPen(QPen(Qt::white, 1));
        draw();
    };
    painter.save();
    painter.setClipRect(pictureArea());
    painter.setBrush(Qt::NoBrush);
    if (inGrid(m_view.hoveredCell())) {
        const QRectF cell = transform.toDevice(cellBox(m_explanation.geometry, *m_view.hoveredCell()));
        strokeTwice([&] { painter.drawRect(cell); });
    }
    if (inGrid(m_view.crosshair())) {
        const QRectF cell = transform.toDevice(cellBox(m_explanation.geometry, *m_view.crosshair()));
        const QPointF centre = transform.toDevice(m_explanation.geometry.centre(*m_view.crosshair()));
        const QRectF area = pictureArea();
        // The lines leave the cell itself free.
        const QList<QLineF> lines{{{area.left(), centre.y()}, {cell.left(), centre.y()}},
                                  {{cell.right(), centre.y()}, {area.right(), centre.y()}},
                                  {{centre.x(), area.top()}, {centre.x(), cell.top()}},
                                  {{centre.x(), cell.bottom()}, {centre.x(), area.bottom()}}};
        strokeTwice([&] {
            painter.drawLines(lines);
            painter.drawRect(cell);
        });
    }
    painter.restore();
}

bool MapTile::showsMap() const
{
    return m_view.isOverlayVisible() && !(m_explanation.stale && keepsPictureClear());
}

void MapTile::paintStale(QPainter& painter) const
{
    const QString text = tr("out of date");
    const QSizeF size = QFontMetricsF(painter.font()).size(Qt::TextSingleLine, text) + QSizeF(16, 6);
    QRectF label(pictureArea().topLeft(), size);
    if (!keepsPictureClear()) {
        QColor veil = palette().color(QPalette::Window);
        veil.setAlphaF(0.6f);
        painter.fillRect(pictureArea(), veil);
        label.moveCenter(pictureArea().center());
    }
    painter.fillRect(label, palette().color(QPalette::ToolTipBase));
    painter.setPen(palette().color(QPalette::ToolTipText));
    painter.drawText(label, Qt::AlignCenter, text);
}

void MapTile::paintFrame(QPainter& painter) const
{
    painter.setBrush(Qt::NoBrush);
    const QColor colour = palette().color(m_selected ? QPalette::Highlight : QPalette::Mid);
    const double width = m_selected ? frameWidth : 1;
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2));
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(2, 2, -3, -3));
    }
}

void MapTile::wheelEvent(QWheelEvent* event)
{
    if (!hasPicture())
        return;
    ViewTransform transform = m_view.transform();
    transform.zoomAt(event->position(), std::exp2(event->angleDelta().y() / 240.0), pictureArea());
    m_view.setTransform(transform);
    event->accept();
}

void MapTile::mousePressEvent(QMouseEvent* event)
{
    const bool pans = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_view.isPanning());
    if (pans && hasPicture()) {
        m_dragFrom = event->position();
        updateCursor();
    } else if (event->button() == Qt::LeftButton && m_head >= 0) {
        emit clicked(m_head);
        if (const auto cell = cellAt(event->position()))
            m_view.placeCrosshair(*cell);
    } else {
        QWidget::mousePressEvent(event);
    }
}

void MapTile::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragFrom) {
        ViewTransform transform = m_view.transform();
        transform.pan(event->position() - *m_dragFrom, pictureArea());
        m_dragFrom = event->position();
        m_view.setTransform(transform);
        return;
    }
    if (const auto cell = cellAt(event->position())) {
        const Point point = pictureTransform().toPicture(event->position());
        m_view.hover(*cell, {point.x, point.y});
    } else {
        m_view.leave();
    }
}

void MapTile::mouseReleaseEvent(QMouseEvent*)
{
    m_dragFrom.reset();
    updateCursor();
}

void MapTile::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_head >= 0 && !m_view.isPanning())
        emit activated(m_head);
}

void MapTile::leaveEvent(QEvent*)
{
    m_view.leave();
}

void MapTile::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F && event->modifiers() == Qt::NoModifier)
        fit();
    else if (event->key() == Qt::Key_Z && event->modifiers() == Qt::NoModifier)
        showActualPixels();
    else if (event->key() == Qt::Key_H && event->modifiers() == Qt::NoModifier)
        m_view.setOverlayVisible(false);
    else if (event->key() == Qt::Key_Space)
        m_view.setPanning(true);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_head >= 0)
        emit activated(m_head);
    else if (event->modifiers() != Qt::ShiftModifier || !moveCrosshair(event->key()))
        QWidget::keyPressEvent(event);
}

void MapTile::keyReleaseEvent(QKeyEvent* event)
{
    if (event->isAutoRepeat())
        return;
    if (event->key() == Qt::Key_H)
        m_view.setOverlayVisible(true);
    else if (event->key() == Qt::Key_Space)
        m_view.setPanning(false);
    else
        QWidget::keyReleaseEvent(event);
}

void MapTile::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void MapTile::focusOutEvent(QFocusEvent* event)
{
    // The release of a held key goes to whoever has the focus then.
    m_view.setOverlayVisible(true);
    m_view.setPanning(false);
    QWidget::focusOutEvent(event);
    update();
}

bool MapTile::moveCrosshair(int key)
{
    if (m_head < 0 || !isArrow(key))
        return false;
    const CellGeometry& geometry = m_explanation.geometry;
    Cell cell = m_view.crosshair().value_or(Cell{geometry.rows() / 2, geometry.columns() / 2});
    cell.row += (key == Qt::Key_Down) - (key == Qt::Key_Up);
    cell.column += (key == Qt::Key_Right) - (key == Qt::Key_Left);
    m_view.placeCrosshair(
        {std::clamp(cell.row, 0, geometry.rows() - 1), std::clamp(cell.column, 0, geometry.columns() - 1)});
    return true;
}

void MapTile::updateCursor()
{
    if (m_dragFrom)
        setCursor(Qt::ClosedHandCursor);
    else if (m_view.isPanning())
        setCursor(Qt::OpenHandCursor);
    else
        setCursor(idleCursor());
}

QCursor MapTile::idleCursor() const
{
    return Qt::ArrowCursor;
}

std::optional<Cell> MapTile::cellAt(QPointF position) const
{
    if (m_head < 0 || !pictureArea().contains(position))
        return {};
    const Point point = pictureTransform().toPicture(position);
    const QSize size = m_explanation.picture.size();
    if (point.x < 0 || point.y < 0 || point.x >= size.width() || point.y >= size.height())
        return {};
    return m_explanation.geometry.cellAt(point);
}

} // namespace ocellus
