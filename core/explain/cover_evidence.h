// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "core/explain/model_probe.h"
#include "core/explain/source_map.h"
#include "core/explain/substrate.h"

namespace ocellus {

/// What a test of a map came to.
enum class EvidenceVerdict { Supported, NotSupported, Untested };

/// "supported", "not supported" or "untested".
std::string_view toString(EvidenceVerdict verdict);

/// How the most looked-at part of a picture is taken away.
struct CoverRecipe {
    double share = 0.05; ///< of the cells, above 0 and below 0.5
    int controls = 99;   ///< regions of the same shape elsewhere
    Substrate substrate = Substrate::Zero;
    std::uint64_t seed = 0;

    bool operator==(const CoverRecipe&) const = default;
};

/// What covering it does to a class's logit, beside covering as much elsewhere.
struct CoverEvidence {
    double share = 0;             ///< of the cells that was covered
    double drop = 0;              ///< of the logit; above 0 the part spoke for the class
    std::vector<double> controls; ///< the same of each control region
    double p = 1;                 ///< one-sided, (1 + controls that do at least as much) / (controls + 1)
};

/// Covers the cells with the map's highest values, on the map's own grid, then the same shape moved elsewhere on it
/// (around its edges), overlapping less than half. Where there is no such place, there are no controls and p is 1.
/// `progress` is asked between passes, `report` told the fraction. Throws Error: BadArgument for a recipe out of its
/// ranges or a map that is not good, Cancelled, Device.
CoverEvidence coverEvidence(ModelProbe& probe, const ModelInput& input, const SourceMap& map, const CoverRecipe& recipe,
                            const Progress& progress = {}, const std::function<void(double)>& report = {});

/// p values corrected for how many there are (S. Holm 1979, Scand. J. Stat. 6:65), in the same order, at most 1.
std::vector<double> holmCorrected(std::span<const double> p);

/// Supported at 5 % of a corrected p; without controls untested.
EvidenceVerdict verdictOf(const CoverEvidence& evidence, double correctedP);

} // namespace ocellus
