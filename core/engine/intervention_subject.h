// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// What errors about an AttentionIntervention name as their subject.
inline constexpr const char* interventionSubject = "attention by hand";

} // namespace ocellus
