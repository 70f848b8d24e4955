// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// Records of separated fields as in RFC 4180: quotes around a field, doubled inside one; line ends LF or CRLF.
class CsvReader {
public:
    struct Record {
        std::size_t line = 0; ///< on which it starts, from 1
        std::vector<std::string> fields;
        bool damaged = false; ///< a quote is missing, or text follows a closing one
    };

    CsvReader(std::string_view text, char separator);

    /// The next record, or nothing at the end. An empty line is a record of one empty field.
    std::optional<Record> next();

private:
    std::string quotedField(bool& damaged);

    std::string_view m_text;
    char m_separator;
    std::size_t m_line = 1;
};

} // namespace ocellus
