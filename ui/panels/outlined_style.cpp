// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/outlined_style.h"

#include <QPainter>
#include <QStyleOption>

namespace ocellus {

OutlinedStyle::OutlinedStyle() : QProxyStyle(QStringLiteral("fusion")) {}

void OutlinedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                  const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool square = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    const bool dark = option->palette.color(QPalette::Window).lightness() < 128;
    if (!dark || (!square && element != PE_IndicatorRadioButton))
        return;
    QColor outline = option->palette.color(QPalette::Text);
    outline.setAlphaF(0.55F);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(outline);
    painter->setBrush(Qt::NoBrush);
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (square)
        painter->drawRoundedRect(box, 2, 2);
    else
        painter->drawEllipse(box);
    painter->restore();
}

} // namespace ocellus
