// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/experiment/experiment_report.h"
#include "core/session/session_reader.h"
#include "ui/experiment/folder_experiment.h"

namespace ocellus {

/// What a session keeps of an experiment: what it was made of, and what it found up to then.
struct ExperimentRecord {
    /// Without its summary; of the model the path, SHA-256, what is said of it and its place in the file.
    ExperimentReport report;
    std::vector<ExperimentFinding> findings;
};

nlohmann::json jsonOf(const ExperimentRecord& record);
/// What jsonOf() wrote. Masks are left as they are until they are used. Throws as `reader`; classes are those of the
/// record's own table.
ExperimentRecord experimentRecordIn(SessionReader& reader, const nlohmann::json& value);

} // namespace ocellus
