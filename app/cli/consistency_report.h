// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/head_consistency.h"
#include "core/data/class_table.h"

namespace ocellus {

/// Shares in percent, with Wilson's interval.
nlohmann::ordered_json asJson(const ConsistencySummary& summary);

/// "consistency	heads	35.00 % (...) of 320	parts seen in 5 pictures or more 30.00 %	stability 80.12
/// %", with a line feed.
std::string textOf(const ConsistencySummary& summary);

/// Writes consistency.json and, a line for each class and map, consistency.csv below `folder`, each whole or not at
/// all. Throws Error(Unreadable).
void writeConsistency(const std::filesystem::path& folder, const HeadConsistency& consistency,
                      const std::vector<std::string>& parts, const ClassTable& table, std::uint64_t seed);

/// Removes both: what an earlier evaluation wrote there must not pass for a part of this one.
void removeConsistency(const std::filesystem::path& folder);

} // namespace ocellus
