// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <nlohmann/json_fwd.hpp>

#include "core/session/session.h"

namespace ocellus {

// The JSON form of a session; masks and edits as in core/edit/edit_json.h.
//
//     file     {"path", "sha256", "bytes"}: the path as text, or {"base64"} where it is not UTF-8
//     set      {"mode": "all", "zero" or "drop", "active": [classes]}
//     picture  {"file": file, "edits": picture}; also "byHand": [{"edited": whether its edits had been done,
//              "intervention"}] where something was taken away
//     intervention {"set": set, "class", "heads": [...], "cells": [{"head", "cells": [...]}], "rows", "columns"}: what
//              was taken away by hand, all in ascending order; 0 rows and columns where there are no cells
//     note     {"model": SHA-256, "class", "head", "text"}
//     input    {"size": "800:1333" or "fixed:224", "own": whether the model's own goes before, "ignoreExif", and where
//              they differ from "full" and false "range": "auto" or "0:4095", "toSrgb"}
//     view     {"picture", "class", "head", "layer", "limit": set, "filter", "display": {...}, "layout"}
//     result   {"picture", "edited": whether its edits had been done, "set": set, "logits": [...], "class", "layer",
//              "peakAttention": [...], "peakScore": [...]}
//     session  {"format": "ocellus session", "schema", "program", "model": file or null, "classes": file or null,
//              "pictures", "notes", "input", "view", "results"}; also "evidence" and "findings" where there are some
//     findings {"experiment": {...} or null, "controls": {...} or null}: only the window understands them

/// Paths are relative to `folder`, with "/", where both lie below the same top folder; an empty folder leaves all
/// absolute. What can no longer be had again is left out: what is of other edits, and numbers that are not finite.
nlohmann::json jsonOf(const Session& session, const std::filesystem::path& folder);
nlohmann::json jsonOf(const QuerySet& set);
nlohmann::json jsonOfPath(const std::filesystem::path& path);
nlohmann::json jsonOf(const FileReference& file, const std::filesystem::path& folder);
nlohmann::json jsonOf(const HeadNote& note);
nlohmann::json jsonOf(const SessionInput& input);
/// All but the edits that it is of.
nlohmann::json jsonOf(const StoredIntervention& stored);
/// Throws Error(BadArgument), as for a view, where a text is no JSON object.
nlohmann::json jsonOf(const SessionFindings& findings);
nlohmann::json jsonOf(const SessionView& view);

/// Writes the whole file or leaves an earlier one as it was. Floats come back bit for bit. Throws Error: Unreadable,
/// TooLarge, and Damaged for values that would be refused when they are read, such as a model without a SHA-256.
void writeSession(const std::filesystem::path& file, const Session& session);

} // namespace ocellus
