// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_bar.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QImage>

#include "ui/figures/figure_text.h"
#include "ui/figures/scaled_picture.h"

namespace ocellus {

namespace {

constexpr double ticksInBar = 0.35; ///< part of the text's height

QImage barImage(ColourMap map)
{
    QImage image(256, 1, QImage::Format_RGB32);
    for (int i = 0; i < 256; ++i) {
        const Rgb& colour = colours(map)[static_cast<std::size_t>(i)];
        image.setPixel(i, 0, qRgb(colour.red, colour.green, colour.blue));
    }
    return image;
}

/// Words or numbers under the bar, at a fraction of its length.
struct Tick {
    double at = 0;
    QString text;
};

std::vector<Tick> ticksOf(const MapStyle& style, Range range, int most)
{
    if (style.perMapStretch)
        return {{0, FigureText::mapMinimum()}, {1, FigureText::mapMaximum()}};
    std::vector<Tick> ticks;
    const double length = range.high > range.low ? double(range.high) - range.low : 1;
    for (const double value : niceTicks(range, most))
        ticks.push_back({(value - range.low) / length, style.colourMap == ColourMap::Diverging
                                                           ? FigureText::change(value)
                                                           : FigureText::timesUniform(value)});
    return ticks;
}

void paintBar(QPainter& painter, const QRectF& bar, const MapStyle& style, Range range)
{
    QRectF coloured = bar;
    const double length = double(range.high) - range.low;
    if (style.threshold && !style.perMapStretch && length > 0)
        coloured.setLeft(bar.left() + bar.width() * std::clamp((*style.threshold - range.low) / length, 0.0, 1.0));
    const double first = 256 * (coloured.left() - bar.left()) / bar.width();
    if (coloured.width() > 0)
        painter.drawImage(coloured, barImage(style.colourMap), QRectF(first, 0, 256 - first, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
}

} // namespace

std::vector<double> niceTicks(Range range, int most)
{
    const double low = range.low, high = range.high;
    if (!(high > low) || !std::isfinite(high - low))
        return {low};
    most = std::max(most, 2);
    const double power = std::pow(10, std::floor(std::log10((high - low) / most)));
    std::vector<double> ticks;
    for (const double factor : {1.0, 2.0, 5.0, 10.0, 20.0, 50.0}) {
        const double step = factor * power;
        ticks.clear();
        for (double i = std::ceil(low / step - 1e-6); i * step <= high + 1e-6 * step; ++i)
            ticks.push_back(i * step);
        if (static_cast<int>(ticks.size()) <= most)
            break;
    }
    return ticks.size() >= 2 ? ticks : std::vector{low, high};
}

double colourBarHeight(const QFont& font)
{
    return 3.2 * QFontMetricsF(font).height();
}

void paintColourBar(QPainter& painter, const QRectF& area, const MapStyle& style, Range range)
{
    painter.save();
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    const double tickLength = ticksInBar * line;
    // The outermost ticks' words reach over the bar's ends.
    const double inset = style.perMapStretch ? 1 : metrics.horizontalAdvance(FigureText::timesUniform(88.8)) / 2;
    painter.setPen(QPen(painter.pen().color(), line / 14));

    const QString label = FigureText::scale(style);
    painter.drawText(QRectF(area.left(), area.top(), area.width(), line), Qt::AlignCenter,
                     metrics.elidedText(label, Qt::ElideMiddle, area.width()));
    const QRectF bar(area.left() + inset, area.top() + line * 1.1, std::max(area.width() - 2 * inset, 1.0),
                     line * 0.75);
    paintBar(painter, bar, style, range);

    const double widest = metrics.horizontalAdvance(FigureText::timesUniform(888.8)) * 1.6;
    for (const Tick& tick : ticksOf(style, range, static_cast<int>(bar.width() / widest))) {
        const double x = bar.left() + tick.at * bar.width();
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + tickLength));
        const double width = metrics.horizontalAdvance(tick.text) + 1;
        const double left = std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width));
        painter.drawText(QRectF(left, bar.bottom() + tickLength, width, line), Qt::AlignCenter, tick.text);
    }
    painter.restore();
}

} // namespace ocellus
