// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plate.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <QCoreApplication>
#include <QRegularExpression>

#include "ui/figures/figure_text.h"
#include "ui/figures/left_out.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

using SharedExplanation = std::shared_ptr<const Explanation>;

/// The words of this file.
struct PlateWords {
    Q_DECLARE_TR_FUNCTIONS(ocellus::Plate)
};

/// The chosen maps in the chosen style and range.
class Styling {
public:
    Styling(const PlateOptions& options, const MapMatrix& matrix)
        : m_options(options),
          m_hasOneScale(matrix.hasOneScale()),
          m_shared(matrix.range),
          m_difference(matrix.difference)
    {
    }

    SharedExplanation styled(const SharedExplanation& explanation, bool isDifference)
    {
        SharedExplanation& known = m_styled[{explanation.get(), isDifference}];
        if (known)
            return known;
        Explanation copy = *explanation;
        MapStyle& style = copy.style;
        style.overlay = m_options.overlay.value_or(style.overlay);
        style.scale = m_options.valueScale.value_or(style.scale);
        if (m_options.range != PlateOptions::RangeRule::AsShown)
            style.perMapStretch = m_options.range == PlateOptions::RangeRule::Own;
        if (m_options.range == PlateOptions::RangeRule::Given)
            copy.lockedRange = m_options.given;
        else if (m_options.range != PlateOptions::RangeRule::AsShown)
            copy.lockedRange.reset();
        if (isDifference)
            style = differenceStyle(style);
        return known = std::make_shared<const Explanation>(std::move(copy));
    }

    TileMap styled(TileMap map) const
    {
        const bool isDifference = map.trough.has_value();
        switch (m_options.range) {
        case PlateOptions::RangeRule::AsShown: break;
        case PlateOptions::RangeRule::Shared:
            if (m_hasOneScale)
                map.range = isDifference ? m_difference.value_or(map.range) : m_shared;
            break;
        case PlateOptions::RangeRule::Own:
            if (!isDifference)
                map.range = rangeOf(map.values);
            break;
        case PlateOptions::RangeRule::Given:
            if (!isDifference)
                map.range = m_options.given;
            break;
        }
        return map;
    }

private:
    const PlateOptions& m_options;
    bool m_hasOneScale;
    Range m_shared;
    std::optional<Range> m_difference;
    std::map<std::pair<const Explanation*, bool>, SharedExplanation> m_styled;
};

/// The rows and columns that are not left out.
MapMatrix chosen(const MapMatrix& matrix, const PlateOptions& options)
{
    std::vector<bool> isShown;
    std::size_t columns = static_cast<std::size_t>(matrix.columns.size());
    for (const MatrixRow& row : matrix.rows)
        columns = std::max(columns, row.cells.size());
    for (std::size_t column = 0; column < columns; ++column)
        isShown.push_back(!isLeftOut(options, columnKey(matrix, column)));
    MapMatrix kept = matrix;
    kept.rows.clear();
    kept.columns.clear();
    for (std::size_t column = 0; column < columns; ++column)
        if (isShown[column])
            kept.columns += matrix.columns.value(static_cast<qsizetype>(column));
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        if (isLeftOut(options, rowKey(matrix, row)))
            continue;
        MatrixRow& of = kept.rows.emplace_back(matrix.rows[row]);
        of.cells.clear();
        for (std::size_t column = 0; column < matrix.rows[row].cells.size(); ++column)
            if (isShown[column])
                of.cells.push_back(matrix.rows[row].cells[column]);
        if (of.cells.empty())
            kept.rows.pop_back();
    }
    if (options.range == PlateOptions::RangeRule::Shared)
        shareScales(kept);
    return kept;
}

QString titleOf(const MatrixCell& cell, const QString& column)
{
    const QString own = cell.tile && column.isEmpty() && cell.caption.isEmpty() ? cell.tile->title : column;
    const bool hasCaption = cell.explanation && !cell.caption.isEmpty();
    if (!hasCaption)
        return own;
    return own.isEmpty() ? cell.caption : QStringLiteral("%1 · %2").arg(own, cell.caption);
}

/// The one picture of all maps of a row; null where they are of several or there is none.
SharedExplanation onlyPicture(const MatrixRow& row)
{
    SharedExplanation only;
    for (const MatrixCell& cell : row.cells) {
        if (!cell.tile || !cell.explanation)
            continue;
        if (only && only->picture.cacheKey() != cell.explanation->picture.cacheKey())
            return nullptr;
        only = cell.explanation;
    }
    return only;
}

class PlateMaker {
public:
    PlateMaker(const MapMatrix& matrix, const PlateOptions& options)
        : m_matrix(chosen(matrix, options)),
          m_options(options),
          m_styling(m_options, m_matrix)
    {
    }

    Plate make()
    {
        Plate plate;
        plate.options = m_options;
        plate.title = m_matrix.title;
        plate.hasOneScale = m_matrix.hasOneScale();
        for (const MatrixRow& row : m_matrix.rows)
            plate.rows.push_back(rowOf(row));
        std::erase_if(plate.rows, [](const PlateRow& row) {
            return std::ranges::all_of(row.tiles, [](const PlateTile& tile) { return tile.isEmpty(); });
        });
        tellStatesOnce(plate);
        letter(plate);
        addScaleBars(plate);
        plate.names = names();
        return plate;
    }

private:
    PlateRow rowOf(const MatrixRow& row);
    void addPicture(const MatrixRow& row, PlateRow& to);
    PlateTile tileOf(const MatrixCell& cell, const QString& column);
    void addScaleBars(Plate& plate) const;
    static void tellStatesOnce(Plate& plate);
    static void letter(Plate& plate);
    std::vector<PlateName> names() const;

    MapMatrix m_matrix;
    PlateOptions m_options;
    Styling m_styling;
    std::set<qint64> m_shownPictures;
};

PlateRow PlateMaker::rowOf(const MatrixRow& row)
{
    PlateRow made;
    made.title = row.title;
    made.details = row.details;
    addPicture(row, made);
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
        const MatrixCell& cell = row.cells[column];
        made.tiles.push_back(tileOf(cell, m_matrix.columns.value(static_cast<qsizetype>(column))));
        if (!cell.explanation)
            continue;
        made.states += FigureText::banners(*cell.explanation);
        if (cell.explanation->stale)
            made.states += PlateWords::tr("out of date");
    }
    made.states.removeDuplicates();
    return made;
}

void PlateMaker::addPicture(const MatrixRow& row, PlateRow& to)
{
    if (m_options.picture == PlateOptions::Picture::None)
        return;
    const SharedExplanation of = onlyPicture(row);
    if (!of || of->picture.isNull())
        return;
    PlateTile tile;
    const bool isLarge = m_options.picture == PlateOptions::Picture::Large;
    if (m_shownPictures.insert(of->picture.cacheKey()).second) {
        tile.explanation = m_styling.styled(of, false);
        tile.title = FigureText::picture();
        tile.isLarge = isLarge;
    } else if (isLarge) {
        return;
    }
    to.tiles.push_back(tile); // an empty one keeps the columns of all rows in line
}

PlateTile PlateMaker::tileOf(const MatrixCell& cell, const QString& column)
{
    PlateTile tile;
    tile.title = titleOf(cell, column);
    if (!cell.explanation || cell.explanation->picture.isNull()) {
        tile.words = cell.caption;
        return tile;
    }
    tile.explanation = m_styling.styled(cell.explanation, cell.isDifference());
    if (cell.tile)
        tile.map = m_styling.styled(*cell.tile);
    else if (tile.title.isEmpty())
        tile.title = FigureText::picture();
    return tile;
}

/// On the first tile of each picture: one is enough, and the plain picture comes first.
void PlateMaker::addScaleBars(Plate& plate) const
{
    if (m_options.scale == PlateOptions::Scale::None)
        return;
    std::set<qint64> done;
    for (PlateRow& row : plate.rows)
        for (PlateTile& tile : row.tiles) {
            if (!tile.explanation || !done.insert(tile.explanation->picture.cacheKey()).second)
                continue;
            const bool given = m_options.scale == PlateOptions::Scale::Given;
            tile.millimetresPerPixel = (given ? m_options.millimetresPerPixel : tile.explanation->millimetresPerPixel) *
                                       tile.explanation->shrunk;
        }
}

void PlateMaker::tellStatesOnce(Plate& plate)
{
    if (plate.isEmpty())
        return;
    for (const QString& state : plate.rows.front().states)
        if (std::ranges::all_of(plate.rows, [&](const PlateRow& row) { return row.states.contains(state); }))
            plate.states += state;
    for (PlateRow& row : plate.rows)
        for (const QString& state : plate.states)
            row.states.removeAll(state);
}

void PlateMaker::letter(Plate& plate)
{
    int number = 0;
    for (PlateRow& row : plate.rows) {
        if (plate.options.labels == PlateOptions::Labels::Rows && plate.rows.size() > 1)
            row.label = plateLabel(number++);
        if (plate.options.labels == PlateOptions::Labels::Tiles)
            for (PlateTile& tile : row.tiles)
                if (!tile.isEmpty())
                    tile.label = plateLabel(number++);
    }
}

std::vector<PlateName> PlateMaker::names() const
{
    std::map<QString, PlateName> found;
    for (const MatrixRow& row : m_matrix.rows)
        for (const MatrixCell& cell : row.cells) {
            if (!cell.explanation || cell.explanation->className.isEmpty())
                continue;
            const QString& label = cell.explanation->className;
            const int index = cell.explanation->classIndex;
            const QString number = QString::number(index);
            const QString name = label == number                  ? PlateWords::tr("Class %1").arg(index)
                                 : label.startsWith(number + ' ') ? label.mid(number.size() + 1)
                                                                  : label;
            found[label] = {label, name, index};
        }
    std::vector<PlateName> names;
    for (auto& [label, name] : found)
        names.push_back(std::move(name));
    std::ranges::stable_sort(names, std::greater(), [](const PlateName& name) { return name.label.size(); });
    return names;
}

} // namespace

const PlateTile* Plate::firstMap(bool ofDifference) const
{
    for (const PlateRow& row : rows)
        for (const PlateTile& tile : row.tiles)
            if (tile.map && tile.map->trough.has_value() == ofDifference)
                return &tile;
    return nullptr;
}

MapMatrix headMatrix(const Explanation& explanation)
{
    MapMatrix matrix;
    if (explanation.isEmpty())
        return matrix;
    matrix.title = FigureText::withLayer(PlateWords::tr("%1 in %2").arg(explanation.className, explanation.pictureName),
                                         explanation);
    MatrixRow row;
    row.title = explanation.className;
    row.details += FigureText::prediction(explanation);
    const auto shared = std::make_shared<const Explanation>(explanation);
    for (TileMap& tile : tileMaps(explanation)) {
        matrix.columns += tile.title;
        matrix.range = tile.range;
        row.cells.push_back({shared, std::move(tile), {}});
    }
    if (row.cells.empty())
        row.cells.push_back({shared, {}, leftOutTileText(explanation)});
    matrix.rows.push_back(std::move(row));
    return matrix;
}

NamePlace firstName(const QString& text, const std::vector<PlateName>& names)
{
    NamePlace first;
    for (const PlateName& name : names) {
        const QString label = shownText(name.label).simplified();
        const bool isNumber = label == QString::number(name.classIndex);
        const qsizetype at = label.isEmpty() ? -1 : text.indexOf(label);
        if (at < 0 || (isNumber && at > 0) || (first.name && at >= first.at))
            continue;
        const auto isLetter = [&](qsizetype place) {
            return place >= 0 && place < text.size() && text[place].isLetterOrNumber();
        };
        if (!isLetter(at - 1) && !isLetter(at + label.size()))
            first = {at, label.size(), &name};
    }
    return first;
}

Plate plateOf(const MapMatrix& matrix, const PlateOptions& options)
{
    return PlateMaker(matrix, limited(options)).make();
}

QString plateLabel(int number)
{
    constexpr int letters = 26;
    QString label;
    for (++number; number > 0; number = (number - 1) / letters)
        label.prepend(QChar('a' + (number - 1) % letters));
    return label;
}

bool isLatinName(const QString& name)
{
    static const QRegularExpression binomial(QStringLiteral("^\\p{Lu}\\p{Ll}+( \\p{Ll}[\\p{Ll}-]+){1,2}$"));
    return binomial.match(name).hasMatch();
}

} // namespace ocellus
