// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/source_view.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QCoreApplication>

#include "core/image/model_input.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_matrix.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

constexpr int largestSmoothed = 20'000; ///< cells

/// The words of this file.
struct SourceWords {
    Q_DECLARE_TR_FUNCTIONS(ocellus::SourceView)
};

bool isDrawn(const SourceMap& map)
{
    return map.state == MapState::Good || map.state == MapState::NegativeEverywhere;
}

/// The map on the part of the picture that the model sees.
CellGeometry placed(const SourceMap& map, const Explanation& explanation)
{
    const Size picture{explanation.picture.width(), explanation.picture.height()};
    if (map.place.input == map.input)
        return geometryOnPicture(map, picture, explanation.style.placement);
    const Box& seen = explanation.geometry.seen();
    if (seen.width <= 0 || seen.height <= 0)
        return geometryOf(map, picture, explanation.style.placement);
    const double across = map.input.width / seen.width, down = map.input.height / seen.height;
    const auto rounded = [](double pixels) { return static_cast<int>(std::lround(pixels)); };
    const InputPlace place{{rounded(picture.width * across), rounded(picture.height * down)},
                           rounded(seen.left * across),
                           rounded(seen.top * down),
                           map.input};
    return CellGeometry(picture, place, map.rows, map.columns, map.field, explanation.style.placement);
}

QString inSeconds(double milliseconds)
{
    return SourceWords::tr("%1 s", "seconds").arg(generalText(milliseconds / 1000, 2));
}

} // namespace

QString shownUnit(const SourceMap& map)
{
    return map.unit == "share of attention" ? QString() : QString::fromStdString(map.unit);
}

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

QString mapNumbers(const SourceMap& map)
{
    if (map.state == MapState::NotFinite || map.values.empty())
        return {};
    const TileMap tile = tileOf(map);
    return tile.unit.isEmpty() ? SourceWords::tr("up to %1").arg(FigureText::extremes(tile))
                               : SourceWords::tr("%1 (%2)", "values, unit").arg(FigureText::extremes(tile), tile.unit);
}

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

QString madeWithCost(const SourceMap& map)
{
    QStringList parts{madeWith(map)};
    if (map.milliseconds > 0)
        parts << inSeconds(map.milliseconds);
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

TileMap tileOf(const SourceMap& map)
{
    TileMap tile;
    tile.unit = shownUnit(map);
    tile.words = mapWords(map.state);
    if (!isDrawn(map))
        return tile;
    tile.values = tile.unit.isEmpty() ? timesUniform(map.values) : map.values;
    const Range extent = rangeOf(tile.values);
    tile.peak = extent.high;
    if (map.isSigned) {
        const float end = std::max(std::abs(extent.low), std::abs(extent.high));
        tile.trough = extent.low;
        tile.range = {-end, end};
    } else {
        tile.range = rangeFromZero(tile.values);
    }
    return tile;
}

Explanation withSource(Explanation explanation, std::shared_ptr<const SourceView> source)
{
    explanation.lockedRange.reset();
    explanation.style.threshold.reset(); // it counts in times uniform
    if (!source->maps.empty()) {
        const SourceMap& map = source->maps.front();
        explanation.geometry = placed(map, explanation);
        explanation.field = map.field;
        explanation.inputSize = map.input;
        // As many cells as pixels have nothing between them.
        if (map.rows * map.columns > largestSmoothed)
            explanation.style.smooth = false;
        if (map.isSigned)
            explanation.style = differenceStyle(explanation.style);
    }
    explanation.source = std::move(source);
    return explanation;
}

std::vector<TileMap> sourceTiles(const Explanation& explanation)
{
    const SourceView& source = *explanation.source;
    std::vector<TileMap> tiles;
    if (source.classIndex == explanation.classIndex)
        for (const SourceMap& map : source.maps) {
            tiles.push_back(tileOf(map));
            TileMap& tile = tiles.back();
            tile.head = map.head.value_or(explanation.heads());
            tile.isMean = !map.head;
            tile.title = map.head
                             ? SourceWords::tr("%1, %2", "source, head").arg(source.name, FigureText::head(*map.head))
                             : source.name;
            if (source.isPartial && tile.words.isEmpty())
                tile.words = source.words;
        }
    if (tiles.empty()) {
        TileMap& tile = tiles.emplace_back();
        tile.head = explanation.heads();
        tile.isMean = true;
        tile.title = source.name;
        tile.words = source.classIndex == explanation.classIndex
                         ? source.words
                         : SourceWords::tr("This class has no map from this source");
    }
    // Heads of one source share a scale.
    std::optional<Range> shared;
    for (const TileMap& tile : tiles)
        if (!tile.values.empty())
            shared = shared ? Range{std::min(shared->low, tile.range.low), std::max(shared->high, tile.range.high)}
                            : tile.range;
    for (TileMap& tile : tiles)
        if (explanation.style.perMapStretch && !tile.values.empty())
            tile.range = rangeOf(tile.values);
        else if (shared)
            tile.range = *shared;
    return tiles;
}

} // namespace ocellus
