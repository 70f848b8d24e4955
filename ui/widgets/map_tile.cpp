// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/map_tile.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include "core/image/receptive_box.h"

namespace ocellus {

namespace {

constexpr double frameWidth = 2;
constexpr double contourWidth = 1.2;
constexpr double restingTick = 5; ///< pixels that the crosshair's lines reach out of its cell
constexpr double edgedCell = 48;  ///< pixels of a cell from which on cells have edges

bool isArrow(int key)
{
    return key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left || key == Qt::Key_Right;
}

/// Dark and light, so that it is seen on any picture.
template <class Draw>
void strokeTwice(QPainter& painter, Qt::PenStyle style, Draw&& draw)
{
    painter.setPen(QPen(QColor(0, 0, 0, 150), 2.4, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    draw();
    painter.setPen(QPen(Qt::white, 1, style, Qt::FlatCap, Qt::MiterJoin));
    draw();
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
                         m_explanation.whyEmpty.isEmpty()
                             ? tr("Open a checkpoint and a picture to see where each class looks")
                             : m_explanation.whyEmpty);
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
        m_painter.paintLines(painter, pictureArea(), transform, contourWidth);
}

void MapTile::paintMarks(QPainter& painter) const
{
    if (m_head < 0)
        return;
    painter.save();
    painter.setClipRect(pictureArea());
    painter.setBrush(Qt::NoBrush);
    if (showsMap())
        paintCellEdges(painter);
    if (m_view.isFieldShown() && m_view.pointedAt())
        paintField(painter, cellUnder(*m_view.pointedAt()));
    if (m_view.hovered())
        paintCell(painter, cellUnder(*m_view.hovered()), true);
    if (m_view.crosshair())
        paintCell(painter, cellUnder(*m_view.crosshair()), false);
    painter.restore();
}

Cell MapTile::cellUnder(QPointF picturePoint) const
{
    return m_explanation.geometry.cellAt({picturePoint.x(), picturePoint.y()});
}

void MapTile::paintCell(QPainter& painter, Cell at, bool pointed) const
{
    const PictureTransform transform = pictureTransform();
    const QRectF cell = transform.toDevice(cellBox(m_explanation.geometry, at));
    const QPointF centre = transform.toDevice(m_explanation.geometry.centre(at));
    // Lines lead the eye to the cell while the mouse points; a crosshair at rest keeps to its cell.
    const QRectF reach = pointed ? pictureArea() : cell.adjusted(-restingTick, -restingTick, restingTick, restingTick);
    const QList<QLineF> lines{{{reach.left(), centre.y()}, {cell.left(), centre.y()}},
                              {{cell.right(), centre.y()}, {reach.right(), centre.y()}},
                              {{centre.x(), reach.top()}, {centre.x(), cell.top()}},
                              {{centre.x(), cell.bottom()}, {centre.x(), reach.bottom()}}};
    if (pointed) {
        painter.setPen(QPen(QColor(0, 0, 0, 70), 1));
        painter.drawLines(lines);
        painter.setPen(QPen(QColor(255, 255, 255, 130), 1, Qt::DashLine));
        painter.drawLines(lines);
    }
    strokeTwice(painter, Qt::SolidLine, [&] {
        if (!pointed)
            painter.drawLines(lines);
        painter.drawRect(cell);
    });
}

void MapTile::paintField(QPainter& painter, Cell at) const
{
    const Box box =
        receptiveBox(m_explanation.field, m_explanation.geometry.pictureSize(), m_explanation.inputSize, at);
    if (box.width <= 0 || box.height <= 0)
        return;
    const QRectF seen = pictureTransform().toDevice(box);
    strokeTwice(painter, Qt::DashLine, [&] { painter.drawRect(seen.adjusted(1.5, 1.5, -1.5, -1.5)); });
    const QString words = tr("this cell sees all of this");
    const QSizeF size = QFontMetricsF(painter.font()).size(Qt::TextSingleLine, words) + QSizeF(8, 2);
    const QRectF room = seen & pictureArea();
    if (room.width() < size.width() + 4 || room.height() < 3 * size.height())
        return;
    const QRectF label(room.topLeft() + QPointF(2, 2), size);
    painter.fillRect(label, QColor(0, 0, 0, 160));
    painter.setPen(Qt::white);
    painter.drawText(label, Qt::AlignCenter, words);
}

/// At high zoom neighbours of like colour would look like one cell.
void MapTile::paintCellEdges(QPainter& painter) const
{
    const CellGeometry& geometry = m_explanation.geometry;
    const QRectF grid = pictureTransform().toDevice(geometry.gridBox());
    const double width = grid.width() / geometry.columns(), height = grid.height() / geometry.rows();
    if (m_explanation.style.smooth || std::min(width, height) < edgedCell)
        return;
    const QRectF area = pictureArea() & pictureTransform().toDevice(Box{0, 0, double(m_explanation.picture.width()),
                                                                        double(m_explanation.picture.height())});
    QList<QLineF> lines;
    for (int column = 1; column < geometry.columns(); ++column)
        lines << QLineF(grid.left() + column * width, area.top(), grid.left() + column * width, area.bottom());
    for (int row = 1; row < geometry.rows(); ++row)
        lines << QLineF(area.left(), grid.top() + row * height, area.right(), grid.top() + row * height);
    painter.setPen(QPen(QColor(255, 255, 255, 60), 1));
    painter.drawLines(lines);
    painter.setPen(QPen(QColor(0, 0, 0, 60), 1, Qt::DotLine));
    painter.drawLines(lines);
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
        if (cellAt(event->position())) {
            const Point point = pictureTransform().toPicture(event->position());
            m_view.placeCrosshair({point.x, point.y});
        }
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
    else if (event->key() == Qt::Key_Escape && m_view.crosshair())
        m_view.clearCrosshair();
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
    Cell cell = m_view.crosshair() ? cellUnder(*m_view.crosshair()) : Cell{geometry.rows() / 2, geometry.columns() / 2};
    cell.row += (key == Qt::Key_Down) - (key == Qt::Key_Up);
    cell.column += (key == Qt::Key_Right) - (key == Qt::Key_Left);
    const Point centre = geometry.centre(
        {std::clamp(cell.row, 0, geometry.rows() - 1), std::clamp(cell.column, 0, geometry.columns() - 1)});
    m_view.placeCrosshair({centre.x, centre.y});
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
