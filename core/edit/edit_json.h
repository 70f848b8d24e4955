// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/edit/edit_history.h"

namespace ocellus {

// The JSON form of edits, in which session files and journals keep them; reading gives equal values back.
//
//     mask       null, or {"picture": [width, height], "box": [left, top, width, height], "runs": base64 of runsOf()}
//     operation  {"kind": "blur", "deviation": 5}: kinds and parameters are those of operation_fields.h
//     edit       {"name", "enabled", "mask", "operation"}
//     step       {"name", "change": {"kind": "insert" or "replace", "index", "edit"}, {"kind": "erase", "index"} or
//                {"kind": "move", "from", "to"}}
//     history    {"start": [edits], "steps": [steps], "position": how many are done}

nlohmann::json jsonOf(const Mask& mask);
nlohmann::json jsonOf(const Operation& operation);
nlohmann::json jsonOf(const Edit& edit);
nlohmann::json jsonOf(const EditList& edits);
nlohmann::json jsonOf(const EditStep& step);
nlohmann::json jsonOf(const EditHistory& history);

} // namespace ocellus
