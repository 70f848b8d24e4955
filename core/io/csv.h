// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// A text that has the same value on every line: what the table belongs to.
struct CsvColumn {
    std::string name;
    std::string value;
};

/// Builds one line of a CSV file (RFC 4180, line feeds) field by field; all CSV that this program writes is made here.
///
/// Texts come from other people's files, so a spreadsheet must not take them for formulas: one that begins with =, +,
/// -, @, a tab or a carriage return gets an apostrophe before it (OWASP, "CSV Injection"), while numbers are never
/// touched. A text is in quotation marks, with those inside doubled, where it holds a comma, a semicolon, a quotation
/// mark or a line break; bytes that are no UTF-8, and NUL, become U+FFFD.
///
/// Numbers have a point as decimal mark, whatever the locale, and the fewest digits that give the same value back; what
/// is not finite is "nan", "inf" or "-inf".
class CsvLine {
public:
    CsvLine& text(std::string_view text);
    CsvLine& number(float value);
    CsvLine& number(double value);
    CsvLine& number(std::integral auto value) { return field(std::to_string(value)); }
    /// Empty where there is none.
    CsvLine& number(const std::optional<float>& value) { return value ? number(*value) : empty(); }
    CsvLine& number(const std::optional<double>& value) { return value ? number(*value) : empty(); }
    /// A field that was read from a table of ours: what it says stays as it is.
    CsvLine& copied(std::string_view field);
    CsvLine& empty() { return field({}); }
    CsvLine& values(std::span<const CsvColumn> columns);

    /// The line with its line feed.
    std::string str() const { return m_line + '\n'; }

private:
    CsvLine& field(std::string_view encoded);

    std::string m_line;
    bool m_isFirst = true;
};

/// The line of the columns' names, each a word of ours, separated by commas in `names`, and those of `more`.
std::string csvHeader(std::string_view names, std::span<const CsvColumn> more = {});

} // namespace ocellus
