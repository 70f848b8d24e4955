// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/edit_effects.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "core/base/error.h"

namespace ocellus {

namespace {

void requireLength(const char* what, std::size_t got, std::size_t expected)
{
    if (got != expected)
        throw Error(ErrorCode::Mismatch, what,
                    "expected " + std::to_string(expected) + " cells, got " + std::to_string(got));
}

double sumOf(std::span<const float> weights)
{
    double sum = 0;
    for (const float weight : weights) {
        if (!(weight >= 0) || !std::isfinite(weight))
            throw Error(ErrorCode::BadArgument, "map", "expected weights of at least 0, got " + std::to_string(weight));
        sum += weight;
    }
    if (!(sum > 0))
        throw Error(ErrorCode::BadArgument, "map", "expected weights with a sum above 0, got none");
    return sum;
}

/// Rank by class index; 0 for classes without one.
std::vector<int> ranksOf(const Decoding& decoding)
{
    std::vector<int> ranks(static_cast<std::size_t>(decoding.extent().classes));
    int rank = 0;
    for (const int position : decoding.ranking())
        ranks[static_cast<std::size_t>(decoding.classes()[static_cast<std::size_t>(position)])] = ++rank;
    return ranks;
}

constexpr int unseen = -1;

/// For each pixel along one axis the cell it is nearest to, or `unseen`.
template <class CellOf>
std::vector<int> cellsAlong(int pixels, CellOf&& cellOf)
{
    std::vector<int> cells(static_cast<std::size_t>(pixels));
    for (int i = 0; i < pixels; ++i)
        cells[static_cast<std::size_t>(i)] = cellOf(i + 0.5);
    return cells;
}

std::vector<double> pixelsOfEach(const std::vector<int>& cellOfPixel, int cells)
{
    std::vector<double> counts(static_cast<std::size_t>(cells));
    for (const int cell : cellOfPixel)
        if (cell != unseen)
            ++counts[static_cast<std::size_t>(cell)];
    return counts;
}

double valueUnder(const Mask& mask, Point point)
{
    const auto within = [](double coordinate, int count) {
        return static_cast<int>(std::clamp(std::floor(coordinate), 0.0, count - 1.0));
    };
    const Size size = mask.pictureSize();
    return mask.at(within(point.x, size.width), within(point.y, size.height)) / 255.0;
}

std::vector<float> mapOf(const Decoding& decoding, int layer, int head, int classIndex)
{
    if (head == decoding.extent().heads)
        return decoding.meanAttention(layer, classIndex);
    return decoding.attention(layer, head, classIndex);
}

/// The head in `other` that is what this one is in `of`: heads keep their places, a tree's nodes do not where the
/// picture takes another way. None where it is not there.
std::optional<int> sameHead(const Decoding& of, const Decoding& other, int layer, int head, int classIndex)
{
    if (head == of.extent().heads)
        return head; // the mean
    const std::optional<MapSource::Part> part = of.part(layer, head, classIndex);
    if (!part)
        return head;
    for (const int candidate : other.ownHeads(layer, classIndex))
        if (const auto own = other.part(layer, candidate, classIndex); own && own->isSameAs(*part))
            return candidate;
    return std::nullopt;
}

/// A head that was suppressed by hand does not.
bool looksSomewhere(const std::vector<float>& map)
{
    return std::ranges::any_of(map, [](float weight) { return weight > 0; });
}

} // namespace

ClassEffects classEffects(const Decoding& before, const Decoding& after)
{
    if (before.classes() != after.classes() || before.extent().classes != after.extent().classes)
        throw Error(ErrorCode::Mismatch, "classes", "expected the same classes before and after the edit");
    if (before.classes().empty())
        throw Error(ErrorCode::BadArgument, "logits", "expected at least one class, got none");
    const std::vector<int> ranksAfter = ranksOf(after);
    ClassEffects effects;
    int rank = 0;
    for (const int position : before.ranking()) {
        const auto at = static_cast<std::size_t>(position);
        const int classIndex = before.classes()[at];
        if (!before.isActive(classIndex))
            continue; // a zero vector's numbers, which are those of no class
        effects.classes.push_back({classIndex, before.logits()[at], after.logits()[at], before.probabilities()[at],
                                   after.probabilities()[at], ++rank,
                                   ranksAfter[static_cast<std::size_t>(classIndex)]});
    }
    effects.topBefore = effects.classes.front().classIndex;
    effects.topAfter = after.classes()[static_cast<std::size_t>(after.ranking().front())];
    return effects;
}

std::vector<MapEffect> mapEffects(const Decoding& before, const Decoding& after, int layer, int classIndex,
                                  std::span<const double> coverBefore, std::span<const double> coverAfter)
{
    const Decoding::Extent& first = before.extent();
    const Decoding::Extent& second = after.extent();
    if (first.heads != second.heads || first.layers != second.layers)
        throw Error(ErrorCode::Mismatch, "maps", "expected as many heads and layers before and after the edit");
    if (first.heads == 0 || !before.isActive(classIndex) || !after.isActive(classIndex))
        return {};
    const bool sameGrid = first.rows == second.rows && first.columns == second.columns;
    std::vector<MapEffect> effects;
    std::vector<int> heads = after.ownHeads(layer, classIndex);
    heads.push_back(first.heads);
    for (const int head : heads) {
        const std::optional<int> headBefore = sameHead(after, before, layer, head, classIndex);
        const std::vector<float> mapBefore =
            headBefore ? mapOf(before, layer, *headBefore, classIndex) : std::vector<float>(first.cells());
        const std::vector<float> mapAfter = mapOf(after, layer, head, classIndex);
        MapEffect effect{head, {}, {}, {}};
        if (sameGrid && looksSomewhere(mapBefore) && looksSomewhere(mapAfter))
            effect.distance = jensenShannonDistance(mapBefore, mapAfter);
        if (!coverBefore.empty() && headBefore)
            effect.inMaskBefore = attentionInside(mapBefore, coverBefore);
        if (!coverAfter.empty())
            effect.inMaskAfter = attentionInside(mapAfter, coverAfter);
        effects.push_back(effect);
    }
    return effects;
}

double jensenShannonDistance(std::span<const float> p, std::span<const float> q)
{
    requireLength("map", q.size(), p.size());
    const double sumP = sumOf(p);
    const double sumQ = sumOf(q);
    const auto term = [](double share, double middle) { return share > 0 ? share * std::log2(share / middle) : 0; };
    double divergence = 0;
    for (std::size_t cell = 0; cell < p.size(); ++cell) {
        const double shareP = p[cell] / sumP;
        const double shareQ = q[cell] / sumQ;
        const double middle = (shareP + shareQ) / 2;
        divergence += (term(shareP, middle) + term(shareQ, middle)) / 2;
    }
    return std::sqrt(std::clamp(divergence, 0.0, 1.0)); // rounding leaves the range by an epsilon
}

std::vector<double> cellCover(const Mask& mask, const CellGeometry& geometry)
{
    requireSize("mask", mask.pictureSize(), geometry.pictureSize());
    const Size size = mask.pictureSize();
    const Point corner{geometry.seen().left, geometry.seen().top};
    const std::vector<int> columns = cellsAlong(size.width, [&](double x) {
        return geometry.sees({x, corner.y}) ? geometry.cellAt({x, 0}).column : unseen;
    });
    const std::vector<int> rows = cellsAlong(size.height, [&](double y) {
        return geometry.sees({corner.x, y}) ? geometry.cellAt({0, y}).row : unseen;
    });
    const std::vector<double> across = pixelsOfEach(columns, geometry.columns());
    const std::vector<double> down = pixelsOfEach(rows, geometry.rows());

    const auto width = static_cast<std::size_t>(geometry.columns());
    std::vector<double> cover(width * static_cast<std::size_t>(geometry.rows()));
    const PixelBox& box = mask.box();
    const std::uint8_t* alpha = mask.alpha().data();
    for (int y = box.top; y < box.bottom(); ++y) {
        const int row = rows[static_cast<std::size_t>(y)];
        for (int x = box.left; x < box.right(); ++x, ++alpha) {
            const int column = columns[static_cast<std::size_t>(x)];
            if (row != unseen && column != unseen)
                cover[static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column)] += *alpha;
        }
    }
    for (std::size_t cell = 0; cell < cover.size(); ++cell) {
        const double pixels = down[cell / width] * across[cell % width];
        cover[cell] =
            pixels > 0
                ? cover[cell] / (255 * pixels)
                : valueUnder(mask, geometry.centre({static_cast<int>(cell / width), static_cast<int>(cell % width)}));
    }
    return cover;
}

double attentionInside(std::span<const float> attention, std::span<const double> cover)
{
    requireLength("mask", cover.size(), attention.size());
    return std::inner_product(attention.begin(), attention.end(), cover.begin(), 0.0);
}

} // namespace ocellus
