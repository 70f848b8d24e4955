// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/control_plot.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <QCoreApplication>

#include "ui/figures/colour_bar.h"
#include "ui/figures/edit_comparison.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// From the smallest to the largest value, with 0 and a margin.
Range rangeOf(double edit, const std::vector<double>& controls)
{
    double low = std::min(edit, 0.0), high = std::max(edit, 0.0);
    for (const double value : controls) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    const double margin = high > low ? 0.06 * (high - low) : 1;
    return {static_cast<float>(low - margin), static_cast<float>(high + margin)};
}

} // namespace

void ControlPlot::paint(QPainter& painter, const QRectF& area, const Colours& colours) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    const Range range = rangeOf(edit, controls);
    const QRectF plot = area.adjusted(line, line * 1.3, -line, -line * 2.6);
    const auto xOf = [&](double value) {
        return plot.left() + (value - range.low) / (double(range.high) - range.low) * plot.width();
    };
    painter.setPen(QPen(colours.ink, line / 14));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    const double widest = metrics.horizontalAdvance(QStringLiteral("−0.0000"));
    for (const double tick : niceTicks(range, std::max(2, static_cast<int>(plot.width() / widest / 1.5)))) {
        const double x = xOf(tick);
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + line * 0.3));
        painter.drawText(QRectF(x - widest, plot.bottom() + line * 0.35, 2 * widest, line), Qt::AlignCenter,
                         generalText(std::abs(tick) < 1e-9 ? 0.0 : tick, 3));
    }
    painter.drawText(QRectF(area.left(), plot.bottom() + line * 1.4, area.width(), line), Qt::AlignCenter, unit);

    const double zero = xOf(0);
    painter.setPen(QPen(colours.ink, line / 20, Qt::DotLine));
    painter.drawLine(QPointF(zero, plot.top()), QPointF(zero, plot.bottom()));

    const double radius = std::clamp(line / 3.2, 1.0, plot.height() / 4);
    const auto placeOf = [&](double value) { return std::lround(xOf(value) / (2 * radius)); };
    std::map<long, int> heights; // dots by the place along the line
    int highest = 1;
    for (const double value : controls)
        highest = std::max(highest, ++heights[placeOf(value)]);
    const double step = std::min(2 * radius, (plot.height() - 2 * radius) / highest); // high stacks overlap
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.dots);
    heights.clear();
    for (const double value : controls) {
        const double height = 1.25 * radius + step * heights[placeOf(value)]++;
        painter.drawEllipse(QPointF(xOf(value), plot.bottom() - height), radius * 0.9, radius * 0.9);
    }
    const double x = xOf(edit);
    painter.setPen(QPen(colours.edit, line / 6));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    const QString words = QCoreApplication::translate("ocellus::ControlPlot", "the edit: %1").arg(changeText(edit, 3));
    const double width = metrics.horizontalAdvance(words) + 1;
    const double left = std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width));
    painter.drawText(QRectF(left, area.top(), width, line), Qt::AlignCenter, words);
    painter.restore();
}

} // namespace ocellus
