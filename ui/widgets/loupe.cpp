// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/loupe.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include "ui/figures/map_painter.h"

namespace ocellus {

namespace {

constexpr int paneSide = 190;
constexpr int frame = 2;
constexpr int awayFromMouse = 18;
constexpr double usualPower = 4; ///< times of what the view shows
constexpr double mostPower = 32, leastPower = 1 / 8.0;

/// As ScaledPicture::part, but with pixels as the squares that they are.
ScaledPicture::Part enlarged(const QImage& picture, const QRect& area, const PictureTransform& transform)
{
    const QRectF box =
        transform.toDevice(Box{0, 0, static_cast<double>(picture.width()), static_cast<double>(picture.height())});
    const QRect visible = pixelsInside(box) & area;
    if (visible.isEmpty())
        return {};
    ScaledPicture::Part part(QImage(visible.size(), QImage::Format_RGB32), visible.topLeft());
    part.image.fill(Qt::black);
    QPainter painter(&part.image);
    painter.translate(-visible.topLeft());
    drawStretched(painter, picture, box, visible);
    return part;
}

} // namespace

Loupe::Loupe(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoMousePropagation);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Loupe"));
    hide();
}

Loupe::~Loupe()
{
    setHeld(false);
}

void Loupe::setHeld(bool held)
{
    if (held == m_held)
        return;
    m_held = held;
    if (held) {
        m_power = 1;
        QToolTip::hideText();
        QApplication::instance()->installEventFilter(this);
        lookAt(QCursor::pos());
    } else {
        QApplication::instance()->removeEventFilter(this);
        m_subject = nullptr;
        hide();
    }
}

QSize Loupe::sizeHint() const
{
    return {2 * paneSide + 3 * frame, paneSide + 2 * frame + fontMetrics().height() + 4};
}

bool Loupe::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove: lookAt(static_cast<QMouseEvent*>(event)->globalPosition().toPoint()); break;
    case QEvent::Wheel:
        if (watched->isWidgetType() && isVisible()) {
            const double steps = static_cast<QWheelEvent*>(event)->angleDelta().y() / 240.0;
            m_power = std::clamp(m_power * std::exp2(steps), leastPower, mostPower);
            update();
            return true;
        }
        break;
    case QEvent::ToolTip: return isVisible(); // it would lie over the loupe
    case QEvent::Paint:
        // It shows something else now, another picture perhaps.
        if (watched == m_subject)
            update();
        break;
    case QEvent::Leave:
        if (watched == m_subject)
            lookAt(QCursor::pos());
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void Loupe::lookAt(QPoint globalPosition)
{
    m_position = globalPosition;
    QWidget* under = QApplication::widgetAt(globalPosition);
    m_subject = dynamic_cast<LoupeSubject*>(under) ? under : nullptr;
    if (!sight()) {
        hide();
        return;
    }
    if (parentWidget() != m_subject->window())
        setParent(m_subject->window());
    place(globalPosition);
    show();
    raise();
    update();
}

std::optional<LoupeSight> Loupe::sight() const
{
    if (!m_subject)
        return {};
    return dynamic_cast<const LoupeSubject&>(*m_subject).sightAt(m_subject->mapFromGlobal(QPointF(m_position)));
}

/// Beside the mouse, on the side where there is room, so that what it enlarges can still be seen.
void Loupe::place(QPoint globalPosition)
{
    const QRect room = parentWidget()->rect();
    const QPoint mouse = parentWidget()->mapFromGlobal(globalPosition);
    const QSize size = sizeHint().boundedTo(room.size());
    QPoint topLeft = mouse + QPoint(awayFromMouse, awayFromMouse);
    if (topLeft.x() + size.width() > room.right())
        topLeft.setX(std::max(0, mouse.x() - awayFromMouse - size.width()));
    if (topLeft.y() + size.height() > room.bottom())
        topLeft.setY(std::max(0, mouse.y() - awayFromMouse - size.height()));
    setGeometry(QRect(topLeft, size));
}

double Loupe::scaleOf(const LoupeSight& sight) const
{
    // Never less than the picture's own pixels: that is what it is for.
    const double own = 1 / devicePixelRatioF();
    return std::clamp(std::max(sight.scale * usualPower, own) * m_power, own, 64.0);
}

void Loupe::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    const std::optional<LoupeSight> seen = sight();
    if (!seen)
        return;
    const QRect left(frame, frame, paneSide, paneSide);
    paintPane(painter, left, *seen, false);
    paintPane(painter, left.translated(paneSide + frame, 0), *seen, true);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect line(2 * frame, paneSide + frame, width() - 4 * frame, height() - paneSide - frame);
    const QString power = tr("zoom %1").arg(QString::number(scaleOf(*seen) * devicePixelRatioF(), 'f', 1));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, power);
    const int room = line.width() - fontMetrics().horizontalAdvance(power) - 8;
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(seen->words, Qt::ElideMiddle, room));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void Loupe::paintPane(QPainter& painter, const QRect& pane, const LoupeSight& sight, bool withMap) const
{
    const double scale = scaleOf(sight);
    const PictureTransform transform{scale, QRectF(pane).center() - scale * QPointF(sight.point.x, sight.point.y)};
    ScaledPicture::Part part;
    const auto ground = [&](const QRect& inPixels, const PictureTransform& toPixels) -> const auto&
    {
        part = enlarged(sight.picture, inPixels, toPixels);
        return part;
    };
    painter.save();
    painter.setClipRect(pane);
    const MapPainter none;
    const MapPainter& map = withMap && sight.map ? *sight.map : none;
    map.paint(painter, pane, transform, ground);
    map.paintLines(painter, pane, transform, 1);
    // The place itself, without covering it.
    const QPointF middle = QRectF(pane).center();
    for (const auto& [colour, width] : {std::pair(QColor(0, 0, 0, 150), 2.4), std::pair(QColor(Qt::white), 1.0)}) {
        painter.setPen(QPen(colour, width));
        for (const QPointF& way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
            painter.drawLine(QLineF(middle + 8 * way, middle + 15 * way));
    }
    painter.restore();
}

} // namespace ocellus
