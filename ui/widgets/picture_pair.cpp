// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picture_pair.h"

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

} // namespace

PicturePair::PicturePair(QWidget* parent) : QWidget(parent), m_linked(new LinkedView(this))
{
    connect(m_linked, &LinkedView::changed, this, [this] {
        describe();
        update();
    });
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Two pictures"));
    describe();
}

void PicturePair::setPair(const PairContent& content)
{
    m_sides[First].set(content.first);
    m_sides[Second].set(content.second);
    m_hasDifference = content.difference.has_value();
    m_difference = {};
    m_differenceMap.clear();
    if (m_hasDifference) {
        m_difference.setPictures(m_sides[First].explanation().picture, m_sides[Second].explanation().picture);
        if (const std::optional<TileMap>& tile = content.difference->tile) {
            const Explanation& of = *content.difference->explanation;
            m_differenceMap.setMap(tile->values, of.geometry, of.style, tile->range);
        }
    }
    m_linked->setPictureSize(pictureSize());
    updateTimer();
    describe();
    update();
}

bool PicturePair::hasPictures() const
{
    return std::ranges::none_of(m_sides, &PairPicture::isEmpty);
}

bool PicturePair::canSwipe() const
{
    return hasPictures() && (!m_hasDifference || !m_difference.isEmpty());
}

bool PicturePair::isStale() const
{
    return std::ranges::any_of(m_sides, [](const PairPicture& side) { return side.explanation().stale; });
}

void PicturePair::setArrangement(Arrangement arrangement)
{
    m_arrangement = arrangement;
    updateTimer();
    describe();
    update();
}

/// Only what is seen needs to be painted in turn.
void PicturePair::updateTimer()
{
    if (!isBlinking() || !isVisible())
        m_turns.stop();
    else if (!m_turns.isActive())
        m_turns.start(turn, this);
}

void PicturePair::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_turns.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    m_firstsTurn = !m_firstsTurn;
    update();
}

void PicturePair::setDivider(double share)
{
    m_divider = std::clamp(share, 0.0, 1.0);
    describe();
    update();
}

void PicturePair::setMapsVisible(bool visible)
{
    if (m_mapsVisible == visible)
        return;
    m_mapsVisible = visible;
    update();
}

void PicturePair::describe()
{
    const QString &first = m_sides[First].name(), &second = m_sides[Second].name();
    QStringList told;
    if (isSwiping())
        told += tr("%1 on the left, %2 on the right of a divider at %3 %")
                    .arg(first, second, QString::number(std::lround(100 * m_divider)));
    else if (hasPictures())
        told += (isBlinking() ? tr("%1 and %2 in turn") : tr("%1 and %2 side by side")).arg(first, second);
    if (std::ranges::any_of(m_sides, [this](const PairPicture& side) { return side.isBeforeShown(*m_linked); }))
        told += tr("before the edits");
    if (isStale())
        told += tr("out of date");
    setAccessibleDescription(told.join(QStringLiteral("; ")));
}

int PicturePair::paneCount() const
{
    return isSwiping() || isBlinking() ? 1 : m_hasDifference && canSwipe() ? 3 : 2;
}

QRectF PicturePair::pane(int index) const
{
    const int count = paneCount();
    const double width = (this->width() - gap * (count - 1)) / count;
    return {index * (width + gap), 0, width, static_cast<double>(height())};
}

QRectF PicturePair::pictureArea(int index) const
{
    return pane(index).adjusted(0, QFontMetricsF(font()).height() * 1.4, 0, 0);
}

int PicturePair::paneAt(QPointF position) const
{
    int index = 0;
    while (index + 1 < paneCount() && position.x() > pane(index).right())
        ++index;
    return index;
}

/// The one that is seen there; of a difference, the second shows where it is.
PicturePair::Index PicturePair::sideAt(QPointF position) const
{
    if (isSwiping())
        return position.x() < dividerX() ? First : Second;
    if (isBlinking())
        return isFirstsTurn() ? First : Second;
    return paneAt(position) == 0 ? First : Second;
}

std::optional<LoupeSight> PicturePair::sightAt(QPointF position) const
{
    return m_sides[sideAt(position)].sightAt(position, pictureArea(paneAt(position)), *m_linked, areMapsVisible());
}

const Explanation* PicturePair::explanationAt(QPointF position) const
{
    return hasPictures() ? &m_sides[sideAt(position)].explanation() : nullptr;
}

QList<QRectF> PicturePair::pictureRects() const
{
    QList<QRectF> rects;
    for (int index = 0; index < paneCount() && hasPictures(); ++index)
        rects << m_sides[index == 0 && paneCount() > 1 ? First : Second].placeIn(pictureArea(index), *m_linked);
    return rects;
}

void PicturePair::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!hasPictures())
        return;
    if (isSwiping() || isBlinking()) {
        paintInOnePlace(painter);
    } else {
        for (const Index side : {First, Second}) {
            paintSide(painter, side, side);
            paintCaption(painter, pane(side), captionOf(side));
        }
        if (paneCount() == 3)
            paintDifference(painter);
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void PicturePair::paintInOnePlace(QPainter& painter)
{
    const QRectF area = pictureArea(0), top = pane(0);
    if (isBlinking()) {
        const Index side = isFirstsTurn() ? First : Second;
        paintSide(painter, 0, side);
        paintCaption(painter, top, captionOf(side));
        return;
    }
    const double x = dividerX();
    painter.save();
    painter.setClipRect(QRectF(area.topLeft(), QPointF(x, area.bottom())));
    paintSide(painter, 0, First);
    painter.setClipRect(QRectF(QPointF(x, area.top()), area.bottomRight()));
    paintSide(painter, 0, Second);
    painter.restore();
    paintCaption(painter, QRectF(top.left(), 0, top.width() / 2, 0), captionOf(First));
    paintCaption(painter, QRectF(top.center().x(), 0, top.width() / 2, 0), captionOf(Second));
    paintDivider(painter);
}

void PicturePair::paintSide(QPainter& painter, int pane, Index side)
{
    m_sides[side].paint(painter, pictureArea(pane), *m_linked, areMapsVisible(), palette());
}

void PicturePair::paintDifference(QPainter& painter)
{
    const QRectF area = pictureArea(2);
    const auto ground = [this](const QRect& inPixels, const PictureTransform& transform) -> const auto&
    {
        return m_difference.part(inPixels, transform);
    };
    m_differenceMap.paint(painter, area, m_linked->transform().in(area), ground, areMapsVisible());
    paintCaption(painter, pane(2), tr("Difference (grey: none)"));
}

double PicturePair::dividerX() const
{
    const QRectF area = pictureArea(0);
    return area.left() + m_divider * area.width();
}

void PicturePair::paintDivider(QPainter& painter) const
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

void PicturePair::paintCaption(QPainter& painter, const QRectF& pane, const QString& text) const
{
    const QFontMetricsF metrics(font());
    const QRectF strip(pane.left(), pane.top(), pane.width(), metrics.height() * 1.4);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(strip, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideMiddle, strip.width()));
}

void PicturePair::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
}

void PicturePair::wheelEvent(QWheelEvent* event)
{
    zoom(event->position(), std::exp2(event->angleDelta().y() / 240.0));
    event->accept();
}

template <class Change>
void PicturePair::changeView(Change&& change)
{
    ViewTransform view = m_linked->transform();
    change(view);
    m_linked->setTransform(view);
}

void PicturePair::zoom(QPointF position, double factor)
{
    changeView([&](ViewTransform& view) { view.zoomAt(position, factor, pictureArea(paneAt(position))); });
}

void PicturePair::showPixels(double pixel, QPointF position)
{
    changeView([&](ViewTransform& view) { view.showPixels(pixel, position, pictureArea(paneAt(position))); });
}

void PicturePair::fit()
{
    changeView([](ViewTransform& view) { view.fit(); });
}

void PicturePair::showActualPixels()
{
    showPixels(1 / devicePixelRatioF(), pictureArea(0).center());
}

void PicturePair::togglePixels(QPointF position)
{
    const ViewTransform& view = m_linked->transform();
    if (view.zoom() > 1) {
        fit();
        return;
    }
    const double fitting = view.in(pictureArea(paneAt(position))).scale;
    showPixels(std::max(1 / devicePixelRatioF(), pixelsZoom * fitting), position);
}

void PicturePair::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !isSwiping())
        togglePixels(event->position());
    else
        mousePressEvent(event);
}

void PicturePair::mousePressEvent(QMouseEvent* event)
{
    m_movesDivider = event->button() == Qt::LeftButton && isSwiping();
    if (m_movesDivider)
        moveDividerTo(event->position());
    else if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton)
        m_dragFrom = event->position();
    else
        QWidget::mousePressEvent(event);
}

void PicturePair::mouseMoveEvent(QMouseEvent* event)
{
    if (m_movesDivider) {
        moveDividerTo(event->position());
    } else if (m_dragFrom) {
        changeView([&](ViewTransform& view) { view.pan(event->position() - *m_dragFrom, pictureArea(0)); });
        m_dragFrom = event->position();
    }
}

void PicturePair::mouseReleaseEvent(QMouseEvent*)
{
    m_movesDivider = false;
    m_dragFrom.reset();
}

void PicturePair::moveDividerTo(QPointF position)
{
    moveDividerTo((position.x() - pictureArea(0).left()) / pictureArea(0).width());
}

void PicturePair::moveDividerTo(double share)
{
    setDivider(share);
    emit dividerMoved(m_divider);
}

bool PicturePair::takeKey(int key)
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
            moveDividerTo(key == Qt::Key_Home ? 0.0 : 1.0);
        else
            return false;
    }
    return true;
}

void PicturePair::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    if (!isPlain || !takeKey(event->key()))
        QWidget::keyPressEvent(event);
}

} // namespace ocellus
