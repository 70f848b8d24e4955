// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_text.h"

#include <algorithm>
#include <cmath>

#include "ui/figures/left_out.h"
#include "ui/figures/number_text.h"
#include "ui/figures/prototype_text.h"
#include "ui/figures/source_view.h"

namespace ocellus {

QString FigureText::head(int head)
{
    return tr("Head %1").arg(head + 1);
}

QString FigureText::part(const MapSource::Part& part)
{
    switch (part.kind) {
    case MapSource::PartKind::GlobalPrototype: return tr("Global prototype %1").arg(part.prototype);
    case MapSource::PartKind::Concept: return tr("Concept %1").arg(part.prototype);
    case MapSource::PartKind::GlobalConcept: return tr("Global concept %1").arg(part.prototype);
    case MapSource::PartKind::Prototype: break;
    }
    return part.node < 0 ? tr("Prototype %1").arg(part.prototype) : tr("Node %1").arg(part.node);
}

QString FigureText::offTheWay(const MapSource::Part& node)
{
    return tr("%1, off the marked way").arg(part(node));
}

QString FigureText::headOf(const Explanation& explanation, int head)
{
    const auto own = explanation.decoding->part(explanation.layer, head, explanation.classIndex);
    return own ? part(*own) : FigureText::head(head);
}

QString FigureText::mean()
{
    return tr("Mean");
}

QString FigureText::picture()
{
    return tr("Picture");
}

QString FigureText::peak(const TileMap& tile)
{
    if ((tile.values.empty() && !tile.words.isEmpty()) || tile.part) // a prototype's similarity says it
        return {};
    return tile.trough || !tile.unit.isEmpty() ? extremes(tile)
                                               : tr("peak %1", "largest value of a map").arg(extremes(tile));
}

QString FigureText::extremes(const TileMap& tile)
{
    if (!tile.unit.isEmpty())
        return tile.trough ? tr("%1 to %2").arg(generalText(*tile.trough, 2), generalText(tile.peak, 2))
                           : tr("up to %1").arg(generalText(tile.peak, 2));
    return tile.trough ? change(tile.peak) + '/' + change(*tile.trough) : timesUniform(tile.peak);
}

QString FigureText::value(const TileMap& tile, double value)
{
    if (!tile.unit.isEmpty())
        return QStringLiteral("%1 %2").arg(generalText(value, 3), tile.unit);
    return tile.trough ? change(value) : timesUniform(value);
}

QString FigureText::score(const TileMap& tile)
{
    if (tile.part)
        return PrototypeText::numbers(*tile.part);
    return tile.peakScore ? tr("score %1", "largest attention score before the softmax").arg(number(*tile.peakScore))
                          : QString();
}

QString FigureText::held(const TileMap& tile)
{
    if (!tile.shares)
        return {};
    return tr("holds %1 %", "how much of the attention a map holds")
        .arg(fixedText(100 * (1 - tile.shares->prompts - tile.shares->prefix), 0));
}

QString FigureText::blurRank(const TileMap& tile, int heads)
{
    return tile.blurRank > 0 ? tr("blur rank %1 of %2").arg(tile.blurRank).arg(heads) : QString();
}

QString FigureText::shares(const TileMap& tile)
{
    if (!tile.shares)
        return {};
    const auto percent = [](double share) { return fixedText(100 * share, 0); };
    const MapSource::Shares& shares = *tile.shares;
    const QString onPicture = percent(1 - shares.prompts - shares.prefix);
    return shares.prompts > 0
               ? tr("%1 % of the attention lies on the picture; %2 % goes to class prompts, %3 % to [CLS] and such "
                    "tokens")
                     .arg(onPicture, percent(shares.prompts), percent(shares.prefix))
               : tr("%1 % of the attention lies on the picture; %2 % goes to [CLS] and such tokens")
                     .arg(onPicture, percent(shares.prefix));
}

QString FigureText::number(double value)
{
    return fixedText(value, 2);
}

QString FigureText::probability(double value)
{
    return value < 0.0005 ? QStringLiteral("< %1").arg(fixedText(0.001, 3)) : fixedText(value, 3);
}

QString FigureText::timesUniform(double value)
{
    const double size = std::abs(value);
    const int decimals = size >= 9.95 || size == 0 ? 0 : size >= 0.995 ? 1 : size >= 0.00995 ? 2 : 4;
    QString digits = fixedText(value, decimals);
    while (digits.contains('.') && (digits.endsWith('0') || digits.endsWith('.')))
        digits.chop(1);
    return tr("%1×", "times uniform").arg(digits);
}

QString FigureText::change(double timesUniform)
{
    const QString size = FigureText::timesUniform(std::abs(timesUniform));
    return timesUniform > 0 ? '+' + size : timesUniform < 0 ? QChar(0x2212) + size : size;
}

QString FigureText::stretched(Range range)
{
    return tr("stretched %1–%2").arg(timesUniform(range.low), timesUniform(range.high));
}

QString FigureText::scale(const MapStyle& style, const QString& unit)
{
    if (!unit.isEmpty())
        return style.colourMap == ColourMap::Diverging ? tr("%1, signed: 0 is in the middle", "a unit").arg(unit)
                                                       : unit;
    if (style.colourMap == ColourMap::Diverging)
        return tr("difference of attention, times uniform");
    if (style.overlay == OverlayRule::Mass)
        return tr("mask: the fewest cells that hold %1 % of a map").arg(std::lround(100 * style.mass));
    return style.perMapStretch ? tr("stretched per map: each has its own range") : tr("attention, times uniform");
}

QString FigureText::scaleMeaning(const MapStyle& style, const QString& unit)
{
    if (!unit.isEmpty() || style.colourMap == ColourMap::Diverging || style.perMapStretch ||
        style.overlay == OverlayRule::Mass)
        return scale(style, unit);
    return tr("attention, times uniform: 1× is an even spread over the picture");
}

QString FigureText::scaleValue(const MapStyle& style, double value, const QString& unit)
{
    if (!unit.isEmpty())
        return generalText(value, 3);
    return style.colourMap == ColourMap::Diverging ? change(value) : timesUniform(value);
}

QString FigureText::scaleSentence(const MapStyle& style, const QString& unit)
{
    const QString meaning =
        unit == PrototypeText::unit()
            ? tr("How alike each place is to the prototype, as multiples of the map's own mean: how alike the most "
                 "alike place is, the numbers beside the map say.")
        : !unit.isEmpty()
            ? tr("Values as the source computes them (%1): above zero for the class, below it against.").arg(unit)
        : style.colourMap == ColourMap::Diverging
            ? tr("One map's attention less another's, as multiples of an even spread.")
            : tr("Attention as multiples of an even spread: 1× is what every cell would have if the "
                 "head preferred none, 10× is ten times as much.");
    return tr("%1 Drawn as: %2, %3.").arg(meaning, overlay(style, unit), valueScale(style.scale));
}

QString FigureText::overlay(const MapStyle& style, const QString& unit)
{
    const std::string_view name = toString(style.colourMap);
    const QString colours = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const long opacity = std::lround(100 * style.opacity);
    const QString from = style.colourMap == ColourMap::Diverging ? scaleValue(style, 0, unit)
                         : style.perMapStretch                   ? mapMinimum()
                                                                 : timesUniform(1);
    switch (style.overlay) {
    case OverlayRule::Flat: return tr("%1, %2 % opaque everywhere").arg(colours).arg(opacity);
    case OverlayRule::Contours:
        return tr("contour lines in %1 at a quarter, half and three quarters of the scale").arg(colours);
    case OverlayRule::Spotlight:
        return tr("spotlight: the picture's own colours where attention is above %1, %2 % dim grey elsewhere")
            .arg(from)
            .arg(opacity);
    case OverlayRule::HeatOnGrey:
        return tr("%1 on the picture in grey, clear up to %2, then up to %3 % opaque").arg(colours, from).arg(opacity);
    case OverlayRule::Mass:
        return tr("mask: the picture's own colours in the fewest cells that hold %1 % of each map, %2 % dim grey "
                  "elsewhere")
            .arg(std::lround(100 * style.mass))
            .arg(opacity);
    case OverlayRule::Transparent: break;
    }
    return tr("%1, clear up to %2, then up to %3 % opaque").arg(colours, from).arg(opacity);
}

QString FigureText::overlayName(OverlayRule rule)
{
    switch (rule) {
    case OverlayRule::Flat: return tr("Flat tint");
    case OverlayRule::Contours: return tr("Contour lines");
    case OverlayRule::Spotlight: return tr("Spotlight");
    case OverlayRule::HeatOnGrey: return tr("Heat on grey");
    case OverlayRule::Mass: return tr("Mask by mass");
    case OverlayRule::Transparent: break;
    }
    return tr("Clear below even spread");
}

QString FigureText::valueScale(ValueScale scale)
{
    switch (scale) {
    case ValueScale::Linear: return tr("linear scale");
    case ValueScale::Logarithmic: return tr("logarithmic scale");
    case ValueScale::SquareRoot: break;
    }
    return tr("square-root scale");
}

QString FigureText::mapMinimum()
{
    return tr("the map's minimum");
}

QString FigureText::mapMaximum()
{
    return tr("the map's maximum");
}

QString FigureText::insideMask()
{
    return tr("in the mask");
}

QString FigureText::outsideMask()
{
    return tr("outside");
}

QString FigureText::withLayer(const QString& text, const Explanation& explanation, const QString& separator)
{
    const QString layer = FigureText::layer(explanation);
    return layer.isEmpty() ? text : text + separator + layer;
}

QString FigureText::layer(const Explanation& explanation)
{
    if (explanation.source)
        return explanation.source->name;
    if (explanation.decoding->extent().layers == 0)
        return {};
    if (explanation.mapKind != MapKind::Head)
        return {};
    const QString text = explanation.layerKind == LayerKind::Block ? tr("block %1 of %2") : tr("layer %1 of %2");
    return text.arg(explanation.layer + 1).arg(explanation.decoding->extent().layers);
}

QString FigureText::layerTitle(LayerKind kind, int layer)
{
    return (kind == LayerKind::Block ? tr("Block %1") : tr("Layer %1")).arg(layer + 1);
}

QString FigureText::prediction(const Explanation& explanation)
{
    if (const QString leftOut = leftOutText(explanation); !leftOut.isEmpty())
        return leftOut;
    const Decoding& decoding = *explanation.decoding;
    const auto& classes = decoding.classes();
    std::vector<int> ranking = decoding.ranking();
    // The logit of a zero vector takes no rank.
    if (decoding.querySet().mode == LimitMode::Zero)
        std::erase_if(ranking,
                      [&](int position) { return !decoding.isActive(classes[static_cast<std::size_t>(position)]); });
    const auto found = std::ranges::find_if(
        ranking, [&](int position) { return classes[static_cast<std::size_t>(position)] == explanation.classIndex; });
    if (found == ranking.end())
        return tr("dropped from the decoder: no logit, no map");
    if (!decoding.hasLogits())
        return tr("a token of the backbone: no logit");
    const QString rank = tr("rank %1 of %2, logit %3, p %4")
                             .arg(found - ranking.begin() + 1)
                             .arg(ranking.size())
                             .arg(number(decoding.logit(explanation.classIndex)),
                                  probability(decoding.probability(explanation.classIndex)));
    // The zero vectors have their share of the probability.
    return ranking.size() < classes.size() ? tr("%1 among all %2").arg(rank).arg(classes.size()) : rank;
}

QStringList FigureText::subject(const Explanation& explanation)
{
    QStringList facts;
    if (explanation.isEmpty())
        return facts;
    if (explanation.subject == MapSubject::Picture && !explanation.source && explanation.decoding->hasLogits())
        facts += explanation.mapKind == MapKind::Node ? tr("the tree's way: the same for every class")
                                                      : tr("attention of [CLS]: the same for every class");
    if (!explanation.geometry.seesAll())
        facts += tr("the model sees the framed part only");
    return facts;
}

QStringList FigureText::banners(const Explanation& explanation)
{
    QStringList banners;
    // The end is what a small tile has no room for.
    if (!explanation.edits.isEmpty())
        banners += tr("edited");
    if (!explanation.limit.isEmpty())
        banners += explanation.limit;
    if (!explanation.isEmpty()) {
        if (!explanation.decoding->hasClass(explanation.classIndex))
            banners += tr("dropped class: no map");
        else if (!explanation.decoding->isActive(explanation.classIndex))
            banners += tr("left out by the limit: a zero vector's map, not the class's own");
    }
    banners += subject(explanation);
    if (!explanation.intervention.isEmpty())
        banners += explanation.intervention;
    return banners + explanation.notices;
}

QStringList FigureText::changes(const Explanation& explanation)
{
    QStringList changes;
    if (!explanation.edits.isEmpty())
        changes += tr("Edits: %1").arg(explanation.edits);
    if (!explanation.intervention.isEmpty())
        changes += explanation.intervention;
    if (const QString source = madeBySource(explanation); !source.isEmpty())
        changes += source;
    if (explanation.stale)
        changes += tr("Out of date: the maps are those before the last change");
    return changes;
}

QStringList FigureText::changes(const std::vector<const Explanation*>& explanations)
{
    QStringList pictures, told, named;
    for (const Explanation* explanation : explanations) {
        pictures += explanation->pictureName;
        for (const QString& change : changes(*explanation)) {
            told += change;
            named += QStringLiteral("%1: %2").arg(explanation->pictureName, change);
        }
    }
    pictures.removeDuplicates();
    QStringList& wanted = pictures.size() > 1 ? named : told;
    wanted.removeDuplicates();
    return wanted;
}

QString FigureText::placement(const Explanation& explanation)
{
    return explanation.geometry.placement() == Placement::Receptive
               ? tr("cells where their receptive fields are centred")
               : tr("maps stretched over the picture, as published");
}

QString FigureText::drawing(const Explanation& explanation, bool hasOneRange)
{
    const MapStyle& style = explanation.style;
    if (style.overlay == OverlayRule::Mass && !explanation.source)
        return QStringList{overlay(style, explanation.unit()), placement(explanation)}.join(QStringLiteral(" · "));
    QStringList parts{overlay(style, explanation.unit()), valueScale(style.scale)};
    parts += style.smooth ? tr("interpolated between cells") : tr("cells as cells");
    if (style.perMapStretch)
        parts += tr("each map stretched to its own range");
    else if (!hasOneRange)
        parts += tr("a range of its own for each kind of map");
    else
        parts += explanation.lockedRange ? tr("one locked range for all maps") : tr("one range for all maps");
    if (style.threshold)
        parts += tr("nothing drawn below %1").arg(timesUniform(*style.threshold));
    if (style.contour)
        parts += style.threshold ? tr("contour at the threshold") : tr("contour at half the range");
    else if (style.overlay != OverlayRule::Flat && style.overlay != OverlayRule::Contours)
        parts += tr("hairline at half the range");
    parts += placement(explanation);
    return parts.join(QStringLiteral(" · "));
}

QString FigureText::madeBySource(const Explanation& explanation)
{
    if (!explanation.source)
        return {};
    const SourceView& source = *explanation.source;
    if (source.maps.empty())
        return source.words.isEmpty() ? source.name : tr("%1: %2").arg(source.name, source.words);
    const QString with = madeWithCost(source.maps.front());
    const QString by = with.isEmpty() ? tr("Maps by %1").arg(source.name) : tr("Maps by %1: %2").arg(source.name, with);
    return source.isPartial ? tr("%1 (unfinished)").arg(by) : by;
}

QString FigureText::paperStyle()
{
    return tr(
        "Drawn as INTR's released code does, to compare with published figures: jet, each map stretched to its own "
        "range, blurred, laid over the whole picture");
}

QString FigureText::madeBy(const Explanation& explanation)
{
    QStringList parts;
    if (!explanation.modelName.isEmpty())
        parts += explanation.modelHash.isEmpty()
                     ? explanation.modelName
                     : tr("%1, SHA-256 %2").arg(explanation.modelName, explanation.modelHash);
    parts += QStringLiteral("Ocellus " OCELLUS_VERSION);
    return parts.join(QStringLiteral(" · "));
}

} // namespace ocellus
