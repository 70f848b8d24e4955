// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv.h"

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

} // namespace ocellus
