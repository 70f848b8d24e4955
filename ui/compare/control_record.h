// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <nlohmann/json_fwd.hpp>

#include "core/engine/view_key.h"
#include "core/session/session_reader.h"
#include "ui/compare/controls_panel.h"

namespace ocellus {

/// What a session keeps of controls: what was found, and which state of which picture it is of.
struct ControlRecord {
    ControlResult result;
    std::filesystem::path picture;
    ViewKey key; ///< without an intervention
};

nlohmann::json jsonOf(const ControlRecord& record);
/// What jsonOf() wrote. Throws as `reader`.
ControlRecord controlRecordIn(const SessionReader& reader, const nlohmann::json& value);

nlohmann::json jsonOf(const ControlChoices& choices);
ControlChoices controlChoicesIn(const SessionReader& reader, const nlohmann::json& value);

} // namespace ocellus
