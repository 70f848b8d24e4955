// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/explanation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "core/engine/tree_answer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/prototype_box.h"
#include "ui/figures/prototype_patches.h"
#include "ui/figures/prototype_text.h"
#include "ui/figures/source_view.h"

namespace ocellus {

namespace {

bool hasPrototypes(const Explanation& explanation)
{
    return explanation.decoding->part(explanation.layer, 0, explanation.classIndex).has_value();
}

std::vector<int> headOrder(const Explanation& explanation)
{
    // Prototypes stand in the order of what they give, and only those that the class has.
    if (explanation.sortByRanking || hasPrototypes(explanation))
        return explanation.decoding->rankHeads(explanation.layer, explanation.classIndex);
    std::vector<int> order(static_cast<std::size_t>(explanation.heads()));
    std::iota(order.begin(), order.end(), 0);
    if (explanation.sortByBlurring && explanation.blurRanks.size() == order.size())
        std::ranges::sort(order, {}, [&](int head) { return explanation.blurRanks[static_cast<std::size_t>(head)]; });
    const MapEvidence* evidence = evidenceOf(explanation);
    if (explanation.sortByWorth && evidence && evidence->headWorth.size() == order.size())
        std::ranges::stable_sort(order, std::greater(),
                                 [&](int head) { return evidence->headWorth[static_cast<std::size_t>(head)]; });
    return order;
}

std::optional<MapSource::Shares> sharesOf(const Explanation& explanation, int head)
{
    const MapSource::Shares shares = explanation.decoding->shares(explanation.layer, head, explanation.classIndex);
    return shares.prompts > 0 || shares.prefix > 0 ? std::optional(shares) : std::nullopt;
}

std::optional<MapSource::Shares> meanShares(const std::vector<TileMap>& heads)
{
    MapSource::Shares mean;
    for (const TileMap& tile : heads) {
        if (!tile.shares)
            return {};
        mean.prompts += tile.shares->prompts / static_cast<double>(heads.size());
        mean.prefix += tile.shares->prefix / static_cast<double>(heads.size());
    }
    return mean;
}

/// Around what is found where nothing was taken away by hand; none where nothing is left.
std::optional<Box> boxOfWhatIsLeft(const Explanation& explanation, const TileMap& tile)
{
    if (std::ranges::max(tile.values) <= 0)
        return {};
    std::vector<float> left = tile.similarities;
    const float least = std::ranges::min(left);
    for (std::size_t cell = 0; cell < left.size(); ++cell)
        if (tile.values[cell] <= 0 && std::isfinite(left[cell])) // what is no number has no box
            left[cell] = least;
    return prototypeBox(explanation, left);
}

/// What a prototype's tile says of its place in the picture; `similarities` and `values` are there.
void completePrototype(const Explanation& explanation, TileMap& tile)
{
    if (tile.part->kind == MapSource::PartKind::Prototype)
        tile.patch = patchOf(explanation.patches, tile.part->prototype);
    if (explanation.boxes)
        tile.box = boxOfWhatIsLeft(explanation, tile);
}

TileMap headTile(const Explanation& explanation, int head)
{
    TileMap tile;
    tile.head = head;
    tile.part = explanation.decoding->part(explanation.layer, head, explanation.classIndex);
    tile.title = FigureText::headOf(explanation, head);
    // A node stands at another place of the next picture's way: its note goes by its prototype.
    const bool isNode = tile.part && tile.part->node >= 0;
    tile.note = explanation.headNotes.value(isNode ? tile.part->prototype : head);
    if (static_cast<std::size_t>(head) < explanation.blurRanks.size())
        tile.blurRank = explanation.blurRanks[static_cast<std::size_t>(head)];
    tile.values = timesUniform(explanation.decoding->attention(explanation.layer, head, explanation.classIndex));
    tile.peakScore = std::ranges::max(explanation.decoding->scores(explanation.layer, head, explanation.classIndex));
    tile.shares = sharesOf(explanation, head);
    if (tile.part) {
        tile.similarities = explanation.decoding->scores(explanation.layer, head, explanation.classIndex);
        completePrototype(explanation, tile);
    }
    return tile;
}

/// In place of the maps of a class that has no prototype.
TileMap tileWithoutPrototypes(const Explanation& explanation)
{
    TileMap tile;
    tile.head = explanation.heads();
    tile.isMean = true;
    tile.title = FigureText::picture();
    tile.words = PrototypeText::none(explanation);
    return tile;
}

TileMap meanTile(const Explanation& explanation)
{
    TileMap tile;
    tile.head = explanation.heads();
    tile.isMean = true;
    tile.title = FigureText::mean();
    tile.values = timesUniform(explanation.decoding->meanAttention(explanation.layer, explanation.classIndex));
    return tile;
}

} // namespace

QString Explanation::unit() const
{
    if (source)
        return source->unit;
    return mapKind == MapKind::Head ? QString() : PrototypeText::unit();
}

std::optional<Explanation> beforeOf(const Explanation& shown)
{
    if (!shown.before || shown.before->picture.isNull())
        return {};
    Explanation before = *shown.before;
    before.classIndex = shown.classIndex;
    before.layer = shown.layer;
    before.style = shown.style;
    before.headNotes = shown.headNotes;
    before.sortByRanking = before.sortByBlurring = before.sortByWorth = false; // heads are found by their number
    before.evidence.reset();
    before.blurRanks.clear();
    if (shown.isEmpty() || shown.source || before.limit != shown.limit || before.intervention != shown.intervention)
        before.decoding.reset();
    return before;
}

std::vector<TileMap> tileMaps(const Explanation& explanation)
{
    std::vector<TileMap> tiles;
    if (explanation.isEmpty() || !explanation.decoding->hasClass(explanation.classIndex))
        return tiles;
    if (explanation.source)
        return sourceTiles(explanation);
    if (explanation.decoding->extent().layers == 0)
        return tiles; // a plain classifier
    if (explanation.mapKind != MapKind::Head && !hasPrototypes(explanation))
        return {tileWithoutPrototypes(explanation)};
    for (const int head : headOrder(explanation))
        tiles.push_back(headTile(explanation, head));
    TileMap mean = meanTile(explanation);
    mean.shares = meanShares(tiles);
    tiles.push_back(std::move(mean));

    Range shared;
    for (TileMap& tile : tiles) {
        tile.range = rangeOf(tile.values);
        tile.peak = tile.range.high;
        shared.high = &tile == &tiles.front() ? tile.peak : std::max(shared.high, tile.peak);
    }
    if (!explanation.style.perMapStretch)
        for (TileMap& tile : tiles)
            tile.range = explanation.lockedRange.value_or(shared);
    return tiles;
}

std::optional<TileMap> tileOfBranch(const Explanation& explanation, int prototype)
{
    const TreeAnswer* const tree = explanation.isEmpty() ? nullptr : explanation.decoding->tree();
    if (!tree)
        return std::nullopt;
    const auto node = std::ranges::find_if(tree->nodes, [prototype](const TreeAnswer::Node& each) {
        return !each.isLeaf() && each.prototype == prototype;
    });
    if (node == tree->nodes.end())
        return std::nullopt;
    TileMap tile;
    tile.head = explanation.heads(); // none of them
    tile.part = MapSource::Part{prototype, node->index, node->presence, node->reached};
    const bool isOnWay = std::ranges::find(tree->path, node->index) != tree->path.end();
    tile.title = isOnWay ? FigureText::part(*tile.part) : FigureText::offTheWay(*tile.part);
    tile.similarities = explanation.decoding->similarities(prototype);
    tile.values = timesUniform(explanation.decoding->removableMap(prototype, explanation.classIndex));
    tile.peakScore = std::ranges::max(tile.similarities);
    completePrototype(explanation, tile);
    tile.range = rangeOf(tile.values);
    tile.peak = tile.range.high;
    if (const std::vector<TileMap> tiles = tileMaps(explanation); !explanation.style.perMapStretch && !tiles.empty())
        tile.range = tiles.front().range;
    return tile;
}

std::optional<TileMap> tileOfHead(const Explanation& explanation, int head)
{
    std::vector<TileMap> tiles = tileMaps(explanation);
    if (tiles.empty())
        return std::nullopt;
    const auto found = std::ranges::find(tiles, head, &TileMap::head);
    return std::move(found == tiles.end() ? tiles.back() : *found);
}

} // namespace ocellus
