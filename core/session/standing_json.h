// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "core/experiment/control_statistics.h"
#include "core/io/strict_json.h"

namespace ocellus {

/// JSON knows finite numbers only: NaN and infinity become null.
nlohmann::json numberJson(double value);

/// NaN for null. Throws Error(Damaged) for what is no number.
double numberIn(const StrictJson& reader, const nlohmann::json& value, const char* what);

/// [logit, probability, margin]
nlohmann::json jsonOf(const ClassStanding& standing);

/// Throws Error(Damaged) unless there are three numbers or nulls.
ClassStanding standingIn(const StrictJson& reader, const nlohmann::json& value, const char* what);

} // namespace ocellus
