// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "ui/figures/map_matrix.h"
#include "ui/figures/plate_key.h"
#include "ui/figures/plate_options.h"

namespace ocellus {

/// A place of a figure for a paper: a picture with a map or alone, words that say why there is none, or nothing.
struct PlateTile {
    std::shared_ptr<const Explanation> explanation; ///< in the style that was chosen; null: words or nothing
    std::optional<TileMap> map;
    QString label; ///< "a", or empty
    QString title; ///< "Head 3"
    QString words; ///< in place of a picture
    bool isLarge = false;
    double millimetresPerPixel = 0; ///< of the picture, where it has a scale bar; else 0

    bool isEmpty() const { return !explanation && words.isEmpty(); }
};

/// What stands together under one title.
struct PlateRow {
    QString label;
    QString title;
    QStringList details;
    QStringList states; ///< what must be told of this row and not of all: "edited", a limit, ...
    std::vector<PlateTile> tiles;
};

/// The name of a class as a figure for a paper has it: without the model's index.
struct PlateName {
    QString label; ///< with the index, as it stands in titles
    QString name;
    int classIndex = 0;
};

/// Where a class's label stands in a text.
struct NamePlace {
    qsizetype at = -1, length = 0;
    const PlateName* name = nullptr; ///< null: nowhere
};

/// The first label in a text for people (without control characters, white space simplified), as a word of its own. One
/// that is but a number, as of classes without names, only at the text's start: elsewhere numbers mean other things.
NamePlace firstName(const QString& text, const std::vector<PlateName>& names);

/// A figure for a paper: what of a table of maps was chosen, lettered and in one style. Its sizes are the figure's.
struct Plate {
    PlateOptions options;
    QString title; ///< of the table
    std::vector<PlateRow> rows;
    QStringList states;           ///< what must be told of all of it
    bool hasOneScale = true;      ///< as MapMatrix
    std::vector<PlateName> names; ///< of the classes that occur, the longest label first

    bool isEmpty() const { return rows.empty(); }
    /// The first tile with a map that is (or is no) difference; null where there is none.
    const PlateTile* firstMap(bool ofDifference) const;
};

/// The class's tiles as a table of one row, in the explanation's own order and ranges.
MapMatrix headMatrix(const Explanation& explanation);

/// Empty where nothing is left to be shown.
Plate plateOf(const MapMatrix& matrix, const PlateOptions& options);

/// "a" to "z", "aa", ...; `number` from 0.
QString plateLabel(int number);

/// What looks like the scientific name of a species: "Calcidella aurantia", "Limenitis arthemis astyanax".
bool isLatinName(const QString& name);

} // namespace ocellus
