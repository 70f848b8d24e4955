// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/io/strict_json.h"
#include "core/session/session.h"

namespace ocellus {

/// What a file says of a finding, but for the picture and its edits.
nlohmann::json jsonOf(const StoredEvidence& evidence);
/// The other way. Throws Error as StrictJson, and for a test that there is not.
StoredEvidence evidenceIn(const StrictJson& reader, const nlohmann::json& value);

/// Whether JSON can hold its numbers.
bool isFinite(const StoredEvidence& evidence);

/// Whether both say what the same test of the same map came to: the newer takes the place of the older.
bool isOfSameTest(const StoredEvidence& one, const StoredEvidence& other);

} // namespace ocellus
