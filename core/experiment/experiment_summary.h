// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/intervals.h"
#include "core/experiment/edit_experiment.h"

namespace ocellus {

/// How much one number changed, over the pictures; a picture counts once, with the mean of its controls.
struct MeasuredChange {
    std::string name;         ///< "logit", "probability", "margin" (of the class predicted before) or "flips"
    BootstrapMean edit;       ///< all pictures that were edited
    BootstrapMean controls;   ///< those with controls
    BootstrapMean difference; ///< edit minus mean of the controls of the same picture
};

/// What the rows of a folder add up to.
struct ExperimentSummary {
    int pictures = 0; ///< all rows
    int edited = 0;
    std::map<std::string, int> skipped; ///< by reason
    int failed = 0;
    RemarkCounts remarks; ///< of all rows

    int flips = 0;
    Interval flipInterval; ///< Wilson's, 95 %, of flips / edited

    int withTrueClass = 0; ///< of the edited ones
    int rightBefore = 0, rightAfter = 0;

    double meanSelectedShare = 0;
    std::size_t withMaps = 0;
    double meanInsideBefore = 0, meanInsideAfter = 0;

    int withControls = 0;
    std::size_t mostControls = 0; ///< of a picture
    int shortOfControls = 0;      ///< pictures with fewer places than were asked for, none among them
    /// Of those with at least 19 controls, which can reach 0.05: how many have p <= 0.05 for the logit's change.
    int canBeUnusual = 0, unusual = 0;

    std::vector<MeasuredChange> changes;
};

/// The same rows and seed give the same intervals.
ExperimentSummary summaryOf(std::span<const ExperimentRow> rows, std::uint64_t seed);

} // namespace ocellus
