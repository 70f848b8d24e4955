// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// One field of a CSV line (RFC 4180): in quotation marks, with those inside doubled, where it holds a comma, a
/// quotation mark or a line break.
std::string csvField(std::string_view text);

/// A column that has the same value on every line: what the table belongs to.
struct CsvColumn {
    std::string name;
    std::string value;
};

/// The table, whose first line has its columns' names and whose lines end in line feeds, with more columns at the end.
std::string withColumns(std::string_view table, const std::vector<CsvColumn>& columns);

} // namespace ocellus
