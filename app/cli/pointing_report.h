// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/pointing.h"

namespace ocellus {

/// One row as JSON; shares in percent, with Wilson's interval.
nlohmann::ordered_json asJson(const PointingRow& row);

/// The rows that a reader wants first: marks, and any part; not every part of its own.
std::vector<PointingRow> mainRows(const std::vector<PointingRow>& rows);

/// Writes pointing.json and pointing.csv below `folder`, each whole or not at all. Throws Error(Unreadable).
void writePointing(const std::filesystem::path& folder, const std::vector<PointingRow>& rows, std::uint64_t seed);

/// Removes both: what an earlier evaluation wrote there must not pass for a part of this one.
void removePointing(const std::filesystem::path& folder);

} // namespace ocellus
