// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/mark_pointing.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/analysis/map_in_mask.h"
#include "core/analysis/placed_maps.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::size_t bestHeads = 3;

double insideOf(std::span<const float> map, const std::vector<double>& cover)
{
    return std::inner_product(map.begin(), map.end(), cover.begin(), 0.0);
}

} // namespace

MarkPointing::MarkPointing(int heads, const ReceptiveField& field, std::uint64_t seed)
    : m_field(field),
      m_generator(seed)
{
    for (Counts* counts : {&m_ring, &m_full}) {
        counts->heads.resize(static_cast<std::size_t>(heads));
        counts->headsInside.resize(static_cast<std::size_t>(heads));
        counts->headsCovered.resize(static_cast<std::size_t>(heads));
    }
}

void MarkPointing::add(const Decoding& full, const Decoding* limited, int trueClass, Size picture, Size input,
                       const Mask& mask)
{
    const Decoding::Extent& extent = full.extent();
    const CellGeometry geometry(picture, input, extent.rows, extent.columns, m_field);
    const Mark mark{cellsNearMark(geometry, mask), cellsOnMark(geometry, mask), markCover(geometry, mask)};
    if (mark.near.isEmpty())
        return;
    if (limited)
        count(m_ring, *limited, trueClass, mark);
    count(m_full, full, trueClass, mark);
}

void MarkPointing::count(Counts& counts, const Decoding& decoding, int trueClass, const Mark& mark)
{
    const Decoding::Extent& extent = decoding.extent();
    const bool isSameGrid = extent.cells() == mark.near.cells();
    if (extent.layers < 1 || !isSameGrid || static_cast<std::size_t>(extent.heads) != counts.heads.size())
        throw Error(ErrorCode::BadArgument, "pointing",
                    "expected maps of " + std::to_string(counts.heads.size()) + " heads on " +
                        std::to_string(mark.near.cells()) + " cells");
    const int layer = extent.layers - 1;
    const std::vector<int> own = placedHeads(decoding, layer, trueClass);
    if (own.empty())
        return; // nothing points
    std::map<int, std::size_t> peaks;
    for (const int head : own) {
        const std::size_t peak = peaks[head] = peakCell(decoding.scores(layer, head, trueClass));
        counts.heads[static_cast<std::size_t>(head)].add(mark.near, {&peak, 1}, m_generator);
    }
    std::vector<std::size_t> best;
    std::vector<int> ranked = decoding.rankHeads(layer, trueClass);
    std::erase_if(ranked, [&peaks](int head) { return !peaks.contains(head); });
    for (const int head : ranked)
        best.push_back(peaks.at(head));
    const double covered =
        std::accumulate(mark.cover.begin(), mark.cover.end(), 0.0) / static_cast<double>(mark.cover.size());
    for (const int head : own) {
        counts.headsInside[static_cast<std::size_t>(head)] +=
            insideOf(decoding.attention(layer, head, trueClass), mark.cover);
        counts.headsCovered[static_cast<std::size_t>(head)] += covered;
    }
    counts.inside += insideOf(decoding.attention(layer, ranked.front(), trueClass), mark.cover);
    counts.covered += covered;
    const std::vector<float> central = centralMap(extent.rows, extent.columns);
    counts.central += insideOf(central, mark.cover) / std::accumulate(central.begin(), central.end(), 0.0);
    best.resize(std::min(best.size(), bestHeads));
    counts.best.add(mark.near, best, m_generator);
    counts.bestOn.add(mark.on, best, m_generator);
}

std::vector<PointingRow> MarkPointing::rows() const
{
    std::vector<PointingRow> rows;
    const std::string best = "any of best " + std::to_string(bestHeads);
    const auto mean = [](double sum, int n) { return n == 0 ? 0 : sum / n; };
    const auto lift = [](double sum, double covered) {
        return covered > 0 ? std::optional(sum / covered) : std::nullopt;
    };
    const auto append = [&](const std::string& limit, const Counts& counts) {
        const std::optional<double> central = lift(counts.central, counts.covered);
        rows.push_back({"mark", limit, Placement::Receptive, best, counts.best, false,
                        mean(counts.inside, counts.best.n), lift(counts.inside, counts.covered), central});
        rows.push_back({"on the mark", limit, Placement::Receptive, best, counts.bestOn, false});
        for (std::size_t head = 0; head < counts.heads.size(); ++head)
            rows.push_back({"mark", limit, Placement::Receptive, std::to_string(head + 1), counts.heads[head], false,
                            mean(counts.headsInside[head], counts.heads[head].n),
                            lift(counts.headsInside[head], counts.headsCovered[head]), central});
    };
    if (m_ring.best.n > 0 || m_full.best.n == 0)
        append("ring", m_ring);
    append("full set", m_full);
    return rows;
}

} // namespace ocellus
