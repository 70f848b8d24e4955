// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <nlohmann/json_fwd.hpp>

#include "core/explain/sanity_run.h"

namespace ocellus {

nlohmann::ordered_json jsonOf(const SanityReport& report);

/// What jsonOf() wrote to a file. Throws Error: NotFound, Unreadable, Damaged, TooLarge.
SanityReport readSanityReport(const std::filesystem::path& file);

} // namespace ocellus
