// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv.h"

#include <utility>

namespace ocellus {

std::string csvField(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string field = "\"";
    for (const char letter : text) {
        if (letter == '"')
            field += '"';
        field += letter;
    }
    return field + '"';
}

std::string withColumns(std::string_view table, const std::vector<CsvColumn>& columns)
{
    std::string names, values;
    for (const CsvColumn& column : columns) {
        names += ',' + csvField(column.name);
        values += ',' + csvField(column.value);
    }
    std::string wider;
    bool quoted = false; // a line feed within a field ends no line
    bool isFirst = true;
    for (const char letter : table) {
        if (letter == '"')
            quoted = !quoted;
        if (letter == '\n' && !quoted)
            wider += std::exchange(isFirst, false) ? names : values;
        wider += letter;
    }
    return wider;
}

} // namespace ocellus
