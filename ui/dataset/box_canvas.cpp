// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/box_canvas.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace ocellus {

namespace {

constexpr int leastSide = 8; ///< pixels of the picture; less is a slip of the hand

} // namespace

BoxCanvas::BoxCanvas(QWidget* parent) : QWidget(parent)
{
    setCursor(Qt::CrossCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void BoxCanvas::setPicture(const QImage& picture, const QString& words)
{
    m_picture = picture;
    m_words = words;
    m_from.reset();
    update();
}

void BoxCanvas::setBox(const std::optional<PixelBox>& box, bool isProposed)
{
    m_box = box;
    m_isProposed = isProposed;
    update();
}

QRectF BoxCanvas::pictureRect() const
{
    if (m_picture.isNull())
        return {};
    QRectF place({}, QSizeF(m_picture.size()).scaled(size(), Qt::KeepAspectRatio));
    place.moveCenter(QRectF(rect()).center());
    return place;
}

QRectF BoxCanvas::onScreen(const PixelBox& box) const
{
    const QRectF place = pictureRect();
    const double scale = place.width() / m_picture.width();
    return {place.left() + box.left * scale, place.top() + box.top * scale, box.width * scale, box.height * scale};
}

PixelBox BoxCanvas::boxOf(QPointF from, QPointF to) const
{
    const QRectF place = pictureRect();
    const double scale = m_picture.width() / place.width();
    const QRectF drawn = QRectF(from, to).normalized().intersected(place).translated(-place.topLeft());
    const int left = qRound(drawn.left() * scale), top = qRound(drawn.top() * scale);
    const PixelBox box{left, top, qRound(drawn.right() * scale) - left, qRound(drawn.bottom() * scale) - top};
    return intersected(box, wholeBox({m_picture.width(), m_picture.height()}));
}

void BoxCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_picture.isNull()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_words);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRectF place = pictureRect();
    painter.drawImage(place, m_picture);
    const std::optional<PixelBox> box = m_from ? boxOf(*m_from, m_to) : m_box;
    if (!box || box->empty())
        return;
    const QRectF shown = onScreen(*box);
    QPainterPath around;
    around.addRect(place);
    QPainterPath inside;
    inside.addRect(shown);
    painter.fillPath(around.subtracted(inside), QColor(0, 0, 0, 110));
    painter.setPen(QPen(QColor(0, 0, 0), 3));
    painter.drawRect(shown);
    painter.setPen(QPen(QColor(255, 255, 255), 1.5, m_isProposed && !m_from ? Qt::DashLine : Qt::SolidLine));
    painter.drawRect(shown);
}

void BoxCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_picture.isNull())
        return;
    m_from = m_to = event->position();
}

void BoxCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_from)
        return;
    m_to = event->position();
    update();
}

void BoxCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_from)
        return;
    const PixelBox box = boxOf(*m_from, event->position());
    m_from.reset();
    update();
    if (box.width >= leastSide && box.height >= leastSide)
        emit boxDrawn(box);
}

} // namespace ocellus
