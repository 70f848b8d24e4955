// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/map_tile.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include "ui/figures/figure_text.h"
#include "ui/figures/prototype_patches.h"
#include "ui/widgets/cell_marks.h"

namespace ocellus {

namespace {

constexpr double frameWidth = 2;
constexpr double pixelsZoom = 4; ///< of a double click, times of the whole picture, where its pixels are no more

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
        followPicture();
        update();
    });
}

void MapTile::setMap(const Explanation& explanation, const TileMap* tile)
{
    m_content.set(explanation, tile);
    m_picture->setPicture(explanation.picture);
    m_caption = hasPicture() ? TileCaption(explanation, tile) : TileCaption();
    if (hasPicture())
        m_view.setPictureSize(explanation.picture.size());

    tellTitle();
    update();
    emit shown();
}

void MapTile::tellTitle()
{
    QStringList told = m_caption.banners();
    if (!m_content.words().isEmpty())
        told += m_content.words();
    if (const QString source = FigureText::madeBySource(explanation()); head() >= 0 && !source.isEmpty())
        told += source;
    if (const QString from = m_content.patchFrom(); !from.isEmpty())
        told += from;
    if (explanation().stale)
        told += tr("out of date");
    setAccessibleName(hasPicture() ? m_caption.title() : tr("No picture"));
    setAccessibleDescription(told.join(QStringLiteral(", ")));
    setToolTip((QStringList{m_caption.title()} + told).join('\n'));
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
    const QRectF area = areaBelowCaption();
    return besidePatch(area, m_content.roomOfPatch(area));
}

QRectF MapTile::areaBelowCaption() const
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
    const std::optional<QPointF> pointed = m_view.pointedAt();
    const QPointF place = pointed ? pictureTransform().toDevice(Point{pointed->x(), pointed->y()}) : QPointF();
    zoomTo(1 / devicePixelRatioF(), pointed && pictureArea().contains(place) ? place : pictureArea().center());
}

void MapTile::zoomTo(double pixel, QPointF place)
{
    ViewTransform transform = m_view.transform();
    transform.showPixels(pixel, place, pictureArea());
    m_view.setTransform(transform);
}

void MapTile::togglePixels(QPointF place)
{
    if (m_view.transform().zoom() > 1) {
        fit();
        return;
    }
    const double fitting = pictureTransform().scale;
    zoomTo(std::max(1 / devicePixelRatioF(), pixelsZoom * fitting), place);
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
        painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, explanation().whyEmpty);
        paintFrame(painter);
        return;
    }
    paintPicture(painter);
    if (isBeforeShown()) {
        paintLabel(painter, tr("before the edits"), pictureArea().topLeft());
    } else {
        paintMarks(painter);
        if (explanation().stale)
            paintStale(painter);
        else if (!m_content.words().isEmpty())
            paintWords(painter);
    }
    m_content.paintPatchOf(painter, m_content.roomOfPatch(areaBelowCaption()), palette().color(QPalette::WindowText));
    m_caption.paint(painter, QRectF(rect()), palette(), m_selected, pointedText());
    paintFrame(painter);
}

bool MapTile::isBeforeShown() const
{
    return m_view.isBeforeShown() && m_content.hasBefore();
}

void MapTile::paintPicture(QPainter& painter)
{
    const QRect covered = m_content.covered(pictureArea(), m_view.transform(), isBeforeShown());
    for (const QRect& around : QRegion(rect()).subtracted(covered))
        painter.fillRect(around, palette().color(QPalette::Window));
    m_content.paint(painter, pictureArea(), m_view.transform(), *m_picture, showsMap(), isBeforeShown());
}

void MapTile::paintMarks(QPainter& painter) const
{
    if (head() < 0)
        return;
    painter.save();
    painter.setClipRect(pictureArea());
    const PictureTransform transform = pictureTransform();
    CellMarks marks(painter, explanation(), transform, pictureArea());
    if (showsMap())
        marks.paintEdges();
    if (m_view.isFieldShown() && m_view.pointedAt())
        marks.paintField(*m_view.pointedAt());
    if (m_view.hovered())
        marks.paintCrosshair(*m_view.hovered(), true);
    if (m_view.crosshair())
        marks.paintCrosshair(*m_view.crosshair(), false);
    painter.restore();
}

QString MapTile::pointedText() const
{
    // The numbers of what is seen, and of nothing else.
    if (isBeforeShown())
        return m_content.beforeText();
    if (m_pointsAtUnseen)
        return tr("the model doesn't see this");
    const std::optional<QPointF> point = m_view.pointedAt();
    if (!point || explanation().stale ||
        !pictureArea().contains(pictureTransform().toDevice(Point{point->x(), point->y()})))
        return {};
    const QString value = m_content.valueText(*point);
    if (value.isEmpty())
        return {};
    return m_view.hovered() ? tr("here %1", "a value at the mouse").arg(value)
                            : tr("pin %1", "a value at the crosshair").arg(value);
}

std::optional<LoupeSight> MapTile::sightAt(QPointF position) const
{
    return m_content.sightAt(position, pictureArea(), m_view.transform(), showsMap(), isBeforeShown());
}

bool MapTile::showsMap() const
{
    return m_view.isOverlayVisible() && !hidesMap() && !(explanation().stale && keepsPictureClear());
}

QSizeF MapTile::labelSize(const QString& text) const
{
    return QFontMetricsF(font()).size(Qt::TextSingleLine, text) + QSizeF(16, 6);
}

void MapTile::paintLabel(QPainter& painter, const QString& text, QPointF topLeft) const
{
    const QRectF label(topLeft, labelSize(text));
    painter.fillRect(label, palette().color(QPalette::ToolTipBase));
    painter.setPen(palette().color(QPalette::ToolTipText));
    painter.drawText(label, Qt::AlignCenter, text);
}

/// In the lower left, where they hide least of the map that they are about.
void MapTile::paintWords(QPainter& painter) const
{
    const QRectF room = pictureArea().adjusted(0, 0, -16, -6);
    constexpr int flags = Qt::AlignLeft | Qt::TextWordWrap;
    const QRectF words = QFontMetricsF(font()).boundingRect(room, flags, m_content.words());
    QRectF label(0, 0, std::min(words.width(), room.width()) + 16, std::min(words.height(), room.height()) + 6);
    label.moveBottomLeft(pictureArea().bottomLeft());
    painter.fillRect(label, palette().color(QPalette::ToolTipBase));
    painter.setPen(palette().color(QPalette::ToolTipText));
    painter.drawText(label.adjusted(8, 3, -8, -3), flags, m_content.words());
}

void MapTile::paintStale(QPainter& painter) const
{
    const QString text = tr("out of date");
    QRectF label(pictureArea().topLeft(), labelSize(text));
    if (!keepsPictureClear()) {
        QColor veil = palette().color(QPalette::Window);
        veil.setAlphaF(0.6f);
        painter.fillRect(pictureArea(), veil);
        label.moveCenter(pictureArea().center());
    }
    paintLabel(painter, text, label.topLeft());
}

void MapTile::paintFrame(QPainter& painter) const
{
    painter.setBrush(Qt::NoBrush);
    const QColor colour = palette().color(m_selected ? QPalette::Highlight : QPalette::Mid);
    const double width = m_selected ? frameWidth : 1;
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2));
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
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
    } else if (event->button() == Qt::LeftButton && head() >= 0) {
        emit clicked(head());
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
    m_mouse = event->position();
    if (m_dragFrom) {
        ViewTransform transform = m_view.transform();
        transform.pan(event->position() - *m_dragFrom, pictureArea());
        m_dragFrom = event->position();
        m_view.setTransform(transform);
        return;
    }
    pointAt(event->position());
}

void MapTile::pointAt(QPointF position)
{
    if (const auto cell = cellAt(position)) {
        const Point point = pictureTransform().toPicture(position);
        m_view.hover(*cell, {point.x, point.y});
    } else {
        m_view.leave();
    }
    const std::optional<Point> place = picturePoint(position);
    setPointsAtUnseen(place && !explanation().geometry.sees(*place));
}

void MapTile::setPointsAtUnseen(bool unseen)
{
    if (std::exchange(m_pointsAtUnseen, unseen) != unseen)
        update();
}

/// A mouse that rests points at another place when the picture moves below it.
void MapTile::followPicture()
{
    if (!m_mouse || m_view.transform() == m_pointedIn)
        return;
    m_pointedIn = m_view.transform();
    pointAt(*m_mouse);
}

void MapTile::mouseReleaseEvent(QMouseEvent*)
{
    m_dragFrom.reset();
    updateCursor();
}

void MapTile::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_view.isPanning() || !hasPicture())
        return;
    if (enlargesItself())
        togglePixels(event->position());
    else if (head() >= 0)
        emit activated(head());
}

void MapTile::leaveEvent(QEvent*)
{
    m_mouse.reset();
    setPointsAtUnseen(false);
    m_view.leave();
}

void MapTile::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = event->modifiers() == Qt::NoModifier;
    if (isPlain && event->key() == Qt::Key_F)
        fit();
    else if (isPlain && event->key() == Qt::Key_Z)
        showActualPixels();
    else if (event->key() == Qt::Key_Space)
        m_view.setPanning(true);
    else if (event->key() == Qt::Key_Escape && m_view.crosshair())
        m_view.clearCrosshair();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && enlargesItself())
        togglePixels(pictureArea().center());
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && head() >= 0)
        emit activated(head());
    else if (event->modifiers() != Qt::ShiftModifier || !moveCrosshair(event->key()))
        QWidget::keyPressEvent(event);
}

void MapTile::keyReleaseEvent(QKeyEvent* event)
{
    if (event->isAutoRepeat())
        return;
    if (event->key() == Qt::Key_Space)
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
    m_view.setPanning(false);
    QWidget::focusOutEvent(event);
    update();
}

bool MapTile::moveCrosshair(int key)
{
    if (head() < 0 || !isArrow(key))
        return false;
    const CellGeometry& geometry = explanation().geometry;
    const std::optional<QPointF>& from = m_view.crosshair();
    Cell cell = from ? geometry.cellAt({from->x(), from->y()}) : Cell{geometry.rows() / 2, geometry.columns() / 2};
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

std::optional<Point> MapTile::picturePoint(QPointF position) const
{
    // What is known of the picture's cells is not of the one before its edits.
    if (head() < 0 || isBeforeShown() || !pictureArea().contains(position))
        return {};
    const Point point = pictureTransform().toPicture(position);
    const QSize size = explanation().picture.size();
    if (point.x < 0 || point.y < 0 || point.x >= size.width() || point.y >= size.height())
        return {};
    return point;
}

std::optional<Cell> MapTile::cellAt(QPointF position) const
{
    const std::optional<Point> point = picturePoint(position);
    const CellGeometry& geometry = explanation().geometry;
    return point && geometry.sees(*point) ? std::optional(geometry.cellAt(*point)) : std::nullopt;
}

} // namespace ocellus
