// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// Records of separated fields as in RFC 4180: quotes around a field, doubled inside one; line ends LF or CRLF.
class CsvReader {
public:
    enum class Quotes {
        Enclose,
        AreText ///< as in GBIF's tables, where a tab ends a field whatever stands before it
    };

    struct Record {
        std::size_t line = 0; ///< on which it starts, from 1
        std::vector<std::string> fields;
        bool damaged = false; ///< a quote is missing, or text follows a closing one

        /// Nothing but white space: an empty line, or the separators that spreadsheets write for one.
        bool isBlank() const;
    };

    CsvReader(std::string_view text, char separator, std::size_t firstLine = 1, Quotes quotes = Quotes::Enclose);

    /// The next record, or nothing at the end. An empty line is a record of one empty field.
    std::optional<Record> next();

private:
    std::string quotedField(bool& damaged);

    std::string_view m_text;
    char m_separator;
    std::size_t m_line;
    Quotes m_quotes;
};

/// How a file separates its fields.
struct CsvDialect {
    char separator = ',';
    std::size_t headerLine = 1; ///< 2 after Excel's line "sep=;"
    std::string_view text;      ///< from the header on

    /// "semicolons" or "tabs"; empty for commas.
    std::string description() const;
};

/// The separator that a first line "sep=;" names, else that of comma, semicolon and tab with which `fits` likes the
/// header's fields best; the comma where it likes none.
CsvDialect csvDialect(std::string_view text, const std::function<int(const std::vector<std::string>&)>& fits);

/// A column's heading as it is compared: "Class_ID " and "class id" are one.
std::string headingKey(std::string_view heading);

} // namespace ocellus
