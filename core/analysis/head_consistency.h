// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/part_hits.h"
#include "core/data/part_points.h"
#include "core/engine/decoding.h"

namespace ocellus {

/// The part that one map of one class hits most often.
struct ClassConsistency {
    int classIndex = 0;
    std::string map; ///< "head 3", "mean", "random 3" or "centre"
    int part = -1;   ///< -1: no part was visible
    int seen = 0;    ///< pictures where it is visible
    double share = 0;
    int pictures = 0;                ///< of the class
    std::optional<double> stability; ///< where there was a second pass
};

/// Several maps of several classes in one number each.
struct ConsistencySummary {
    std::string map; ///< "heads" and "random" sum up all of them
    int n = 0;       ///< pairs of a class and a map
    int consistent = 0;
    int nOften = 0; ///< the same where only parts count that are visible in enough pictures
    int consistentOften = 0;
    int pictures = 0;                ///< of all pairs
    std::optional<double> stability; ///< share of them
};

/// Whether each head of a class keeps to one part of the animal, and whether it does so under noise: the scores that
/// Huang et al. 2023 (arXiv 2212.05946) give prototypes. A map of a class is consistent where it hits some part in 80 %
/// of the pictures in which that is visible; stable in a picture where noise in the input changes no hit.
///
/// Beside the heads of the last layer and their mean stand maps that know nothing: as many random ones, drawn anew for
/// every picture and pass, and one that always peaks in the middle, which no noise can move.
class HeadConsistency {
public:
    static constexpr double threshold = 0.8;
    static constexpr int leastSeen = 5; ///< a part seen once and hit once counts as published; not under this

    HeadConsistency(std::size_t parts, int heads, std::uint64_t seed);

    /// `points` are the picture's visible parts; without one the picture is not counted. `noisy` is the decoding of the
    /// same picture with noise, or null; for all pictures or for none.
    /// Throws Error: BadArgument for a decoding without maps or of another number of heads.
    void add(const Decoding& decoding, const Decoding* noisy, int trueClass, Size picture,
             const std::vector<PartPoint>& points);

    /// Class by class, heads first.
    std::vector<ClassConsistency> classes() const;
    /// All heads, each head, the mean, the random maps, the centre.
    std::vector<ConsistencySummary> summaries() const;

private:
    using Hits = std::vector<PartHits>; ///< [pictures][parts]

    struct MapHits {
        Hits plain, noisy;
    };

    struct ClassHits {
        Hits visible;
        std::vector<MapHits> maps; ///< heads, mean, as many random ones, centre
    };

    std::vector<std::vector<float>> mapsOf(const Decoding& decoding, int classIndex, std::uint64_t pass) const;
    std::string nameOf(std::size_t map) const;
    std::size_t mapCount() const { return 2 * static_cast<std::size_t>(m_heads) + 2; }
    ConsistencySummary summaryOf(std::string name, std::size_t firstMap, std::size_t count) const;

    std::size_t m_parts;
    int m_heads;
    std::uint64_t m_seed;
    std::uint64_t m_pictures = 0;
    std::map<int, ClassHits> m_classes;
};

} // namespace ocellus
