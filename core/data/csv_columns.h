// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace ocellus {

/// Some columns of one line of a CSV.
struct CsvRow {
    std::size_t line = 0;            ///< from 1, for errors
    std::vector<std::string> fields; ///< of the columns asked for, in their order
};

/// Reads the columns of these names from a CSV with commas and a header; further columns are passed over, empty lines
/// too. `what` names the file in errors: "part points".
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged (a column is missing, another number of fields, open quotes).
std::vector<CsvRow> readCsvColumns(const std::filesystem::path& path, const std::string& what,
                                   const std::vector<std::string>& columns);

/// Throws Error(Damaged) "path: line 7: detail".
[[noreturn]] void throwBadLine(const std::filesystem::path& path, std::size_t line, const std::string& detail);

} // namespace ocellus
