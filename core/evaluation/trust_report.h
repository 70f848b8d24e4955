// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/calibration.h"
#include "core/analysis/kept_trust.h"
#include "core/analysis/macro_average.h"
#include "core/analysis/novelty_study.h"
#include "core/engine/engine.h"

namespace ocellus {

/// How far an evaluated model's answers can be trusted.
struct TrustReport {
    MacroAverage macro;
    std::optional<Calibration> calibration; ///< none of few pictures
    std::optional<NoveltyStudy> novelty;    ///< the same
    std::string unusual;                    ///< folder of the unusual pictures; empty: none were given
    double coverage = 0.95;

    /// Of pictures of known classes and of others, both halves drawn by `seed`.
    static TrustReport of(const Evaluation& evaluation, const std::vector<AskedPicture>& known,
                          const std::vector<AskedPicture>& unusual, double coverage, std::uint64_t seed);
};

/// What of it a model can keep: the temperature where `withTemperature`, the threshold of `score` where one is given
/// that logits alone tell, and the energies. Nothing of what was not found.
KeptTrust keptTrust(const TrustReport& report, EnergyReference energies, bool withTemperature,
                    std::optional<NoveltyScore> score);

/// Writes it into the file beside the checkpoint, over what is kept there. Throws what keepBeside() throws.
void keepTrust(const std::filesystem::path& checkpoint, const KeptTrust& trust);
/// The model as it will be read with that file.
ModelDescription withTrust(ModelDescription model, const KeptTrust& trust);

/// Adds macro_average, calibration and none_of_these to an evaluation's JSON.
void addTo(nlohmann::ordered_json& evaluation, const TrustReport& report);
/// Lines "macro", "calibration" and "unusual" for people.
std::string asText(const TrustReport& report);
/// Writes reliability.csv and coverage.csv below `folder`, and removes what an earlier evaluation left where there is
/// none now. Throws Error(Unreadable).
void writeTrust(const std::filesystem::path& folder, const TrustReport& report);

} // namespace ocellus
