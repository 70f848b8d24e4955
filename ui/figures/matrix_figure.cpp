// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/matrix_figure.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QFontMetricsF>

#include "core/base/error.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/map_in_figure.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

constexpr double twoColumnsOfAJournal = 510;
constexpr double gap = 6;
constexpr double headerWidth = 110;
constexpr double leastTile = 68; ///< narrower, and its numbers no longer fit above it
constexpr double mostTile = 190;
constexpr double exemplarHeight = 32;
constexpr double flagWidth = 3;

double lineHeight(double size)
{
    return QFontMetricsF(FigurePage::font(size)).height() * 1.1;
}

double textHeight(const QString& text, const QFont& font, double width)
{
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10000), Qt::TextWordWrap, text).height();
}

/// With `named` what the map is, where its column does not say it.
QString numbersOf(const MatrixCell& cell, bool named)
{
    const TileMap& tile = *cell.tile;
    QStringList numbers{named ? tile.title : QString(), cell.explanation ? markOf(*cell.explanation, tile) : QString(),
                        FigureText::peak(tile), FigureText::score(tile), FigureText::held(tile)};
    numbers.removeAll(QString());
    return numbers.join(QStringLiteral("  "));
}

/// What stands on all tiles of the row.
QStringList bannersOf(const MatrixRow& row)
{
    QStringList banners;
    for (const MatrixCell& cell : row.cells)
        if (cell.explanation)
            banners += FigureText::banners(*cell.explanation);
    banners.removeDuplicates();
    return banners;
}

/// What was done to the pictures.
QStringList changesIn(const MapMatrix& matrix)
{
    std::vector<Explanation> shown;
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells)
            if (cell.explanation && !cell.isDifference()) {
                shown.push_back(*cell.explanation);
                if (matrix.scalePerRow) // its own tile says what made it, and others were made otherwise
                    shown.back().source.reset();
            }
    std::vector<const Explanation*> explanations;
    for (const Explanation& one : shown)
        explanations.push_back(&one);
    return FigureText::changes(explanations);
}

/// Of the first map, or of each row's where rows are of different models.
QStringList makersOf(const MapMatrix& matrix)
{
    QStringList makers;
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells)
            if (cell.explanation && (matrix.scalePerRow || makers.isEmpty()))
                makers += FigureText::madeBy(*cell.explanation);
    makers.removeDuplicates();
    return makers;
}

/// Of the marks, where there is any.
QString legendOf(const MapMatrix& matrix)
{
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells)
            if (cell.explanation && cell.tile && !markOf(*cell.explanation, *cell.tile).isEmpty())
                return markLegend(*cell.explanation);
    return {};
}

/// What the colours of a row with a scale of its own measure.
QString unitOf(const MatrixCell& map)
{
    return FigureText::scale(map.explanation->style, map.explanation->unit());
}

/// Lays one matrix out on a page, or measures where the page has no painter.
class MatrixLayout {
    Q_DECLARE_TR_FUNCTIONS(ocellus::MatrixFigure)

public:
    MatrixLayout(const MapMatrix& matrix, double pixelsPerPoint)
        : m_matrix(matrix),
          m_pixelsPerPoint(pixelsPerPoint),
          m_columns(std::max<qsizetype>(matrix.columns.size(), 1))
    {
        const double room = twoColumnsOfAJournal - 2 * FigurePage::margin - headerWidth;
        m_tileWidth = std::clamp(room / m_columns - gap, leastTile, mostTile);
        QStringList numbers;
        for (const MatrixRow& row : matrix.rows)
            for (const MatrixCell& cell : row.cells)
                if (cell.tile)
                    numbers += numbersOf(cell, m_matrix.scalePerRow);
        m_numberFont = fittingFont(numbers, m_tileWidth);
    }

    double pageWidth() const
    {
        const double table = headerWidth + m_columns * (gap + m_tileWidth);
        return std::max(twoColumnsOfAJournal, table + 2 * FigurePage::margin);
    }

    void layOut(FigurePage& page) const
    {
        page.heading(m_matrix.title);
        for (const QString& note : m_matrix.notes)
            page.small(note);
        page.skip(gap);
        columnTitles(page);
        for (const MatrixRow& row : m_matrix.rows) {
            page.skip(gap / 2);
            rowOfTiles(page, row);
        }
        page.skip(gap);
        if (m_matrix.hasOneScale()) {
            colourBars(page);
            page.skip(gap);
        }
        for (const QString& change : changesIn(m_matrix))
            page.small(change);
        if (const QString legend = legendOf(m_matrix); !legend.isEmpty())
            page.small(legend);
        const Explanation* maps = m_matrix.firstExplanation(false);
        if (!maps && !m_matrix.hasOneScale())
            maps = m_matrix.firstExplanation(true);
        if (maps) {
            page.small(FigureText::drawing(*maps, m_matrix.hasOneScale()));
            for (const QString& maker : makersOf(m_matrix))
                page.small(maker);
        }
    }

private:
    void columnTitles(FigurePage& page) const;
    void rowOfTiles(FigurePage& page, const MatrixRow& row) const;
    void colourBars(FigurePage& page) const;
    double headerHeight(const MatrixRow& row) const;
    /// A map whose colour bar stands beside its row, which has a scale of its own; else null.
    const MatrixCell* scaleOf(const MatrixRow& row) const { return m_matrix.scalePerRow ? row.firstMap() : nullptr; }
    void paintHeader(QPainter& painter, const QRectF& rect, const MatrixRow& row) const;
    void paintCell(QPainter& painter, const QRectF& rect, double titleHeight, const MatrixCell& cell) const;
    int titleLines(const MatrixRow& row) const;
    double pictureHeight(const MatrixRow& row) const;

    const MapMatrix& m_matrix;
    double m_pixelsPerPoint;
    double m_columns;
    double m_tileWidth = 0;
    QFont m_numberFont; ///< of all tiles
};

void MatrixLayout::columnTitles(FigurePage& page) const
{
    const QFont bold = FigurePage::font(FigurePage::textSize, true);
    double height = 0;
    for (const QString& title : m_matrix.columns)
        height = std::max(height, textHeight(title, bold, m_tileWidth));
    QRectF rect = page.take(height);
    if (!page.painter())
        return;
    rect.setLeft(rect.left() + headerWidth + gap);
    rect.setWidth(m_tileWidth);
    for (const QString& title : m_matrix.columns) {
        page.painter()->setFont(bold);
        page.painter()->setPen(inkColour());
        page.painter()->drawText(rect, Qt::TextWordWrap | Qt::AlignBottom | Qt::AlignLeft, shownText(title));
        rect.translate(m_tileWidth + gap, 0);
    }
}

/// Above each tile: its caption where one has any, peak and score, the note where one has any.
int MatrixLayout::titleLines(const MatrixRow& row) const
{
    const auto hasCaption = [](const MatrixCell& cell) { return cell.explanation && !cell.caption.isEmpty(); };
    const auto hasNote = [](const MatrixCell& cell) { return cell.tile && !cell.tile->note.isEmpty(); };
    return 1 + static_cast<int>(std::ranges::any_of(row.cells, hasCaption)) +
           static_cast<int>(std::ranges::any_of(row.cells, hasNote));
}

double MatrixLayout::pictureHeight(const MatrixRow& row) const
{
    double shape = 0;
    for (const MatrixCell& cell : row.cells)
        if (cell.explanation && !cell.explanation->picture.isNull())
            shape = std::max(shape, double(cell.explanation->picture.height()) / cell.explanation->picture.width());
    return m_tileWidth * std::clamp(shape, 0.3, 1.5);
}

double MatrixLayout::headerHeight(const MatrixRow& row) const
{
    const double width = headerWidth - 2 * flagWidth;
    const QFont small = FigurePage::font(FigurePage::smallSize);
    double height = textHeight(row.title, FigurePage::font(FigurePage::textSize, true), width);
    for (const QString& line : row.details + bannersOf(row))
        height += textHeight(line, small, width) + 1;
    if (const MatrixCell* map = scaleOf(row))
        height += textHeight(unitOf(*map), small, width) + 1 + colourScaleHeight(small) + 1;
    return row.exemplars.empty() ? height : height + exemplarHeight + 2;
}

void MatrixLayout::rowOfTiles(FigurePage& page, const MatrixRow& row) const
{
    const double titles = titleLines(row) * lineHeight(FigurePage::smallSize);
    const double height = titles + pictureHeight(row);
    const QRectF room = page.take(std::max(height, headerHeight(row)));
    if (!page.painter())
        return;
    paintHeader(*page.painter(), QRectF(room.topLeft(), QSizeF(headerWidth, room.height())), row);
    QRectF tile(room.left() + headerWidth + gap, room.top(), m_tileWidth, height);
    for (const MatrixCell& cell : row.cells) {
        paintCell(*page.painter(), tile, titles, cell);
        tile.translate(m_tileWidth + gap, 0);
    }
}

void MatrixLayout::paintHeader(QPainter& painter, const QRectF& rect, const MatrixRow& row) const
{
    if (row.flagged)
        painter.fillRect(QRectF(rect.topLeft(), QSizeF(flagWidth, rect.height())), QColor(0xd8, 0x30, 0x30));
    QRectF rest = rect.adjusted(2 * flagWidth, 0, 0, 0);
    const auto write = [&](const QString& text, const QFont& font, bool banner) {
        const double height = textHeight(shownText(text), font, rest.width());
        const QRectF lines(rest.topLeft(), QSizeF(rest.width(), height));
        if (banner)
            painter.fillRect(lines, QColor(0xff, 0xe8, 0xb0));
        painter.setFont(font);
        painter.setPen(inkColour());
        painter.drawText(lines, Qt::TextWordWrap, shownText(text));
        rest.setTop(rest.top() + height + 1);
    };
    write(row.title, FigurePage::font(FigurePage::textSize, true), false);
    for (const QString& line : row.details)
        write(line, FigurePage::font(FigurePage::smallSize), false);
    for (const QString& banner : bannersOf(row))
        write(banner, FigurePage::font(FigurePage::smallSize), true);
    if (const MatrixCell* map = scaleOf(row)) {
        const QFont small = FigurePage::font(FigurePage::smallSize);
        write(unitOf(*map), small, false);
        const QRectF scale(rest.topLeft(), QSizeF(rest.width(), colourScaleHeight(small)));
        paintColourScale(painter, scale, map->explanation->style, map->tile->range, map->explanation->picture,
                         map->explanation->unit());
        rest.setTop(scale.bottom() + 1);
    }
    for (const QImage& exemplar : row.exemplars) {
        const QSizeF size = QSizeF(exemplar.size()).scaled(exemplarHeight, exemplarHeight, Qt::KeepAspectRatio);
        if (size.width() > rest.width())
            break;
        painter.drawImage(QRectF(rest.topLeft(), size), exemplar);
        rest.setLeft(rest.left() + size.width() + 2);
    }
}

void MatrixLayout::paintCell(QPainter& painter, const QRectF& rect, double titleHeight, const MatrixCell& cell) const
{
    const QFont small = FigurePage::font(FigurePage::smallSize);
    QRectF line(rect.left(), rect.top(), rect.width(), lineHeight(FigurePage::smallSize));
    const QRectF picture = rect.adjusted(0, titleHeight, 0, 0);
    if (!cell.explanation || cell.explanation->picture.isNull()) {
        painter.setFont(small);
        painter.setPen(inkColour());
        painter.drawText(picture, Qt::TextWordWrap | Qt::AlignCenter, shownText(cell.caption));
        return;
    }
    if (!cell.caption.isEmpty()) {
        FigurePage::text(painter, line, small, cell.caption);
        line.translate(0, line.height());
    }
    if (cell.tile) {
        FigurePage::text(painter, line, m_numberFont, numbersOf(cell, m_matrix.scalePerRow));
        FigurePage::text(painter, line.translated(0, line.height()), small, cell.tile->note);
    }
    MapInFigure(painter, *cell.explanation, m_pixelsPerPoint).paint(picture, cell.tile ? &*cell.tile : nullptr);
}

void MatrixLayout::colourBars(FigurePage& page) const
{
    const QFont font = FigurePage::font(FigurePage::textSize);
    QRectF rest = page.take(colourBarHeight(font));
    const Explanation* maps = m_matrix.firstExplanation(false);
    const Explanation* differences = m_matrix.firstExplanation(true);
    if (!page.painter())
        return;
    page.painter()->setFont(font);
    page.painter()->setPen(inkColour());
    const bool both = maps && differences;
    const double width = both ? (rest.width() - 3 * gap) / 2 : rest.width();
    if (maps)
        paintColourBar(*page.painter(), QRectF(rest.topLeft(), QSizeF(width, rest.height())), maps->style,
                       m_matrix.range, maps->picture, maps->unit());
    if (differences)
        paintColourBar(*page.painter(), QRectF(rest.topRight() - QPointF(width, 0), QSizeF(width, rest.height())),
                       differences->style, m_matrix.difference.value(), differences->picture, differences->unit());
}

} // namespace

Figure figureOf(const MapMatrix& matrix)
{
    if (matrix.isEmpty())
        throw Error(ErrorCode::BadArgument, "figure", "expected maps to compare, got none");
    const MatrixLayout measured(matrix, 1);
    FigurePage page(measured.pageWidth(), nullptr);
    measured.layOut(page);
    return {matrix.title, QSizeF(measured.pageWidth(), std::ceil(page.bottom())),
            [matrix](QPainter& painter, double pixelsPerPoint) {
                const MatrixLayout layout(matrix, pixelsPerPoint);
                FigurePage painted(layout.pageWidth(), &painter);
                layout.layOut(painted);
            }};
}

} // namespace ocellus
