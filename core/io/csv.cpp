// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv.h"

#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "core/io/text.h"

namespace ocellus {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

/// std::to_chars knows no locale.
template <class Number>
std::string shortest(Number value)
{
    std::array<char, 64> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return std::string(text.data(), error == std::errc() ? end : text.data());
}

bool looksLikeFormula(std::string_view text)
{
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

std::string quoted(std::string_view text)
{
    std::string field = "\"";
    for (const char letter : text) {
        if (letter == '"')
            field += '"';
        field += letter;
    }
    return field + '"';
}

} // namespace

CsvLine& CsvLine::field(std::string_view encoded)
{
    if (!std::exchange(m_isFirst, false))
        m_line += ',';
    m_line += encoded;
    return *this;
}

CsvLine& CsvLine::text(std::string_view text)
{
    std::string kept = validUtf8(text, replacement);
    for (std::size_t at = kept.find('\0'); at != std::string::npos; at = kept.find('\0', at))
        kept.replace(at, 1, replacement);
    if (looksLikeFormula(kept))
        kept.insert(kept.begin(), '\'');
    return copied(kept);
}

CsvLine& CsvLine::copied(std::string_view text)
{
    return text.find_first_of(",;\"\r\n") == std::string_view::npos ? field(text) : field(quoted(text));
}

CsvLine& CsvLine::number(float value)
{
    return field(shortest(value));
}

CsvLine& CsvLine::number(double value)
{
    return field(shortest(value));
}

CsvLine& CsvLine::values(std::span<const CsvColumn> columns)
{
    for (const CsvColumn& column : columns)
        text(column.value);
    return *this;
}

std::string csvHeader(std::string_view names, std::span<const CsvColumn> more)
{
    std::string header(names);
    for (const CsvColumn& column : more)
        header += ',' + column.name;
    return header + '\n';
}

} // namespace ocellus
