// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/head_figure.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>

#include "ui/figures/colour_bar.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/map_in_figure.h"
#include "ui/figures/prototype_patches.h"
#include "ui/figures/prototype_text.h"

namespace ocellus {

namespace {

constexpr double pageWidth = 510;
constexpr double gap = 6;
constexpr double titleGap = 4; ///< between a title and its numbers
constexpr int mostColumns = 4; // more, and a tile's numbers no longer fit above it
constexpr int mostColumnsOfPatches = 3;

double lineHeight(double size)
{
    return QFontMetricsF(FigurePage::font(size)).height() * 1.1;
}

/// How the tiles are laid out: as large as makes the grid no higher than it is wide.
struct Grid {
    int columns = 1;
    int rows = 1;
    QSizeF picture; ///< of one tile, below its title
    double title = 0;

    double height() const { return rows * (title + picture.height()) + (rows - 1) * gap; }

    /// With patches beside the maps, tiles keep the width that these need.
    Grid(int tiles, QSizeF pictureSize, double width, double titleHeight, bool hasPatches) : title(titleHeight)
    {
        const double shape = std::clamp(pictureSize.height() / pictureSize.width(), 0.25, 2.0);
        const int most = std::min(hasPatches ? mostColumnsOfPatches : mostColumns, tiles);
        for (columns = std::min(2, tiles);; ++columns) {
            const double tileWidth = (width - (columns - 1) * gap) / columns;
            const QRectF square(0, 0, tileWidth, tileWidth);
            const double mapWidth = hasPatches ? besidePatch(square, patchRoom(square)).width() : tileWidth;
            picture = {tileWidth, mapWidth * shape};
            rows = (tiles + columns - 1) / columns;
            if (height() <= width || columns >= most)
                return;
        }
    }
};

/// What is told of a head below its title.
QString noteOf(const TileMap& tile, int heads)
{
    QStringList notes{tile.note, FigureText::blurRank(tile, heads)};
    notes.removeAll(QString());
    return notes.join(QStringLiteral(", "));
}

bool hasNotes(const std::vector<TileMap>& tiles)
{
    return std::ranges::any_of(tiles, [](const TileMap& tile) { return !tile.note.isEmpty() || tile.blurRank > 0; });
}

QString numbersOf(const TileMap& tile)
{
    QStringList numbers{FigureText::peak(tile), FigureText::score(tile), FigureText::held(tile)};
    numbers.removeAll(QString());
    return numbers.join(QStringLiteral("  "));
}

/// Of the numbers beside all titles.
QFont numberFont(const Explanation& explanation, const std::vector<TileMap>& tiles, double width)
{
    const QFontMetricsF bold(FigurePage::font(FigurePage::textSize, true));
    double name = 0;
    QStringList numbers;
    for (const TileMap& tile : tiles) {
        name = std::max(name, bold.horizontalAdvance(markedTitle(explanation, tile)) + titleGap);
        numbers += numbersOf(tile);
    }
    return fittingFont(numbers, width - name);
}

void paintTitle(QPainter& painter, const QRectF& rect, const TileMap* tile, const QFont& numbers,
                const Explanation& explanation)
{
    const double height = lineHeight(FigurePage::textSize);
    const QRectF first(rect.left(), rect.top(), rect.width(), height);
    const QFont bold = FigurePage::font(FigurePage::textSize, true);
    if (!tile) {
        FigurePage::text(painter, first, bold, FigureText::picture());
        return;
    }
    const QString title = markedTitle(explanation, *tile);
    FigurePage::text(painter, first, bold, title);
    const double name = QFontMetricsF(bold).horizontalAdvance(title) + titleGap;
    FigurePage::text(painter, first.adjusted(name, 0, 0, 0), numbers, numbersOf(*tile), Qt::AlignRight);
    const QFont small = FigurePage::font(FigurePage::smallSize);
    FigurePage::text(painter, first.translated(0, height), small, noteOf(*tile, explanation.heads()));
    if (explanation.style.perMapStretch)
        FigurePage::text(painter, QRectF(rect.left(), rect.bottom() - height, rect.width(), height), small,
                         FigureText::stretched(tile->range));
}

bool hasPatches(const Explanation& explanation)
{
    return !explanation.source && explanation.patches && explanation.patches->areThere;
}

/// Picture and map, and beside them the prototype's own patch where the model has some.
void paintTile(QPainter& painter, MapInFigure& maps, const QRectF& rect, const TileMap* tile,
               const Explanation& explanation)
{
    const QRectF patch = hasPatches(explanation) ? patchRoom(rect) : QRectF();
    maps.paint(besidePatch(rect, patch), tile); // all of one size
    if (tile && tile->part && !tile->part->isGlobal() && !patch.isEmpty()) {
        painter.setFont(FigurePage::font(FigurePage::smallSize));
        paintPatch(painter, patch, tile->patch.get(), inkColour());
    }
}

void paintTiles(FigurePage& page, const Grid& grid, const Explanation& explanation, const std::vector<TileMap>& tiles,
                double pixelsPerPoint)
{
    const QRectF room = page.take(grid.height());
    if (!page.painter())
        return;
    MapInFigure painter(*page.painter(), explanation, pixelsPerPoint);
    const QFont numbers = numberFont(explanation, tiles, grid.picture.width());
    for (int i = 0; i <= static_cast<int>(tiles.size()); ++i) {
        const TileMap* tile = i == 0 ? nullptr : &tiles[static_cast<std::size_t>(i) - 1];
        const QPointF topLeft(room.left() + (i % grid.columns) * (grid.picture.width() + gap),
                              room.top() + (i / grid.columns) * (grid.picture.height() + grid.title + gap));
        paintTitle(*page.painter(), QRectF(topLeft, QSizeF(grid.picture.width(), grid.title)), tile, numbers,
                   explanation);
        paintTile(*page.painter(), painter, QRectF(topLeft + QPointF(0, grid.title), grid.picture), tile, explanation);
    }
}

/// Paints, or measures where the page has no painter.
void layOut(FigurePage& page, const Explanation& explanation, const std::vector<TileMap>& tiles, double pixelsPerPoint)
{
    page.header(explanation);
    page.skip(gap);
    const int lines = 1 + (hasNotes(tiles) ? 1 : 0) + (explanation.style.perMapStretch ? 1 : 0);
    const double title = lines * lineHeight(FigurePage::textSize);
    const Grid grid(static_cast<int>(tiles.size()) + 1, explanation.picture.size(), page.width(), title,
                    hasPatches(explanation));
    paintTiles(page, grid, explanation, tiles, pixelsPerPoint);

    if (!tiles.empty()) {
        page.skip(gap);
        const QFont font = FigurePage::font(FigurePage::textSize);
        const QRectF bar = page.take(colourBarHeight(font));
        if (page.painter()) {
            page.painter()->setFont(font);
            page.painter()->setPen(inkColour());
            paintColourBar(*page.painter(), bar, explanation.style, tiles.front().range, explanation.picture,
                           explanation.unit());
        }
    }
    page.skip(gap);
    for (const QString& change : FigureText::changes(explanation))
        page.small(change);
    for (const QString& sentence : PrototypeText::sentences(explanation))
        page.small(sentence);
    if (const QString legend = markLegend(explanation); !legend.isEmpty())
        page.small(legend);
    page.small(FigureText::drawing(explanation));
    if (explanation.boxes && explanation.mapKind != MapKind::Head && !explanation.source)
        page.small(PrototypeText::boxes(explanation));
    page.small(FigureText::madeBy(explanation));
}

} // namespace

Figure headFigure(const Explanation& explanation)
{
    const std::vector<TileMap> tiles = tileMaps(explanation);
    FigurePage measured(pageWidth, nullptr);
    layOut(measured, explanation, tiles, 1);
    return {explanation.className,
            {pageWidth, std::ceil(measured.bottom())},
            [explanation, tiles](QPainter& painter, double pixelsPerPoint) {
                FigurePage page(pageWidth, &painter);
                layOut(page, explanation, tiles, pixelsPerPoint);
            }};
}

} // namespace ocellus
