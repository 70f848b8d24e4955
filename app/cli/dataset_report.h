// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/dataset/dataset_opening.h"
#include "core/dataset/dataset_problems.h"

namespace ocellus {

/// What is told about a data set.
struct DatasetReport {
    const OpenedDataset& opened;
    const DatasetState& state;
    const std::vector<DatasetProblem>& problems;
};

/// Lines of "word TAB ...": counts, classes with their splits, problems with their ways out, steps.
std::string asText(const DatasetReport& report);
nlohmann::ordered_json asJson(const DatasetReport& report);

} // namespace ocellus
