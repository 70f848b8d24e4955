// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/train/epoch_report.h"

namespace ocellus {

/// Writes log.jsonl: one JSON object a line, one line an epoch. Throws Error(Unreadable); the earlier file then stays.
void writeTrainingLog(const std::filesystem::path& path, const std::vector<EpochReport>& reports);

/// Reads it back, up to epoch `lastEpoch`: later lines belong to an epoch whose checkpoint was never finished.
/// No file: empty. Throws Error: Damaged with the line, Unreadable, TooLarge.
std::vector<EpochReport> readTrainingLog(const std::filesystem::path& path, int lastEpoch);

} // namespace ocellus
