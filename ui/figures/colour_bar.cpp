// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_bar.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <QFontMetricsF>
#include <QImage>

#include "ui/figures/figure_text.h"
#include "ui/figures/scaled_picture.h"

namespace ocellus {

namespace {

constexpr double ticksInBar = 0.35; ///< part of the text's height
constexpr double pureColours = 0.3; ///< part of the bar's height, at its upper edge

/// What lies under the bar.
QImage stripOf(const QImage& picture, QSize size)
{
    if (!picture.isNull()) {
        const int height = std::clamp(picture.width() * size.height() / size.width(), 1, picture.height());
        const QRect middle(0, (picture.height() - height) / 2, picture.width(), height);
        // Its tones, not its things: a wing's spot would be taken for a mark of the scale.
        constexpr int tones = 6;
        return picture.copy(middle)
            .scaled({tones, 1}, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGB32);
    }
    QImage strip(size, QImage::Format_RGB32);
    strip.fill(QColor(0xd8, 0xd8, 0xd8));
    for (int y = size.height() / 2; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x)
            strip.setPixel(x, y, qRgb(0x50, 0x50, 0x50));
    return strip;
}

QRgb blended(QRgb pixel, const OverlayColour& over, const GroundTone& ground, bool laysPicture)
{
    const Rgb own{static_cast<std::uint8_t>(qRed(pixel)), static_cast<std::uint8_t>(qGreen(pixel)),
                  static_cast<std::uint8_t>(qBlue(pixel))};
    const Rgb under = onGround(own, ground);
    const Rgb& colour = laysPicture ? own : over.colour;
    const auto mix = [&](int below, int above) {
        return static_cast<int>(std::lround(below + (above - below) * over.opacity));
    };
    return qRgb(mix(under.red, colour.red), mix(under.green, colour.green), mix(under.blue, colour.blue));
}

/// A column a value, as maps of this style are drawn on the picture; along the upper edge the colours alone, so that
/// the bar is seen to be one whatever the picture.
QImage barImage(QSize size, const MapStyle& style, Range range, const QImage& picture)
{
    QImage image = stripOf(picture, size);
    const GroundTone ground = groundOf(style);
    const bool isMask = style.overlay == OverlayRule::Mass;
    const bool laysPicture = isMask || style.overlay == OverlayRule::Spotlight;
    const int pure = laysPicture ? 0 : static_cast<int>(std::lround(pureColours * size.height()));
    for (int x = 0; x < size.width(); ++x) {
        const double share = (x + 0.5) / size.width();
        // A mask has two kinds of cells.
        const double value = isMask ? share - 0.5 : valueAt(share, range, style.scale);
        const OverlayColour over = overlayOf(static_cast<float>(value), range, style);
        OverlayColour alone = over;
        alone.opacity = over.opacity > 0 ? 1 : 0;
        for (int y = 0; y < size.height(); ++y)
            image.setPixel(x, y, blended(image.pixel(x, y), y < pure ? alone : over, ground, laysPicture));
    }
    return image;
}

/// Words or numbers under the bar, at a fraction of its length.
struct Tick {
    double at = 0;
    QString text;
};

std::vector<Tick> ticksOf(const MapStyle& style, Range range, int most, const QString& unit)
{
    if (style.overlay == OverlayRule::Mass)
        return {{0.25, FigureText::outsideMask()}, {0.75, FigureText::insideMask()}};
    if (style.perMapStretch)
        return {{0, FigureText::mapMinimum()}, {1, FigureText::mapMaximum()}};
    std::vector<Tick> ticks;
    for (const double value : scaleTicks(range, style.scale, most))
        ticks.push_back(
            {shareOf(static_cast<float>(value), range, style.scale), FigureText::scaleValue(style, value, unit)});
    return ticks;
}

/// Lines of maps have their values too.
void paintLines(QPainter& painter, const QRectF& bar, const MapStyle& style)
{
    if (style.overlay != OverlayRule::Contours)
        return;
    const double width = bar.height() / 6;
    for (const double share : {0.25, 0.5, 0.75}) {
        const QLineF line(bar.left() + share * bar.width(), bar.top(), bar.left() + share * bar.width(), bar.bottom());
        const Rgb& colour = colours(style.colourMap)[static_cast<std::size_t>(share * 256)];
        painter.setPen(QPen(QColor(0, 0, 0, 160), 2 * width, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(line);
        painter.setPen(QPen(QColor(colour.red, colour.green, colour.blue), width, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(line);
    }
}

void paintBar(QPainter& painter, const QRectF& bar, const MapStyle& style, Range range, const QImage& picture)
{
    constexpr int steps = 512; // finer than the 256 colours, on any device
    const int height = std::clamp(static_cast<int>(std::lround(steps * bar.height() / bar.width())), 2, steps);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(bar, barImage({steps, height}, style, range, picture));
    paintLines(painter, bar, style);
    painter.restore();
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

std::vector<double> scaleTicks(Range range, ValueScale scale, int most)
{
    if (scale == ValueScale::Linear || !(range.high > range.low) || !std::isfinite(range.high - range.low))
        return niceTicks(range, most);
    const bool isDifference = range.low < 0;
    std::vector<double> wanted{range.high, isDifference ? 0.0 : 1.0, range.low};
    for (const double power : {100.0, 10.0, 1.0, 0.1, 1000.0, 10000.0, 0.01})
        for (const double factor : {1.0, 5.0, 2.0})
            for (const double sign : {1.0, -1.0})
                if (sign > 0 || isDifference)
                    wanted.push_back(sign * factor * power);
    std::vector<double> ticks;
    const auto shareAt = [&](double value) { return shareOf(static_cast<float>(value), range, scale); };
    for (const double value : wanted) {
        const bool isFree = std::ranges::all_of(
            ticks, [&](double tick) { return std::abs(shareAt(tick) - shareAt(value)) * std::max(most, 2) >= 1; });
        if (value >= range.low && value <= range.high && isFree)
            ticks.push_back(value);
    }
    std::ranges::sort(ticks);
    return ticks;
}

double colourBarHeight(const QFont& font)
{
    return 1.1 * QFontMetricsF(font).height() + colourScaleHeight(font);
}

double colourScaleHeight(const QFont& font)
{
    return 2.1 * QFontMetricsF(font).height();
}

void paintColourBar(QPainter& painter, const QRectF& area, const MapStyle& style, Range range, const QImage& picture,
                    const QString& unit)
{
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    const QString meaning = FigureText::scaleMeaning(style, unit);
    const QString label = metrics.horizontalAdvance(meaning) <= area.width() ? meaning : FigureText::scale(style, unit);
    painter.drawText(QRectF(area.left(), area.top(), area.width(), line), Qt::AlignCenter,
                     metrics.elidedText(label, Qt::ElideMiddle, area.width()));
    paintColourScale(painter, area.adjusted(0, 1.1 * line, 0, 0), style, range, picture, unit);
}

void paintColourScale(QPainter& painter, const QRectF& area, const MapStyle& style, Range range, const QImage& picture,
                      const QString& unit)
{
    painter.save();
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    const double tickLength = ticksInBar * line;
    // The outermost ticks' words reach over the bar's ends.
    const double inset = style.perMapStretch ? 1 : metrics.horizontalAdvance(FigureText::timesUniform(88.8)) / 2;
    painter.setPen(QPen(painter.pen().color(), line / 14));
    const QRectF bar(area.left() + inset, area.top(), std::max(area.width() - 2 * inset, 1.0), line * 0.75);
    paintBar(painter, bar, style, range, picture);

    const double widest = metrics.horizontalAdvance(FigureText::timesUniform(888.8)) * 1.6;
    for (const Tick& tick : ticksOf(style, range, static_cast<int>(bar.width() / widest), unit)) {
        const double x = bar.left() + tick.at * bar.width();
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + tickLength));
        const double width = metrics.horizontalAdvance(tick.text) + 1;
        const double left = std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width));
        painter.drawText(QRectF(left, bar.bottom() + tickLength, width, line), Qt::AlignCenter, tick.text);
    }
    painter.restore();
}

} // namespace ocellus
