// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/experiment/edit_experiment.h"
#include "core/io/strict_json.h"

namespace ocellus {

/// What an experiment found in one picture, with every digit; numbers that are not finite are null, and come back as
/// NaN.
nlohmann::json jsonOf(const ExperimentRow& row);

/// What jsonOf() wrote; classes are below `classes`, at least 1. Throws Error: Damaged, TooLarge.
ExperimentRow experimentRowIn(const StrictJson& reader, const nlohmann::json& value, int classes);

} // namespace ocellus
