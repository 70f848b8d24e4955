// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/data/text_file.h"

namespace ocellus {

/// A column that is wanted, by its heading in any case, with underscores or spaces.
struct WantedColumn {
    std::string name;                         ///< what errors call it
    std::vector<std::string> otherNames = {}; ///< taken where there is no column of the first name
    bool optional = false;                    ///< its fields are empty where the file has no such column
};

/// Some columns of one line of a CSV.
struct CsvRow {
    std::size_t line = 0;            ///< from 1, for errors
    std::vector<std::string> fields; ///< of the columns asked for, in their order, without white space at their ends
};

/// Some columns of a CSV.
struct CsvColumns {
    std::vector<CsvRow> rows;
    std::vector<bool> present; ///< for each column asked for, whether the file has it
    char separator = ',';
    std::string dialect; ///< "semicolons, UTF-16" for people; empty for commas and UTF-8
};

/// Reads these columns from a CSV with a header and commas, semicolons or tabs, in UTF-8 or UTF-16; further columns are
/// passed over, empty lines too. In GBIF's tables (tabs, and a column gbifID) quotes are letters. `what` names the file
/// in errors: "part points". Throws Error: NotFound, Unreadable, TooLarge, Damaged (a column is missing, another number
/// of fields, open quotes).
CsvColumns readCsvColumns(const std::filesystem::path& path, const std::string& what,
                          const std::vector<WantedColumn>& columns, TextEncodings encodings = TextEncodings::Unicode);

/// The first lines of a CSV, for people who are to say what its columns are.
struct CsvPreview {
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> rows; ///< each with as many fields as there are headings
};

/// Throws what readCsvColumns throws, but of the lines that are asked for alone.
CsvPreview previewCsv(const std::filesystem::path& path, const std::string& what, std::size_t mostRows,
                      TextEncodings encodings = TextEncodings::Unicode);

/// Numbers of one file, with decimal points or, where commas do not separate its fields, decimal commas: one of them
/// throughout, so that 1,234 is never two numbers.
class CsvNumbers {
public:
    explicit CsvNumbers(bool commasAllowed) : m_commasAllowed(commasAllowed) {}

    /// Nothing where the text is no finite number or has the other decimal mark than an earlier one.
    std::optional<double> read(const std::string& text);
    bool usesCommas() const { return m_mark == ','; }

private:
    bool m_commasAllowed;
    char m_mark = '\0'; ///< the decimal mark seen so far
};

/// Throws Error(Damaged) "path: line 7: detail".
[[noreturn]] void throwBadLine(const std::filesystem::path& path, std::size_t line, const std::string& detail);

} // namespace ocellus
