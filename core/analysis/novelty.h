// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/analysis/intervals.h"

namespace ocellus {

/// Numbers that tell pictures of none of a model's classes from others; each is higher the more unusual a picture is.
enum class NoveltyScore {
    Energy,         ///< see energy()
    MaxLogit,       ///< minus the highest logit (D. Hendrycks et al., ICML 2022)
    MaxProbability, ///< minus the highest probability (D. Hendrycks and K. Gimpel, ICLR 2017)
    OutputDistance  ///< of the decoder's output of the best class from that class's usual one, see OutputReference
};
inline constexpr std::array noveltyScores{NoveltyScore::Energy, NoveltyScore::MaxLogit, NoveltyScore::MaxProbability,
                                          NoveltyScore::OutputDistance};

/// "energy", "max_logit", "max_probability", "output_distance".
std::string_view toString(NoveltyScore score);
std::optional<NoveltyScore> noveltyScoreFromName(std::string_view name);

/// Of the logits of all classes; nothing for OutputDistance. Throws Error(Damaged) for one that is not finite,
/// BadArgument without any.
std::optional<double> noveltyOf(NoveltyScore score, std::span<const float> logits);

/// What the decoder's output of each class looks like in pictures that were named rightly: a mean a class, and one
/// deviation a dimension for all (K. Lee et al., NeurIPS 2018, with a diagonal covariance).
class OutputReference {
public:
    OutputReference(int classes, int dimensions);

    /// Adds a picture that was named `classIndex` rightly.
    void add(int classIndex, std::span<const float> output);
    /// To be called once, after the last picture.
    void finish();
    /// Root mean square of the deviations; from the mean of all classes where this one had no picture. Nothing where
    /// there were fewer than two pictures.
    std::optional<double> distance(int classIndex, std::span<const float> output) const;
    /// The same of an output that was added, as if it had not been.
    std::optional<double> distanceWithout(int classIndex, std::span<const float> output) const;

private:
    struct Sum {
        int n = 0;
        std::vector<double> values;
    };

    std::optional<double> distanceFrom(const Sum& mean, double weight, std::span<const float> output) const;

    std::size_t m_dimensions;
    std::vector<Sum> m_classes;
    Sum m_all;
    std::vector<double> m_squares; ///< of all outputs
    std::vector<double> m_deviations;
};

/// The share of pairs of a known and an unusual picture in which the unusual one scores higher, equal ones counted
/// half. 0.5 without pictures of either kind.
double areaUnderRoc(std::span<const double> known, std::span<const double> unusual);

/// How well a score tells unusual pictures.
struct Separation {
    double area = 0.5;      ///< under the ROC curve
    Interval interval;      ///< of 1,000 bootstrap samples of both kinds, 2.5 to 97.5 percent
    double threshold = 0;   ///< at most so many are accepted as known: what keeps `coverage` of other known pictures
    double coverage = 0;    ///< of the known pictures that are reported on: 0 to 1
    double falseAlarms = 0; ///< share of the unusual pictures that pass as known all the same: 0 to 1
};

/// The lowest number that this share of the known pictures does not exceed. Throws Error(BadArgument) without any.
double thresholdFor(std::vector<double> known, double coverage);

/// `fitted` known pictures give the threshold, the others are reported on.
Separation separationOf(std::span<const double> fitted, std::span<const double> known, std::span<const double> unusual,
                        double coverage, std::uint64_t seed);

/// Of the known pictures that are least unusual, how many are named rightly.
struct CoveragePoint {
    double coverage = 1; ///< share of the pictures, 0 to 1
    double accuracy = 0; ///< share of those
    int n = 0;
};

/// Ten points from a tenth of the pictures to all.
std::vector<CoveragePoint> coverageCurve(std::span<const double> scores, const std::vector<bool>& isCorrect);

} // namespace ocellus
