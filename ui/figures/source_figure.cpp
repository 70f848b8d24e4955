// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/source_figure.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QCoreApplication>
#include <QFontMetricsF>

#include "core/base/error.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_in_figure.h"
#include "ui/figures/map_matrix.h"

namespace ocellus {

namespace {

constexpr double pageWidth = 510;
constexpr double gap = 6;
constexpr int mostColumns = 3;

/// The words of this figure.
struct SourceWords {
    Q_DECLARE_TR_FUNCTIONS(ocellus::SourceFigure)
};

double lineHeight(double size)
{
    return QFontMetricsF(FigurePage::font(size)).height() * 1.1;
}

bool isAttention(const SourceMap& map)
{
    return map.unit == "share of attention";
}

/// What is drawn: attention as times uniform, anything else as it is.
TileMap tileOf(const SourceMap& map)
{
    TileMap tile;
    tile.values = isAttention(map) ? timesUniform(map.values) : map.values;
    if (map.isSigned) {
        const auto [low, high] = std::ranges::minmax(tile.values);
        const float end = std::max(std::abs(low), std::abs(high));
        tile.range = {-end, end};
    } else {
        tile.range = rangeFromZero(tile.values);
    }
    return tile;
}

QString numbersOf(const SourceMap& map)
{
    if (map.state == MapState::NotFinite || map.values.empty())
        return {};
    const auto [low, high] = std::ranges::minmax(map.values);
    if (isAttention(map))
        return SourceWords::tr("up to %1")
            .arg(FigureText::timesUniform(static_cast<double>(high) * static_cast<double>(map.values.size())));
    return SourceWords::tr("%1 to %2 (%3)")
        .arg(QString::number(static_cast<double>(low), 'g', 3).replace(QLatin1Char('-'), QChar(0x2212)),
             QString::number(static_cast<double>(high), 'g', 3).replace(QLatin1Char('-'), QChar(0x2212)),
             QString::fromStdString(map.unit));
}

/// Seed, masks and references, where there are any.
QString madeWith(const SourceMap& map)
{
    QStringList parts;
    if (!map.settings.empty())
        parts << QString::fromStdString(map.settings);
    if (map.count > 0)
        parts << SourceWords::tr("passes of the model: %1").arg(map.count);
    if (!map.references.empty()) {
        QStringList classes;
        for (const int reference : map.references)
            classes << QString::number(reference);
        parts << SourceWords::tr("against classes %1").arg(classes.join(QStringLiteral(", ")));
    }
    return parts.join(QStringLiteral("; "));
}

void paintPanel(QPainter& painter, const QRectF& rect, const Explanation& explanation, const SourcePanel& panel,
                const QFont& numberFont, double pixelsPerPoint)
{
    const double line = lineHeight(FigurePage::textSize);
    const QFont small = FigurePage::font(FigurePage::smallSize);
    FigurePage::text(painter, QRectF(rect.left(), rect.top(), rect.width(), line),
                     FigurePage::font(FigurePage::textSize, true), panel.title);
    FigurePage::text(painter, QRectF(rect.left(), rect.top() + line, rect.width(), line), numberFont,
                     numbersOf(panel.map));
    FigurePage::text(painter, QRectF(rect.left(), rect.top() + 2 * line, rect.width(), line), small,
                     mapWords(panel.map.state));
    Explanation own = explanation;
    own.geometry =
        geometryOf(panel.map, {explanation.picture.width(), explanation.picture.height()}, explanation.style.placement);
    if (panel.map.isSigned)
        own.style = differenceStyle(own.style);
    const bool isDrawn = panel.map.state == MapState::Good || panel.map.state == MapState::NegativeEverywhere;
    const TileMap tile = isDrawn ? tileOf(panel.map) : TileMap();
    MapInFigure(painter, own, pixelsPerPoint).paint(rect.adjusted(0, 3 * line, 0, 0), isDrawn ? &tile : nullptr);
}

/// Paints, or measures where the page has no painter.
void layOut(FigurePage& page, const Explanation& explanation, const std::vector<SourcePanel>& panels,
            double pixelsPerPoint)
{
    page.heading(explanation.className);
    page.line(FigureText::prediction(explanation));
    page.line(explanation.pictureName);
    for (const QString& banner : FigureText::banners(explanation))
        page.banner(banner);
    page.skip(gap);
    const int tiles = static_cast<int>(panels.size()) + 1;
    const int columns = std::min(tiles, mostColumns);
    const double width = (page.width() - (columns - 1) * gap) / columns;
    const double shape =
        std::clamp(static_cast<double>(explanation.picture.height()) / explanation.picture.width(), 0.25, 2.0);
    const double height = 3 * lineHeight(FigurePage::textSize) + width * shape;
    const int rows = (tiles + columns - 1) / columns;
    const QRectF room = page.take(rows * height + (rows - 1) * gap);
    QStringList numbers;
    for (const SourcePanel& panel : panels)
        numbers << numbersOf(panel.map);
    const QFont numberFont = fittingFont(numbers, width);
    for (int i = 0; page.painter() && i < tiles; ++i) {
        const QRectF rect(room.left() + (i % columns) * (width + gap), room.top() + (i / columns) * (height + gap),
                          width, height);
        if (i > 0) {
            paintPanel(*page.painter(), rect, explanation, panels[static_cast<std::size_t>(i) - 1], numberFont,
                       pixelsPerPoint);
            continue;
        }
        const double line = lineHeight(FigurePage::textSize);
        FigurePage::text(*page.painter(), QRectF(rect.left(), rect.top(), width, line),
                         FigurePage::font(FigurePage::textSize, true), FigureText::picture());
        MapInFigure(*page.painter(), explanation, pixelsPerPoint).paint(rect.adjusted(0, 3 * line, 0, 0), nullptr);
    }
    page.skip(gap);
    page.small(SourceWords::tr("Each map has a scale of its own; signed ones diverge about zero."));
    for (const SourcePanel& panel : panels)
        if (const QString with = madeWith(panel.map); !with.isEmpty())
            page.small(SourceWords::tr("%1: %2").arg(panel.title, with));
    page.small(FigureText::madeBy(explanation));
}

} // namespace

QString mapWords(MapState state)
{
    switch (state) {
    case MapState::Good: break;
    case MapState::NegativeEverywhere: return SourceWords::tr("Negative everywhere: nothing here speaks for the class");
    case MapState::Constant: return SourceWords::tr("The same everywhere: no place stands out");
    case MapState::NotFinite: return SourceWords::tr("Not finite: a value overflowed");
    }
    return {};
}

Figure sourceFigure(const Explanation& explanation, std::vector<SourcePanel> panels)
{
    if (explanation.isEmpty() || explanation.picture.isNull() || panels.empty())
        throw Error(ErrorCode::BadArgument, "figure", "expected a picture and maps of it, got none");
    FigurePage measured(pageWidth, nullptr);
    layOut(measured, explanation, panels, 1);
    return {explanation.className,
            {pageWidth, std::ceil(measured.bottom())},
            [explanation, panels = std::move(panels)](QPainter& painter, double pixelsPerPoint) {
                FigurePage page(pageWidth, &painter);
                layOut(page, explanation, panels, pixelsPerPoint);
            }};
}

} // namespace ocellus
