// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <QImage>
#include <QString>
#include <QStringList>

#include "ui/figures/explanation.h"

namespace ocellus {

/// One place of a table of maps: a map over its picture, the picture alone, or words that say why there is none.
struct MatrixCell {
    std::shared_ptr<const Explanation> explanation; ///< picture, geometry, style and banners; null: the caption alone
    std::optional<TileMap> tile;                    ///< none: the picture alone
    QString caption;                                ///< above the tile, or in its place

    bool isDifference() const { return tile && tile->trough; }
};

/// What a row's model says of its picture.
struct RowAnswer {
    QString truth;                    ///< what the picture shows, as far as its folder tells, or empty
    QString predicted;                ///< as the model calls it; empty where it was not asked
    std::optional<float> probability; ///< of that
    bool hasClass = true;             ///< whose maps the row is to show
};

/// One row: what it is about in words, and its maps.
struct MatrixRow {
    QString title;
    QStringList details;             ///< "rank 2 of 200, logit 4.31, p 0.97", "misclassified: ..."
    bool flagged = false;            ///< marked: misclassified
    std::vector<QImage> exemplars;   ///< thumbnails beside the title
    std::vector<MatrixCell> cells;   ///< as many as the matrix has columns
    std::optional<RowAnswer> answer; ///< where rows are models

    const MatrixCell* firstMap() const; ///< null where there is none
    bool hasMaps() const { return firstMap() != nullptr; }
    QString whyNoMaps() const; ///< what stands in their place; empty where there are some
};

/// Any table of maps, as the screen, figures and CSV show it. All maps share one scale, all differences another one
/// with zero in its middle, so that equal colours are equal values throughout.
struct MapMatrix {
    QString title;
    QStringList notes;   ///< sentences under the title
    QStringList columns; ///< their titles
    std::vector<MatrixRow> rows;
    /// Columns are of different quantities: each has a scale of its own, which its title tells, and there is no bar.
    bool scalePerColumn = false;
    bool scalePerRow = false;        ///< the same of rows
    Range range;                     ///< of all maps that are no difference
    std::optional<Range> difference; ///< of all differences; none where there is none

    bool isEmpty() const { return rows.empty(); }
    bool hasOneScale() const { return !scalePerColumn && !scalePerRow; }
    /// The explanation of the first map that is (or is no) difference, whose style the colour bar explains.
    const Explanation* firstExplanation(bool ofDifference) const;
};

/// The picture's tiles as one row, the heads in their own order whatever the explanation's, the mean last; with the
/// prediction among the details. A class that has left the decoder gives one cell a head that says so. Each map keeps
/// its own range until shareScales(); perMapStretch is off, or there would be nothing to compare.
MatrixRow headRow(const Explanation& explanation, const QString& title);

/// a - b, cell by cell, in times uniform, under a's title. Throws Error(Mismatch) where the grids differ in size.
TileMap differenceMap(const TileMap& a, const TileMap& b);

/// How differences are drawn where `style` draws the maps: on the diverging colour map, without threshold or
/// contour, and with a rule that shows colours.
MapStyle differenceStyle(MapStyle style);

/// a's maps less b's over a's pictures, column by column; a column that lacks a map in either row has none here
/// either, and the same goes for grids of different size.
MatrixRow differenceRow(const MatrixRow& a, const MatrixRow& b, const QString& title);

/// Gives all maps one range and all differences another, or each column one; `locked` is kept for the maps in place of
/// their own.
void shareScales(MapMatrix& matrix, std::optional<Range> locked = {});

/// Rows of heads under one scale, with the first row's tiles as the columns' titles and its locked range.
MapMatrix matrixOfHeads(const QString& title, std::vector<MatrixRow> rows);

/// A class in a comparison.
struct ClassOfMatrix {
    int index = 0;
    QString label;                 ///< with its index, as the class table names it
    QStringList headNotes;         ///< as Explanation::headNotes
    std::vector<QImage> exemplars; ///< pictures of the class
};

/// One row a class of the same picture; with `contrast` also one a class but the first: the first less that class.
MapMatrix classMatrix(const Explanation& explanation, std::span<const ClassOfMatrix> classes, bool contrast);

/// The same class among all queries and among the limited ones, and limited less full.
MapMatrix contextMatrix(const Explanation& full, const Explanation& limited);

/// The same class in every decoder layer, the last one first; with `head` (from 0, the number of heads is the mean)
/// that tile's column alone, the layers side by side.
MapMatrix layerMatrix(const Explanation& explanation, std::optional<int> head = {});

/// The same class before and after an edit, and after less before.
MapMatrix editMatrix(const Explanation& before, const Explanation& after);

} // namespace ocellus
