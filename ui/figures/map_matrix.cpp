// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/map_matrix.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <ranges>
#include <string>
#include <utility>

#include <QCoreApplication>

#include "core/base/error.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/left_out.h"

namespace ocellus {

namespace {

/// The words of this file.
class MatrixText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::MatrixText)
};

using SharedExplanation = std::shared_ptr<const Explanation>;

SharedExplanation forComparing(Explanation explanation)
{
    explanation.style.perMapStretch = false;
    explanation.sortByRanking = explanation.sortByBlurring = explanation.sortByWorth = false;
    return std::make_shared<const Explanation>(std::move(explanation));
}

/// The cells of a class that a limit leaves out: a zero vector's map is the same for all of them, and none's own.
std::vector<MatrixCell> cellsWithoutMaps(const SharedExplanation& explanation)
{
    const QString words = leftOutTileText(*explanation);
    const MatrixCell empty{explanation, {}, words.isEmpty() ? MatrixText::tr("no map") : words};
    return std::vector(static_cast<std::size_t>(explanation->heads()) + 1, empty);
}

SharedExplanation differenceExplanation(const Explanation& a, const Explanation& b)
{
    Explanation both = a;
    both.style = differenceStyle(a.style);
    both.stale = a.stale || b.stale;
    both.evidence.reset(); // of either map, and not of their difference
    // What limits either of the two maps limits what is told about their difference.
    for (const QString& notice : FigureText::banners(b))
        if (!FigureText::banners(a).contains(notice))
            both.notices += notice;
    return std::make_shared<const Explanation>(std::move(both));
}

MatrixCell differenceCell(const MatrixCell& a, const MatrixCell& b, const SharedExplanation& explanation)
{
    MatrixCell cell;
    if (!a.tile || !b.tile) {
        cell.caption = MatrixText::tr("no map to compare with");
    } else if (a.tile->values.size() != b.tile->values.size()) {
        cell.caption = MatrixText::tr("maps of different size");
    } else if (a.tile->part.has_value() != b.tile->part.has_value() ||
               (a.tile->part && !a.tile->part->isSameAs(*b.tile->part))) {
        cell.caption = MatrixText::tr("not of the same prototype");
    } else {
        cell.explanation = explanation;
        cell.tile = differenceMap(*a.tile, *b.tile);
    }
    return cell;
}

void shareScale(const std::vector<MatrixCell*>& cells)
{
    std::optional<Range> shared;
    for (const bool measuring : {true, false})
        for (MatrixCell* cell : cells) {
            if (!cell->tile || cell->tile->values.empty())
                continue;
            Range& own = cell->tile->range;
            if (measuring)
                shared = shared ? Range{std::min(shared->low, own.low), std::max(shared->high, own.high)} : own;
            else
                own = *shared;
        }
}

void shareScalesOfColumns(MapMatrix& matrix)
{
    for (std::size_t column = 0; column < static_cast<std::size_t>(matrix.columns.size()); ++column) {
        std::vector<MatrixCell*> cells;
        for (MatrixRow& row : matrix.rows)
            if (column < row.cells.size())
                cells.push_back(&row.cells[column]);
        shareScale(cells);
    }
}

void shareScalesOfRows(MapMatrix& matrix)
{
    for (MatrixRow& row : matrix.rows) {
        std::vector<MatrixCell*> cells;
        for (MatrixCell& cell : row.cells)
            cells.push_back(&cell);
        shareScale(cells);
    }
}

QString titleOf(const Explanation& shown)
{
    return FigureText::withLayer(MatrixText::tr("%1 in %2").arg(shown.className, shown.pictureName), shown);
}

const Explanation* explanationOf(const MatrixRow& row)
{
    const auto found = std::ranges::find_if(row.cells, [](const MatrixCell& cell) { return cell.tile.has_value(); });
    return found == row.cells.end() ? nullptr : found->explanation.get();
}

} // namespace

const MatrixCell* MatrixRow::firstMap() const
{
    const auto found = std::ranges::find_if(cells, [](const MatrixCell& cell) { return cell.tile.has_value(); });
    return found == cells.end() ? nullptr : &*found;
}

QString MatrixRow::whyNoMaps() const
{
    if (hasMaps())
        return {};
    const auto said = std::ranges::find_if(cells, [](const MatrixCell& cell) { return !cell.caption.isEmpty(); });
    return said == cells.end() ? details.join(QStringLiteral("; ")) : said->caption;
}

const Explanation* MapMatrix::firstExplanation(bool ofDifference) const
{
    for (const MatrixRow& row : rows)
        for (const MatrixCell& cell : row.cells)
            if (cell.tile && cell.isDifference() == ofDifference)
                return cell.explanation.get();
    return nullptr;
}

MatrixRow headRow(const Explanation& explanation, const QString& title)
{
    MatrixRow row;
    row.title = title;
    if (explanation.isEmpty())
        return row;
    const SharedExplanation shared = forComparing(explanation);
    row.details += FigureText::prediction(*shared);
    std::vector<TileMap> tiles = isLeftOutByLimit(*shared) ? std::vector<TileMap>() : tileMaps(*shared);
    if (tiles.empty())
        row.cells = cellsWithoutMaps(shared);
    for (TileMap& tile : tiles)
        row.cells.push_back({shared, std::move(tile), {}});
    // Where the class has fewer prototypes than others its mean still stands below theirs.
    if (shared->mapKind != MapKind::Head && !shared->source)
        while (!row.cells.empty() && row.cells.size() <= static_cast<std::size_t>(shared->heads()))
            row.cells.insert(row.cells.end() - 1, MatrixCell{shared, {}, MatrixText::tr("no further prototype")});
    return row;
}

TileMap differenceMap(const TileMap& a, const TileMap& b)
{
    if (a.values.size() != b.values.size())
        throw Error(ErrorCode::Mismatch, "difference of maps",
                    "expected maps of equal size, got " + std::to_string(a.values.size()) + " and " +
                        std::to_string(b.values.size()) + " cells");
    TileMap difference = a;
    std::ranges::transform(a.values, b.values, difference.values.begin(), std::minus());
    const Range extent = rangeOf(difference.values);
    const float reach = std::max(std::abs(extent.low), std::abs(extent.high));
    difference.range = {-reach, reach};
    difference.peak = extent.high;
    difference.trough = extent.low;
    difference.peakScore.reset();
    difference.shares.reset();
    return difference;
}

MapStyle differenceStyle(MapStyle style)
{
    style.colourMap = ColourMap::Diverging;
    // Neither lines nor light nor a mask say which way a difference goes.
    if (style.overlay == OverlayRule::Contours || style.overlay == OverlayRule::Spotlight ||
        style.overlay == OverlayRule::Mass)
        style.overlay = OverlayRule::Transparent;
    style.threshold.reset();
    style.contour = false;
    style.perMapStretch = false;
    return style;
}

MatrixRow differenceRow(const MatrixRow& a, const MatrixRow& b, const QString& title)
{
    MatrixRow row;
    row.title = title;
    const Explanation* first = explanationOf(a);
    const Explanation* second = explanationOf(b);
    const SharedExplanation shared = first && second ? differenceExplanation(*first, *second) : nullptr;
    for (std::size_t i = 0; i < std::min(a.cells.size(), b.cells.size()); ++i)
        row.cells.push_back(differenceCell(a.cells[i], b.cells[i], shared));
    return row;
}

void shareScales(MapMatrix& matrix, std::optional<Range> locked)
{
    if (matrix.scalePerColumn)
        return shareScalesOfColumns(matrix);
    if (matrix.scalePerRow)
        return shareScalesOfRows(matrix);
    float peak = 0;
    std::optional<float> reach;
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells)
            if (cell.isDifference())
                reach = std::max({reach.value_or(0), std::abs(cell.tile->peak), std::abs(*cell.tile->trough)});
            else if (cell.tile)
                peak = std::max(peak, cell.tile->peak);

    matrix.range = locked.value_or(Range{0, peak > 0 ? peak : 1});
    matrix.difference.reset();
    if (reach) {
        // Without any difference the bar still needs two ends.
        const float end = *reach > 0 ? *reach : 1;
        matrix.difference = Range{-end, end};
    }
    for (MatrixRow& row : matrix.rows)
        for (MatrixCell& cell : row.cells)
            if (cell.tile)
                cell.tile->range = cell.isDifference() ? *matrix.difference : matrix.range;
}

namespace {

/// Prototypes stand in the order of what they give: a column has the name of one only where all rows have that there.
QString titleOfColumn(const std::vector<MatrixRow>& rows, std::size_t column, const std::optional<TileMap>& first)
{
    if (!first)
        return {};
    const bool isOne = std::ranges::all_of(rows, [&](const MatrixRow& row) {
        return column >= row.cells.size() || !row.cells[column].tile || row.cells[column].tile->title == first->title;
    });
    return isOne || !first->part ? first->title : MatrixText::tr("No. %1", "of prototypes").arg(column + 1);
}

} // namespace

MapMatrix matrixOfHeads(const QString& title, std::vector<MatrixRow> rows)
{
    MapMatrix matrix;
    matrix.title = title;
    matrix.rows = std::move(rows);
    for (const MatrixRow& row : matrix.rows) {
        if (!explanationOf(row))
            continue;
        for (std::size_t column = 0; column < row.cells.size(); ++column)
            matrix.columns += titleOfColumn(matrix.rows, column, row.cells[column].tile);
        break;
    }
    const Explanation* first = matrix.firstExplanation(false);
    shareScales(matrix, first ? first->lockedRange : std::optional<Range>());
    return matrix;
}

namespace {

float highestScore(const MatrixRow& row)
{
    float highest = std::numeric_limits<float>::lowest();
    for (const MatrixCell& cell : row.cells)
        if (cell.tile && cell.tile->peakScore)
            highest = std::max(highest, *cell.tile->peakScore);
    return highest;
}

/// Where the highest score is not that of the highest logit: nobody should read the one as the other.
QString misleadingScoreText(const Decoding& decoding, std::span<const ClassOfMatrix> classes,
                            std::span<const MatrixRow> rows)
{
    if (!decoding.hasLogits())
        return {};
    std::size_t best = classes.size(), loudest = classes.size();
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (!decoding.isActive(classes[i].index) || highestScore(rows[i]) == std::numeric_limits<float>::lowest())
            continue;
        if (best == classes.size() || decoding.logit(classes[i].index) > decoding.logit(classes[best].index))
            best = i;
        if (loudest == classes.size() || highestScore(rows[i]) > highestScore(rows[loudest]))
            loudest = i;
    }
    if (best == loudest || highestScore(rows[loudest]) <= highestScore(rows[best]))
        return {};
    return MatrixText::tr(
               "Scores of different classes cannot be compared: %1 has the highest, and %2 the higher logit.")
        .arg(classes[loudest].label, classes[best].label);
}

} // namespace

MapMatrix classMatrix(const Explanation& explanation, std::span<const ClassOfMatrix> classes, bool contrast)
{
    std::vector<MatrixRow> rows;
    for (const ClassOfMatrix& of : classes) {
        Explanation ofClass = explanation;
        ofClass.classIndex = of.index;
        ofClass.className = of.label;
        if (of.index != explanation.classIndex)
            ofClass.blurRanks.clear();
        ofClass.headNotes = of.headNotes;
        rows.push_back(headRow(ofClass, of.label));
        rows.back().exemplars = of.exemplars;
    }
    if (contrast)
        for (std::size_t i = 1; i < classes.size(); ++i)
            rows.push_back(
                differenceRow(rows[0], rows[i], MatrixText::tr("%1 less %2").arg(classes[0].label, classes[i].label)));
    const QString misleading = misleadingScoreText(*explanation.decoding, classes, rows);
    MapMatrix matrix =
        matrixOfHeads(FigureText::withLayer(MatrixText::tr("Classes in %1").arg(explanation.pictureName), explanation),
                      std::move(rows));
    if (!misleading.isEmpty())
        matrix.notes += misleading;
    return matrix;
}

MapMatrix contextMatrix(const Explanation& full, const Explanation& limited)
{
    std::vector<MatrixRow> rows;
    rows.push_back(headRow(full, MatrixText::tr("All classes")));
    rows.push_back(headRow(limited, MatrixText::tr("Limited classes")));
    rows.push_back(differenceRow(rows[1], rows[0], MatrixText::tr("Limited less all")));
    return matrixOfHeads(titleOf(limited), std::move(rows));
}

MapMatrix layerMatrix(const Explanation& explanation, std::optional<int> head)
{
    std::vector<MatrixRow> rows;
    const int layers = explanation.decoding->extent().layers;
    for (int layer = layers - 1; layer >= 0; --layer) {
        Explanation ofLayer = explanation;
        ofLayer.layer = layer;
        if (layer != explanation.layer)
            ofLayer.blurRanks.clear();
        rows.push_back(headRow(ofLayer, FigureText::layerTitle(explanation.layerKind, layer)));
        rows.back().details.clear(); // one prediction for all layers
    }
    const QString title = (explanation.layerKind == LayerKind::Block ? MatrixText::tr("%1 in %2, all blocks")
                                                                     : MatrixText::tr("%1 in %2, all layers"))
                              .arg(explanation.className, explanation.pictureName);
    if (!head)
        return matrixOfHeads(title, std::move(rows));

    MapMatrix matrix;
    matrix.title = title;
    MatrixRow side;
    for (const MatrixRow& row : rows | std::views::reverse) {
        matrix.columns += row.title;
        side.cells.push_back(row.cells.at(static_cast<std::size_t>(*head)));
    }
    side.title = side.cells.front().tile ? side.cells.front().tile->title : QString();
    side.details += FigureText::prediction(explanation);
    matrix.rows.push_back(std::move(side));
    shareScales(matrix, explanation.lockedRange);
    return matrix;
}

MapMatrix editMatrix(const Explanation& before, const Explanation& after)
{
    std::vector<MatrixRow> rows;
    rows.push_back(headRow(before, MatrixText::tr("Before")));
    rows.push_back(headRow(after, MatrixText::tr("After")));
    rows.push_back(differenceRow(rows[1], rows[0], MatrixText::tr("After less before")));
    return matrixOfHeads(titleOf(after), std::move(rows));
}

} // namespace ocellus
