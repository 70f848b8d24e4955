// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/edit/step_store.h"

namespace ocellus {

// The JSON form of edits, in which session files and journals keep them; reading gives equal values back.
//
//     mask       null, or {"picture": [width, height], "box": [left, top, width, height], "runs": base64 of runsOf()}
//     operation  {"kind": "blur", "deviation": 5}: kinds and parameters are those of operation_fields.h
//     edit       {"name", "enabled", "mask", "operation"}
//     named      {"name", "mask"}
//     picture    {"edits": [edits], "selection": mask, "masks": [named]}
//     change     {"kind": "insert" or "replace", "index", "edit"}, {"kind": "erase", "index"},
//                {"kind": "move", "from", "to"}, {"kind": "select", "mask"},
//                {"kind": "insert-mask" or "replace-mask", "index", "mask": named}, {"kind": "erase-mask", "index"}
//     step       {"name", "changes": [changes]}
//     done       {"changes": [changes], "inverses": [changes]}

nlohmann::json jsonOf(const Mask& mask);
nlohmann::json jsonOf(const Operation& operation);
nlohmann::json jsonOf(const Edit& edit);
nlohmann::json jsonOf(const EditList& edits);
nlohmann::json jsonOf(const NamedMask& mask);
nlohmann::json jsonOf(const PictureEdits& state);
nlohmann::json jsonOf(const std::vector<EditChange>& changes);
nlohmann::json jsonOf(const EditStep& step);
nlohmann::json jsonOf(const DoneChanges& done);

} // namespace ocellus
