// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/flat_shapes.h"

#include <QPainter>
#include <QPalette>
#include <QStyle>
#include <QStyleOption>

namespace ocellus::flat {

QColor mixed(const QColor& one, const QColor& other, qreal shareOfOther)
{
    const auto mix = [shareOfOther](int of, int with) {
        return static_cast<int>(of + shareOfOther * (with - of) + 0.5);
    };
    return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

QColor pressable(const QStyleOption& option, const QColor& atRest)
{
    constexpr qreal hovered = 0.06;
    constexpr qreal pressed = 0.16;
    const QColor text = option.palette.color(QPalette::ButtonText);
    if (!(option.state & QStyle::State_Enabled))
        return mixed(atRest, option.palette.color(QPalette::Window), 0.6);
    if (option.state & QStyle::State_Sunken)
        return mixed(atRest, text, pressed);
    if (option.state & QStyle::State_MouseOver)
        return mixed(atRest, text, hovered);
    return atRest;
}

void drawBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(border, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

void drawFocus(QPainter& painter, const QRectF& rect, const QPalette& palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr qreal width = 2;
    painter.setPen(QPen(palette.color(QPalette::Active, QPalette::Highlight), width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), Radius, Radius);
    painter.restore();
}

void drawChevron(QPainter& painter, const QRectF& rect, Chevron chevron, const QColor& colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const qreal half = std::clamp(std::min(rect.width(), rect.height()) * 0.28, 2.0, 4.0);
    painter.translate(rect.center());
    painter.rotate(chevron == Chevron::Down ? 0 : chevron == Chevron::Left ? 90 : chevron == Chevron::Up ? 180 : 270);
    painter.drawPolyline(QPolygonF{{-half, -half / 2}, {0, half / 2}, {half, -half / 2}});
    painter.restore();
}

} // namespace ocellus::flat
