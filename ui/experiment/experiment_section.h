// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/experiment/experiment_report.h"
#include "ui/figures/report_writer.h"

namespace ocellus {

/// What an experiment showed, for a report of the work: in words, what it was made of, and a line a picture, of at most
/// a hundred. `rows` are those of the report's summary.
ReportSection sectionOf(const ExperimentReport& report, const std::vector<ExperimentRow>& rows);

} // namespace ocellus
