// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/intervals.h"
#include "core/analysis/part_hits.h"
#include "core/data/part_points.h"
#include "core/engine/decoding.h"
#include "core/model/model_offer.h"

namespace ocellus {

/// The part that one map of one class hits most often.
struct ClassConsistency {
    int classIndex = 0;
    std::string map; ///< "head 3", "prototype 12", "mean", "random 3" or "centre"
    int part = -1;   ///< -1: no part was visible
    int seen = 0;    ///< pictures where it is visible
    double share = 0;
    int pictures = 0;                ///< of the class, in which the map was there
    std::optional<double> stability; ///< where there was a second pass
};

/// Several maps of several classes in one number each.
struct ConsistencySummary {
    std::string map; ///< "heads", "prototypes", ... and "random" sum up all of them
    int n = 0;       ///< pairs of a class and a map
    int consistent = 0;
    Interval interval; ///< of their share, for maps of one class as a cluster
    int nOften = 0;    ///< the same where only parts count that are visible in enough pictures
    int consistentOften = 0;
    Interval intervalOften;
    int pictures = 0;                ///< of all pairs
    std::optional<double> stability; ///< share of them
    Interval stabilityInterval;      ///< for maps of one picture as a cluster
};

/// Whether each head of a class keeps to one part of the animal, and whether it does so under noise: the scores that
/// Huang et al. 2023 (arXiv 2212.05946) give prototypes. A map of a class is consistent where it hits some part in 80 %
/// of the pictures in which that is visible; stable in a picture where noise in the input changes no hit.
///
/// Prototypes and concepts are told apart by the model's own numbers, and only those that have a place count, in the
/// mean too (placedHeads). Beside them and their mean stand maps that know nothing: as many random ones, drawn anew for
/// every picture and pass, and one that always peaks in the middle, which no noise can move.
class HeadConsistency {
public:
    static constexpr double threshold = 0.8;
    static constexpr int leastSeen = 5; ///< a part seen once and hit once counts as published; not under this

    HeadConsistency(std::size_t parts, int heads, std::uint64_t seed, MapKind kind = MapKind::Head);

    /// `points` are the picture's visible parts; without one the picture is not counted. `noisy` is the decoding of the
    /// same picture with noise, or null; for all pictures or for none.
    /// Throws Error: BadArgument for a decoding without maps or of another number of heads.
    void add(const Decoding& decoding, const Decoding* noisy, int trueClass, Size picture,
             const std::vector<PartPoint>& points);

    /// Class by class, heads first.
    std::vector<ClassConsistency> classes() const;
    /// All heads, each head (of prototypes, which belong to one class, none), the mean, the random maps, the centre.
    std::vector<ConsistencySummary> summaries() const;

private:
    enum class Origin { Own, Mean, Random, Centre };
    using MapId = std::pair<Origin, int>;
    using Maps = std::map<MapId, std::vector<float>>;

    struct Seen {
        int picture = 0;
        PartHits visible, plain, noisy;
    };
    using Pictures = std::vector<Seen>; ///< of one map of one class

    static std::vector<PartHits> column(const Pictures& pictures, PartHits Seen::*which);
    static PartConsistency bestPart(const Pictures& pictures, int least = 1);
    Maps mapsOf(const Decoding& decoding, int classIndex, std::uint64_t pass, std::size_t draws) const;
    std::string nameOf(const MapId& map) const;
    ConsistencySummary summaryOf(std::string name, const std::function<bool(const MapId&)>& counts) const;

    std::size_t m_parts;
    int m_heads;
    std::uint64_t m_seed;
    MapKind m_kind;
    bool m_hasNoisy = false;
    int m_pictures = 0;
    std::map<int, std::map<MapId, Pictures>> m_classes;
};

} // namespace ocellus
