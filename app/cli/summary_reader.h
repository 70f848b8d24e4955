// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace ocellus {

/// What a summary holds of one picture.
struct SummarisedPicture {
    std::string lines; ///< of CSV, as they are written
    std::string hash;  ///< see SummaryCsv
};

/// Reads a summary.csv, by the pictures' names, in the order in which listImages goes through them. Throws Error:
/// NotFound, Unreadable, TooLarge, Damaged.
std::map<std::string, SummarisedPicture> readSummary(const std::filesystem::path& path);

} // namespace ocellus
