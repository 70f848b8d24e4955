// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/before_after_pictures.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

namespace ocellus {

namespace {

constexpr double gap = 4;
constexpr double dividerStep = 0.02;
constexpr double pixelsZoom = 4; ///< of a double click, as a tile's
constexpr int turn = 700;        ///< milliseconds that each of two pictures is seen

/// The map in a matrix's row; none where words stand in its place.
void setMapOf(MapPainter& painter, const MapMatrix& matrix, std::size_t row, int head)
{
    painter.clear();
    if (row >= matrix.rows.size() || head < 0 || static_cast<std::size_t>(head) >= matrix.rows[row].cells.size())
        return;
    const MatrixCell& cell = matrix.rows[row].cells[static_cast<std::size_t>(head)];
    if (cell.tile)
        painter.setMap(cell.tile->values, cell.explanation->geometry, cell.explanation->style, cell.tile->range);
}

} // namespace

BeforeAfterPictures::BeforeAfterPictures(QWidget* parent) : QWidget(parent), m_linked(new LinkedView(this))
{
    connect(m_linked, &LinkedView::changed, this, [this] {
        describe();
        update();
    });
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture before and after the edits"));
    describe();
}

void BeforeAfterPictures::setComparison(const EditComparison& comparison, const MapMatrix& matrix, int head)
{
    const QImage& after = comparison.after.picture;
    m_sides[Before].picture.setPicture(comparison.before.picture);
    m_sides[After].picture.setPicture(after);
    m_difference.setPictures(comparison.before.picture, after);
    setMapOf(m_sides[Before].map, matrix, 0, head);
    setMapOf(m_sides[After].map, matrix, 1, head);
    setMapOf(m_differenceMap, matrix, 2, head);
    m_headTitle = matrix.columns.value(head);
    m_linked->setPictureSize(after.size());
    updateTimer();
    describe();
    update();
}

void BeforeAfterPictures::setArrangement(Arrangement arrangement)
{
    m_arrangement = arrangement;
    updateTimer();
    describe();
    update();
}

/// Only what is seen needs to be painted in turn.
void BeforeAfterPictures::updateTimer()
{
    if (!isBlinking() || !isVisible())
        m_turns.stop();
    else if (!m_turns.isActive())
        m_turns.start(turn, this);
}

void BeforeAfterPictures::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_turns.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    m_beforesTurn = !m_beforesTurn;
    update();
}

void BeforeAfterPictures::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    updateTimer();
}

void BeforeAfterPictures::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    updateTimer();
}

bool BeforeAfterPictures::isBeforeShown() const
{
    return m_linked->isBeforeShown() || (isBlinking() && m_beforesTurn);
}

void BeforeAfterPictures::setDivider(double share)
{
    m_divider = std::clamp(share, 0.0, 1.0);
    describe();
    update();
}

void BeforeAfterPictures::setMapsVisible(bool visible)
{
    if (m_mapsVisible == visible)
        return;
    m_mapsVisible = visible;
    update();
}

void BeforeAfterPictures::describe()
{
    QString shown =
        isSwiping()
            ? tr("Before on the left, after on the right of a divider at %1 %").arg(std::lround(100 * m_divider))
        : isBlinking() ? tr("Before and after in turn")
                       : tr("Before and after side by side");
    if (m_linked->isBeforeShown())
        shown += tr("; before is seen in the place of after");
    setAccessibleDescription(shown);
}

QRectF BeforeAfterPictures::pane(int index) const
{
    const int count = paneCount();
    const double width = (this->width() - gap * (count - 1)) / count;
    return {index * (width + gap), 0, width, static_cast<double>(height())};
}

QRectF BeforeAfterPictures::pictureArea(int index) const
{
    return pane(index).adjusted(0, QFontMetricsF(font()).height() * 1.4, 0, 0);
}

PictureTransform BeforeAfterPictures::transformOf(Side side, const QRectF& area) const
{
    return m_linked->transform().ofPicture(m_sides[side].picture.picture().size()).in(area);
}

int BeforeAfterPictures::paneAt(QPointF position) const
{
    int index = 0;
    while (index + 1 < paneCount() && position.x() > pane(index).right())
        ++index;
    return index;
}

/// Of the pictures before and after, the one that is seen there.
BeforeAfterPictures::Side BeforeAfterPictures::sideAt(int pane, QPointF position) const
{
    if (isSwiping())
        return sideShownAs(position.x() < dividerX() ? Before : After);
    return sideShownAs(isBlinking() || pane == After ? After : Before);
}

std::optional<LoupeSight> BeforeAfterPictures::sightAt(QPointF position) const
{
    const int index = paneAt(position);
    const QRectF area = pictureArea(index);
    // A difference is of two pictures: the one after shows where it is.
    const Side side = sideAt(isDifference(index) ? static_cast<int>(After) : index, position);
    const Shown& shown = m_sides[side];
    if (shown.picture.picture().isNull() || !area.contains(position))
        return {};
    const PictureTransform transform = transformOf(side, area);
    LoupeSight sight;
    sight.picture = shown.picture.picture();
    sight.point = transform.toPicture(position);
    sight.scale = transform.scale;
    sight.map = areMapsVisible() ? &shown.map : nullptr;
    sight.words = captionOf(side);
    const bool isOn = sight.point.x >= 0 && sight.point.y >= 0 && sight.point.x < sight.picture.width() &&
                      sight.point.y < sight.picture.height();
    return isOn ? std::optional(sight) : std::nullopt;
}

QList<QRectF> BeforeAfterPictures::pictureRects() const
{
    QList<QRectF> rects;
    for (int index = 0; index < paneCount() && !m_sides[After].picture.picture().isNull(); ++index) {
        const Side side = index == 0 && paneCount() > 1 ? Before : After;
        const QRectF area = pictureArea(index);
        const PictureTransform transform = transformOf(side, area);
        const QSizeF size = m_sides[side].picture.picture().size();
        rects << (QRectF(transform.toDevice(Point{0, 0}), transform.scale * size) & area);
    }
    return rects;
}

QString BeforeAfterPictures::captionOf(Side side) const
{
    const QString name = sideShownAs(side) == Before ? tr("Before") : tr("After, edited");
    return areMapsVisible() && !m_headTitle.isEmpty() ? QStringLiteral("%1 · %2").arg(name, m_headTitle) : name;
}

void BeforeAfterPictures::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_sides[After].picture.picture().isNull())
        return;
    if (isSwiping()) {
        const QRectF area = pictureArea(0);
        const double x = dividerX();
        painter.save();
        painter.setClipRect(QRectF(area.topLeft(), QPointF(x, area.bottom())));
        paintSide(painter, 0, Before);
        painter.setClipRect(QRectF(QPointF(x, area.top()), area.bottomRight()));
        paintSide(painter, 0, After);
        painter.restore();
        const QRectF top = pane(0);
        paintCaption(painter, QRectF(top.left(), 0, top.width() / 2, 0), captionOf(Before));
        paintCaption(painter, QRectF(top.center().x(), 0, top.width() / 2, 0), captionOf(After));
        paintDivider(painter);
    } else if (isBlinking()) {
        paintSide(painter, 0, After);
        paintCaption(painter, pane(0), captionOf(After));
    } else {
        for (const Side side : {Before, After}) {
            paintSide(painter, side, side);
            paintCaption(painter, pane(side), captionOf(side));
        }
        if (canSwipe())
            paintDifference(painter);
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void BeforeAfterPictures::paintSide(QPainter& painter, int index, Side side)
{
    const QRectF area = pictureArea(index);
    Shown& shown = m_sides[sideShownAs(side)];
    shown.map.paint(painter, area, transformOf(sideShownAs(side), area), shown.picture, areMapsVisible());
}

void BeforeAfterPictures::paintDifference(QPainter& painter)
{
    const QRectF area = pictureArea(2);
    const auto ground = [this](const QRect& inPixels, const PictureTransform& transform) -> const auto&
    {
        return m_difference.part(inPixels, transform);
    };
    m_differenceMap.paint(painter, area, m_linked->transform().in(area), ground, areMapsVisible());
    paintCaption(painter, pane(2), tr("Difference (grey: none)"));
}

double BeforeAfterPictures::dividerX() const
{
    const QRectF area = pictureArea(0);
    return area.left() + m_divider * area.width();
}

void BeforeAfterPictures::paintDivider(QPainter& painter) const
{
    const QRectF area = pictureArea(0);
    const double x = std::clamp(dividerX(), area.left() + 1, area.right() - 1);
    const QLineF line(x, area.top(), x, area.bottom());
    // Dark under light, so that it is seen on any picture.
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 4));
    painter.drawLine(line);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawLine(line);
    painter.setBrush(palette().color(QPalette::Highlight));
    painter.drawEllipse(line.center(), 6, 6);
}

void BeforeAfterPictures::paintCaption(QPainter& painter, const QRectF& pane, const QString& text) const
{
    const QFontMetricsF metrics(font());
    const QRectF strip(pane.left(), pane.top(), pane.width(), metrics.height() * 1.4);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(strip, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideRight, strip.width()));
}

void BeforeAfterPictures::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
}

void BeforeAfterPictures::wheelEvent(QWheelEvent* event)
{
    zoom(event->position(), std::exp2(event->angleDelta().y() / 240.0));
    event->accept();
}

void BeforeAfterPictures::zoom(QPointF position, double factor)
{
    ViewTransform view = m_linked->transform();
    view.zoomAt(position, factor, pictureArea(paneAt(position)));
    m_linked->setTransform(view);
}

void BeforeAfterPictures::showPixels(double pixel, QPointF position)
{
    ViewTransform view = m_linked->transform();
    view.showPixels(pixel, position, pictureArea(paneAt(position)));
    m_linked->setTransform(view);
}

void BeforeAfterPictures::fit()
{
    ViewTransform view = m_linked->transform();
    view.fit();
    m_linked->setTransform(view);
}

void BeforeAfterPictures::showActualPixels()
{
    showPixels(1 / devicePixelRatioF(), pictureArea(0).center());
}

void BeforeAfterPictures::togglePixels(QPointF position)
{
    const ViewTransform& view = m_linked->transform();
    if (view.zoom() > 1) {
        fit();
        return;
    }
    const double fitting = view.in(pictureArea(paneAt(position))).scale;
    showPixels(std::max(1 / devicePixelRatioF(), pixelsZoom * fitting), position);
}

void BeforeAfterPictures::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !isSwiping())
        togglePixels(event->position());
    else
        mousePressEvent(event);
}

void BeforeAfterPictures::mousePressEvent(QMouseEvent* event)
{
    m_movesDivider = event->button() == Qt::LeftButton && isSwiping();
    if (m_movesDivider)
        moveDividerTo((event->position().x() - pictureArea(0).left()) / pictureArea(0).width());
    else if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton)
        m_dragFrom = event->position();
    else
        QWidget::mousePressEvent(event);
}

void BeforeAfterPictures::mouseMoveEvent(QMouseEvent* event)
{
    if (m_movesDivider) {
        moveDividerTo((event->position().x() - pictureArea(0).left()) / pictureArea(0).width());
    } else if (m_dragFrom) {
        ViewTransform view = m_linked->transform();
        view.pan(event->position() - *m_dragFrom, pictureArea(0));
        m_dragFrom = event->position();
        m_linked->setTransform(view);
    }
}

void BeforeAfterPictures::mouseReleaseEvent(QMouseEvent*)
{
    m_movesDivider = false;
    m_dragFrom.reset();
}

void BeforeAfterPictures::moveDividerTo(double share)
{
    setDivider(share);
    emit dividerMoved(m_divider);
}

bool BeforeAfterPictures::takeKey(int key)
{
    const QPointF middle = pictureArea(0).center();
    switch (key) {
    case Qt::Key_F: fit(); break;
    case Qt::Key_Z: showActualPixels(); break;
    case Qt::Key_Return:
    case Qt::Key_Enter: togglePixels(middle); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(middle, std::sqrt(2)); break;
    case Qt::Key_Minus: zoom(middle, std::sqrt(0.5)); break;
    default:
        if (!isSwiping())
            return false;
        if (key == Qt::Key_Left || key == Qt::Key_Right)
            moveDividerTo(m_divider + (key == Qt::Key_Left ? -dividerStep : dividerStep));
        else if (key == Qt::Key_Home || key == Qt::Key_End)
            moveDividerTo(key == Qt::Key_Home ? 0 : 1);
        else
            return false;
    }
    return true;
}

void BeforeAfterPictures::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    if (!isPlain || !takeKey(event->key()))
        QWidget::keyPressEvent(event);
}

} // namespace ocellus
