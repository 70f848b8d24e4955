// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/head_consistency.h"

#include <numeric>
#include <utility>

#include "core/analysis/map_in_mask.h"
#include "core/analysis/placed_maps.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/model/map_words.h"

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

/// By what a map is known in other pictures.
int numberOf(const Decoding& decoding, int head, int classIndex, MapKind kind)
{
    const std::optional<MapSource::Part> part = decoding.part(decoding.extent().layers - 1, head, classIndex);
    if (kind == MapKind::Head || !part)
        return head;
    return kind == MapKind::Node ? part->node : part->prototype;
}

PartHits visibilityOf(const std::vector<PartPlace>& places)
{
    PartHits visible;
    for (const PartPlace& place : places)
        visible.push_back(place.visible);
    return visible;
}

constexpr double threshold = HeadConsistency::threshold;

void addTo(TrialCluster& cluster, const PartConsistency& best)
{
    cluster.n += best.part >= 0 ? 1 : 0;
    cluster.successes += best.part >= 0 && best.share >= threshold ? 1 : 0;
}

int trialsOf(const std::vector<TrialCluster>& clusters)
{
    return std::accumulate(clusters.begin(), clusters.end(), 0,
                           [](int sum, const TrialCluster& cluster) { return sum + cluster.n; });
}

int successesOf(const std::vector<TrialCluster>& clusters)
{
    return std::accumulate(clusters.begin(), clusters.end(), 0,
                           [](int sum, const TrialCluster& cluster) { return sum + cluster.successes; });
}

} // namespace

HeadConsistency::HeadConsistency(std::size_t parts, int heads, std::uint64_t seed, MapKind kind)
    : m_parts(parts),
      m_heads(heads),
      m_seed(seed),
      m_kind(kind)
{
}

HeadConsistency::Maps HeadConsistency::mapsOf(const Decoding& decoding, int classIndex, std::uint64_t pass,
                                              std::size_t draws) const
{
    const Decoding::Extent& extent = decoding.extent();
    const int layer = extent.layers - 1;
    Maps maps;
    for (const int head : placedHeads(decoding, layer, classIndex))
        maps[{Origin::Own, numberOf(decoding, head, classIndex, m_kind)}] = decoding.attention(layer, head, classIndex);
    if (std::vector<float> mean = placedMean(decoding, layer, classIndex); !mean.empty())
        maps[{Origin::Mean, 0}] = std::move(mean);
    for (std::size_t draw = 0; draw < draws; ++draw) {
        RandomStream stream({m_seed, static_cast<std::uint64_t>(m_pictures), pass, static_cast<std::uint64_t>(draw)});
        std::vector<float>& map = maps[{Origin::Random, static_cast<int>(draw)}];
        for (std::size_t cell = 0; cell < extent.cells(); ++cell)
            map.push_back(static_cast<float>(stream.uniform()));
    }
    maps[{Origin::Centre, 0}] = centralMap(extent.rows, extent.columns);
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
    const auto hitsOf = [&](const Decoding& from, const std::vector<float>& map) {
        return partHits(map, from.extent().rows, from.extent().columns, places, picture);
    };
    // Both passes draw as many: one that was drawn in the first alone would count as moved by the noise.
    const std::size_t draws = placedHeads(decoding, decoding.extent().layers - 1, trueClass).size();
    const Maps moved = noisy ? mapsOf(*noisy, trueClass, 1, draws) : Maps();
    for (const auto& [id, map] : mapsOf(decoding, trueClass, 0, draws)) {
        Seen seen{m_pictures, visibilityOf(places), hitsOf(decoding, map), {}};
        if (noisy) {
            const auto found = moved.find(id); // noise can send a picture another way down a tree
            seen.noisy = found == moved.end() ? PartHits(m_parts) : hitsOf(*noisy, found->second);
        }
        m_classes[trueClass][id].push_back(std::move(seen));
    }
    m_hasNoisy = m_hasNoisy || noisy;
    ++m_pictures;
}

std::string HeadConsistency::nameOf(const MapId& map) const
{
    switch (map.first) {
    case Origin::Own:
        return std::string(mapWord(m_kind)) + " " + std::to_string(map.second + (m_kind == MapKind::Head ? 1 : 0));
    case Origin::Mean: return "mean";
    case Origin::Random: return "random " + std::to_string(map.second + 1);
    case Origin::Centre: break;
    }
    return "centre";
}

std::vector<PartHits> HeadConsistency::column(const Pictures& pictures, PartHits Seen::*which)
{
    std::vector<PartHits> hits;
    for (const Seen& seen : pictures)
        hits.push_back(seen.*which);
    return hits;
}

PartConsistency HeadConsistency::bestPart(const Pictures& pictures, int least)
{
    return partConsistency(column(pictures, &Seen::plain), column(pictures, &Seen::visible), least);
}

std::vector<ClassConsistency> HeadConsistency::classes() const
{
    std::vector<ClassConsistency> all;
    for (const auto& [classIndex, maps] : m_classes)
        for (const auto& [id, pictures] : maps) {
            const PartConsistency best = bestPart(pictures);
            ClassConsistency& row =
                all.emplace_back(ClassConsistency{classIndex, nameOf(id), best.part, best.seen, best.share,
                                                  static_cast<int>(pictures.size()), std::nullopt});
            if (m_hasNoisy)
                row.stability = partStability(column(pictures, &Seen::plain), column(pictures, &Seen::noisy));
        }
    return all;
}

ConsistencySummary HeadConsistency::summaryOf(std::string name, const std::function<bool(const MapId&)>& counts) const
{
    std::vector<TrialCluster> ofClass;
    std::vector<TrialCluster> ofClassOften;
    std::vector<TrialCluster> ofPicture(static_cast<std::size_t>(m_pictures));
    for (const auto& [classIndex, maps] : m_classes) {
        TrialCluster& published = ofClass.emplace_back();
        TrialCluster& often = ofClassOften.emplace_back();
        for (const auto& [id, pictures] : maps) {
            if (!counts(id))
                continue;
            addTo(published, bestPart(pictures));
            addTo(often, bestPart(pictures, leastSeen));
            for (const Seen& seen : pictures) {
                TrialCluster& cluster = ofPicture[static_cast<std::size_t>(seen.picture)];
                ++cluster.n;
                cluster.successes += seen.plain == seen.noisy ? 1 : 0;
            }
        }
    }
    ConsistencySummary summary{std::move(name),
                               trialsOf(ofClass),
                               successesOf(ofClass),
                               clusteredInterval(ofClass),
                               trialsOf(ofClassOften),
                               successesOf(ofClassOften),
                               clusteredInterval(ofClassOften),
                               trialsOf(ofPicture),
                               std::nullopt,
                               {}};
    if (m_hasNoisy && summary.pictures > 0) {
        summary.stability = static_cast<double>(successesOf(ofPicture)) / summary.pictures;
        summary.stabilityInterval = clusteredInterval(ofPicture);
    }
    return summary;
}

std::vector<ConsistencySummary> HeadConsistency::summaries() const
{
    const auto of = [](Origin origin) { return [origin](const MapId& id) { return id.first == origin; }; };
    std::vector<ConsistencySummary> all{summaryOf(mapWords(m_kind), of(Origin::Own))};
    for (int head = 0; m_kind == MapKind::Head && head < m_heads; ++head)
        all.push_back(
            summaryOf(nameOf({Origin::Own, head}), [head](const MapId& id) { return id == MapId(Origin::Own, head); }));
    all.push_back(summaryOf("mean", of(Origin::Mean)));
    all.push_back(summaryOf("random", of(Origin::Random)));
    all.push_back(summaryOf("centre", of(Origin::Centre)));
    return all;
}

} // namespace ocellus
