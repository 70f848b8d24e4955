// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/novelty.h"

namespace ocellus {

/// What a model said of one picture.
struct AskedPicture {
    int trueClass = -1;        ///< -1: none of the model's
    std::vector<float> logits; ///< of all classes
    std::vector<float> output; ///< of the decoder, of the best class; none where the model has no decoder

    int predicted() const;
};

/// One score on pictures of the model's classes and on others.
struct StudiedScore {
    NoveltyScore score = NoveltyScore::Energy;
    Separation separation;
    std::vector<CoveragePoint> coverage; ///< of the known pictures that are reported on
};

/// Which score tells unusual pictures best.
struct NoveltyStudy {
    static constexpr std::size_t fewest = 40; ///< known pictures; fewer say nothing

    std::vector<StudiedScore> scores; ///< those that the model has: no energy of logarithms of probabilities
    std::size_t best = 0;             ///< in `scores`: the largest area, of those that logits alone give
    int fitted = 0;                   ///< known pictures that gave thresholds and the classes' outputs
    int known = 0, unusual = 0;       ///< pictures that are reported on
};

/// Half of the known pictures, drawn by `seed`, gives thresholds that keep `coverage` of them and what outputs look
/// like (each without itself); all numbers are of the other half. Without unusual pictures areas and false alarms say
/// nothing. Nothing for fewer than NoveltyStudy::fewest known pictures.
std::optional<NoveltyStudy> studyNovelty(std::span<const AskedPicture> known, std::span<const AskedPicture> unusual,
                                         double coverage, std::uint64_t seed);

} // namespace ocellus
