// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/head_consistency.h"

#include <utility>

#include "core/analysis/map_in_mask.h"
#include "core/base/error.h"
#include "core/base/random.h"

namespace ocellus {

namespace {

std::vector<PartPlace> placesOf(const std::vector<PartPoint>& points, std::size_t parts)
{
    std::vector<PartPlace> places(parts);
    for (const PartPoint& point : points)
        if (PartPlace& place = places.at(point.part); !place.visible)
            place = {static_cast<int>(point.place.x), static_cast<int>(point.place.y), true};
    return places;
}

PartHits visibilityOf(const std::vector<PartPlace>& places)
{
    PartHits visible;
    for (const PartPlace& place : places)
        visible.push_back(place.visible);
    return visible;
}

} // namespace

HeadConsistency::HeadConsistency(std::size_t parts, int heads, std::uint64_t seed)
    : m_parts(parts),
      m_heads(heads),
      m_seed(seed)
{
}

std::vector<std::vector<float>> HeadConsistency::mapsOf(const Decoding& decoding, int classIndex,
                                                        std::uint64_t pass) const
{
    const Decoding::Extent& extent = decoding.extent();
    std::vector<std::vector<float>> maps;
    for (int head = 0; head < m_heads; ++head)
        maps.push_back(decoding.attention(extent.layers - 1, head, classIndex));
    maps.push_back(decoding.meanAttention(extent.layers - 1, classIndex));
    for (int draw = 0; draw < m_heads; ++draw) {
        RandomStream stream({m_seed, m_pictures, pass, static_cast<std::uint64_t>(draw)});
        std::vector<float>& map = maps.emplace_back();
        for (std::size_t cell = 0; cell < extent.cells(); ++cell)
            map.push_back(static_cast<float>(stream.uniform()));
    }
    maps.push_back(centralMap(extent.rows, extent.columns));
    return maps;
}

void HeadConsistency::add(const Decoding& decoding, const Decoding* noisy, int trueClass, Size picture,
                          const std::vector<PartPoint>& points)
{
    for (const Decoding* each : {&decoding, noisy})
        if (each && (each->extent().layers < 1 || each->extent().heads != m_heads))
            throw Error(ErrorCode::BadArgument, "consistency",
                        "expected maps of " + std::to_string(m_heads) + " heads");
    if (points.empty())
        return;
    const std::vector<PartPlace> places = placesOf(points, m_parts);
    ClassHits& hits = m_classes[trueClass];
    hits.maps.resize(mapCount());
    hits.visible.push_back(visibilityOf(places));
    const auto take = [&](const Decoding& from, std::uint64_t pass, Hits MapHits::*into) {
        const std::vector<std::vector<float>> maps = mapsOf(from, trueClass, pass);
        for (std::size_t map = 0; map < maps.size(); ++map)
            (hits.maps[map].*into)
                .push_back(partHits(maps[map], from.extent().rows, from.extent().columns, places, picture));
    };
    take(decoding, 0, &MapHits::plain);
    if (noisy)
        take(*noisy, 1, &MapHits::noisy);
    ++m_pictures;
}

std::string HeadConsistency::nameOf(std::size_t map) const
{
    const auto heads = static_cast<std::size_t>(m_heads);
    if (map == heads)
        return "mean";
    if (map + 1 == mapCount())
        return "centre";
    return map < heads ? "head " + std::to_string(map + 1) : "random " + std::to_string(map - heads);
}

std::vector<ClassConsistency> HeadConsistency::classes() const
{
    std::vector<ClassConsistency> all;
    for (const auto& [classIndex, hits] : m_classes)
        for (std::size_t map = 0; map < hits.maps.size(); ++map) {
            const MapHits& of = hits.maps[map];
            const PartConsistency best = partConsistency(of.plain, hits.visible);
            ClassConsistency& row =
                all.emplace_back(ClassConsistency{classIndex, nameOf(map), best.part, best.seen, best.share,
                                                  static_cast<int>(of.plain.size()), std::nullopt});
            if (!of.noisy.empty())
                row.stability = partStability(of.plain, of.noisy);
        }
    return all;
}

ConsistencySummary HeadConsistency::summaryOf(std::string name, std::size_t firstMap, std::size_t count) const
{
    ConsistencySummary summary;
    summary.map = std::move(name);
    double stable = 0;
    bool hasNoisy = false;
    for (const auto& [classIndex, hits] : m_classes)
        for (std::size_t map = firstMap; map < firstMap + count; ++map) {
            const MapHits& of = hits.maps[map];
            const PartConsistency best = partConsistency(of.plain, hits.visible);
            const PartConsistency often = partConsistency(of.plain, hits.visible, leastSeen);
            summary.n += best.part >= 0 ? 1 : 0;
            summary.consistent += best.part >= 0 && best.share >= threshold ? 1 : 0;
            summary.nOften += often.part >= 0 ? 1 : 0;
            summary.consistentOften += often.part >= 0 && often.share >= threshold ? 1 : 0;
            summary.pictures += static_cast<int>(of.plain.size());
            if (of.noisy.empty())
                continue;
            hasNoisy = true;
            stable += partStability(of.plain, of.noisy) * static_cast<double>(of.plain.size());
        }
    if (hasNoisy)
        summary.stability = stable / summary.pictures;
    return summary;
}

std::vector<ConsistencySummary> HeadConsistency::summaries() const
{
    const auto heads = static_cast<std::size_t>(m_heads);
    std::vector<ConsistencySummary> all{summaryOf("heads", 0, heads)};
    for (std::size_t map = 0; map <= heads; ++map)
        all.push_back(summaryOf(nameOf(map), map, 1));
    all.push_back(summaryOf("random", heads + 1, heads));
    all.push_back(summaryOf("centre", mapCount() - 1, 1));
    return all;
}

} // namespace ocellus
