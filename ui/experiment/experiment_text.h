// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/experiment/experiment_summary.h"

namespace ocellus {

/// The answer of an experiment in words, a sentence a line: flips with their rate and interval, changes of the logit,
/// controls, and what was left out.
QString experimentText(const ExperimentSummary& summary);

/// How long an experiment will take, from what one picture takes without controls: "about 4 minutes for 120 pictures".
QString durationText(double secondsAPicture, int pictures, int controls);

/// "−2.31 (−2.60 to −2.02)"; a dash without values.
QString meanText(const BootstrapMean& mean);

} // namespace ocellus
