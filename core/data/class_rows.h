// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/class_table.h"

namespace ocellus {

/// One class as a file gives it.
struct ClassRow {
    std::string place;                 ///< "line 7", for errors
    std::optional<std::int64_t> index; ///< as written; every row of a file has one, or none has
    std::string name;
    std::string latin;
};

/// The classes of a file in its order.
struct ClassRows {
    std::vector<ClassRow> rows;
    std::string reading; ///< ClassTable::reading, as far as the reader knows
};

/// The readers of each kind of file; `source` is what errors call it, `text` is UTF-8 without a byte-order mark.
ClassRows rowsFromText(const std::string& source, std::string_view text);
ClassRows rowsFromJson(const std::string& source, std::string_view text);
ClassRows rowsFromCsv(const std::string& source, std::string_view text);
std::vector<ClassRow> rowsFromFolder(const std::filesystem::path& folder, FolderOrder order = FolderOrder::Bytes);

/// True where the first line is the header of a CSV that rowsFromCsv would take.
bool hasCsvHeader(std::string_view text);

/// Whether mere numbers may be names. They are where folders are called so and where an index stands beside them.
enum class Numbers { AreNone, AreNames };

/// Orders the rows by index and checks all that could put a name on the wrong class: gaps, duplicates, empty names,
/// names that differ in case only, some that are mere numbers among others. Throws Error: Damaged, TooLarge.
ClassTable tableFromRows(const std::string& source, std::vector<ClassRow> rows, Numbers numbers);

/// Throws Error(Damaged) that says where in the table and what to do.
[[noreturn]] void throwBadTable(const std::string& source, const std::string& detail);

/// A number of decimal digits and nothing else, below 10^9.
std::optional<std::int64_t> parseIndex(std::string_view text);

/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

} // namespace ocellus
