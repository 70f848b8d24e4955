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
    ExperimentReport report; ///< without its summary; of the model path, SHA-256 and place in the file alone
    std::vector<ExperimentFinding> findings;
};

nlohmann::json jsonOf(const ExperimentRecord& record);
/// What jsonOf() wrote. Masks are left as they are until they are used. Throws as `reader`; classes are those of the
/// record's own table.
ExperimentRecord experimentRecordIn(SessionReader& reader, const nlohmann::json& value);

} // namespace ocellus
