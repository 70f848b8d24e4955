// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/explain/faithfulness_table.h"
#include "ui/figures/report_writer.h"

namespace ocellus {

/// What was measured over a folder of pictures.
struct FaithfulnessResults {
    ReportFacts facts; ///< model, judge, unit, step, substrates, size, seed: without them the areas mean nothing
    int pictures = 0;
    int leftOut = 0; ///< named wrongly by the model or the judge
    std::vector<FaithfulnessSummary> summaries;
    std::vector<FaithfulnessDifference> differences;
};

/// A page with the figure, the areas, and what each source has over orders that know nothing and over other sources.
/// Throws Error(BadArgument) without a source.
Report faithfulnessReport(const FaithfulnessResults& results);

} // namespace ocellus
