// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/scale_bar.h"

#include <cmath>

#include <QFontMetricsF>

#include "ui/figures/number_text.h"

namespace ocellus {

double roundLength(double most)
{
    const double power = std::pow(10, std::floor(std::log10(most) + 1e-9));
    for (const double factor : {5.0, 2.0})
        if (factor * power <= most * (1 + 1e-9))
            return factor * power;
    return power;
}

QString lengthText(double millimetres)
{
    constexpr int digits = 3;
    if (millimetres >= 1000)
        return generalText(millimetres / 1000, digits) + QStringLiteral(" m");
    if (millimetres >= 1)
        return generalText(millimetres, digits) + QStringLiteral(" mm");
    if (millimetres >= 1e-3)
        return generalText(1e3 * millimetres, digits) + QStringLiteral(" \u00b5m");
    return generalText(1e6 * millimetres, digits) + QStringLiteral(" nm");
}

void paintScaleBar(QPainter& painter, const QRectF& picture, const QFont& font, double width)
{
    constexpr double share = 0.4; // of the picture, at most
    const double length = roundLength(share * width);
    const double bar = length / width * picture.width();
    const QString text = lengthText(length);
    const QFontMetricsF metrics(font);
    const double line = metrics.height(), pad = line / 4, thick = line / 6;
    const double ground = std::max(bar, metrics.horizontalAdvance(text)) + 2 * pad;
    const QSizeF size(ground, line + thick + 1.5 * pad);
    if (size.width() > picture.width() || size.height() > picture.height())
        return;
    const QRectF box(picture.bottomRight() - QPointF(size.width(), size.height()), size);
    painter.save();
    // Readable on any animal.
    painter.fillRect(box, QColor(0, 0, 0, 150));
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(QRectF(box.left(), box.top(), box.width(), line), Qt::AlignCenter | Qt::TextDontClip, text);
    painter.fillRect(QRectF(box.center().x() - bar / 2, box.top() + line, bar, thick), Qt::white);
    painter.restore();
}

} // namespace ocellus
