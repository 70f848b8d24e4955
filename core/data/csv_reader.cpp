// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv_reader.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/data/class_rows.h"

namespace ocellus {

namespace {

constexpr std::array separators{',', ';', '\t'};

/// Takes the line off that tells Excel the separator, and gives that.
std::optional<char> declaredSeparator(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.starts_with('"') && line.ends_with('"') && line.size() > 1)
        line = line.substr(1, line.size() - 2);
    const bool declares = line.size() == 5 && (line.starts_with("sep=") || line.starts_with("SEP="));
    if (!declares || std::ranges::find(separators, line.back()) == separators.end())
        return std::nullopt;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line.back();
}

} // namespace

bool CsvReader::Record::isBlank() const
{
    return !damaged && std::ranges::all_of(fields, [](const std::string& field) { return trimmed(field).empty(); });
}

CsvReader::CsvReader(std::string_view text, char separator, std::size_t firstLine, Quotes quotes)
    : m_text(text),
      m_separator(separator),
      m_line(firstLine),
      m_quotes(quotes)
{
}

std::optional<CsvReader::Record> CsvReader::next()
{
    if (m_text.empty())
        return std::nullopt;
    Record record;
    record.line = m_line;
    const std::string ends = {m_separator, '\n'};
    while (true) {
        const bool quoted = m_quotes == Quotes::Enclose && m_text.starts_with('"');
        std::string field = quoted ? quotedField(record.damaged) : std::string();
        std::string_view plain = m_text.substr(0, m_text.find_first_of(ends));
        m_text.remove_prefix(plain.size());
        if (plain.ends_with('\r') && (m_text.empty() || m_text.front() == '\n'))
            plain.remove_suffix(1);
        record.damaged = record.damaged || (quoted && !plain.empty());
        record.fields.push_back(field + std::string(plain));
        const bool more = m_text.starts_with(m_separator);
        if (!m_text.empty())
            m_text.remove_prefix(1);
        if (!more)
            break;
    }
    ++m_line;
    return record;
}

std::string CsvReader::quotedField(bool& damaged)
{
    std::string field;
    m_text.remove_prefix(1);
    while (!m_text.empty()) {
        const char letter = m_text.front();
        m_text.remove_prefix(1);
        if (letter == '"') {
            if (!m_text.starts_with('"'))
                return field;
            m_text.remove_prefix(1);
        }
        m_line += letter == '\n';
        field += letter;
    }
    damaged = true;
    return field;
}

std::string CsvDialect::description() const
{
    if (separator == ',')
        return {};
    return separator == ';' ? "semicolons" : "tabs";
}

CsvDialect csvDialect(std::string_view text, const std::function<int(const std::vector<std::string>&)>& fits)
{
    CsvDialect dialect;
    if (const std::optional<char> declared = declaredSeparator(text))
        return {*declared, 2, text};
    dialect.text = text;
    int best = 0;
    for (const char separator : separators) {
        const auto header = CsvReader(text, separator).next();
        const int liking = header && !header->damaged ? fits(header->fields) : 0;
        if (liking > best) {
            best = liking;
            dialect.separator = separator;
        }
    }
    return dialect;
}

std::string headingKey(std::string_view heading)
{
    std::string key;
    for (const char letter : trimmed(heading))
        key +=
            letter == '_' || letter == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return key;
}

} // namespace ocellus
