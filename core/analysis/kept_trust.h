// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/novelty.h"
#include "core/analysis/unusualness.h"

namespace ocellus {

/// What is kept of an evaluation, to judge other pictures by: with the model, or in an evaluation's file.
struct KeptTrust {
    double temperature = 1;            ///< that logits are divided by
    std::optional<NoveltyScore> score; ///< none: the energies say it
    double threshold = 0;              ///< a picture with a higher score is unusual
    EnergyReference energies;          ///< of the pictures that the model was validated on

    /// Unlike anything that the model was trained on; nothing where nothing is known to compare with. Without a
    /// threshold, 95 % of the energies are the usual ones.
    std::optional<bool> isUnusual(std::span<const float> logits) const;
    /// The same of what is kept of a picture in place of its logits: its energy(), the highest one and its probability.
    std::optional<bool> isUnusual(double energy, double highestLogit, double highestProbability) const;
    /// Softmax of the logits divided by the temperature. Throws Error(Damaged) for logits that are not finite.
    std::vector<double> probabilities(std::span<const float> logits) const;
    /// "energy above -12.3", for people; empty where nothing is known.
    std::string description() const;
};

/// Under which names a checkpoint's metadata keeps them, besides validationEnergiesKey.
inline constexpr std::string_view noveltyScoreKey = "novelty_score";
inline constexpr std::string_view noveltyThresholdKey = "novelty_threshold";
inline constexpr std::string_view temperatureKey = "calibration_temperature";

/// What a model's file keeps; what cannot be read there is as if it were not.
KeptTrust trustOfModel(std::span<const TrainingNote> training);
/// Of the evaluation.json that `evaluate` writes; its temperature where `withTemperature`.
/// Throws what readTextFile throws, and Error(Damaged) for another file, or one without what is asked for.
KeptTrust trustOfEvaluation(const std::filesystem::path& path, bool withTemperature);
/// As a checkpoint's metadata has it.
std::map<std::string, std::string> asMetadata(const KeptTrust& trust);

} // namespace ocellus
