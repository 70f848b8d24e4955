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
#include "ui/figures/source_view.h"

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

void paintPanel(QPainter& painter, const QRectF& rect, const Explanation& explanation, const SourcePanel& panel,
                const QFont& numberFont, double pixelsPerPoint)
{
    const double line = lineHeight(FigurePage::textSize);
    FigurePage::text(painter, QRectF(rect.left(), rect.top(), rect.width(), line),
                     FigurePage::font(FigurePage::textSize, true), panel.title);
    FigurePage::text(painter, QRectF(rect.left(), rect.top() + line, rect.width(), line), numberFont,
                     mapNumbers(panel.map));
    Explanation own = explanation;
    own.geometry = geometryOnPicture(panel.map, {explanation.picture.width(), explanation.picture.height()},
                                     explanation.style.placement);
    if (panel.map.isSigned)
        own.style = differenceStyle(own.style);
    const TileMap tile = tileOf(panel.map);
    MapInFigure(painter, own, pixelsPerPoint).paint(rect.adjusted(0, 2 * line, 0, 0), &tile);
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
    const double height = 2 * lineHeight(FigurePage::textSize) + width * shape;
    const int rows = (tiles + columns - 1) / columns;
    const QRectF room = page.take(rows * height + (rows - 1) * gap);
    QStringList numbers;
    for (const SourcePanel& panel : panels)
        numbers << mapNumbers(panel.map);
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
        MapInFigure(*page.painter(), explanation, pixelsPerPoint).paint(rect.adjusted(0, 2 * line, 0, 0), nullptr);
    }
    page.skip(gap);
    page.small(SourceWords::tr("Each map has a scale of its own; signed ones diverge about zero."));
    for (const SourcePanel& panel : panels)
        if (const QString with = madeWith(panel.map); !with.isEmpty())
            page.small(SourceWords::tr("%1: %2").arg(panel.title, with));
    page.small(FigureText::madeBy(explanation));
}

} // namespace

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
