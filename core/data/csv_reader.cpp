// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv_reader.h"

namespace ocellus {

CsvReader::CsvReader(std::string_view text, char separator) : m_text(text), m_separator(separator) {}

std::optional<CsvReader::Record> CsvReader::next()
{
    if (m_text.empty())
        return std::nullopt;
    Record record;
    record.line = m_line;
    const std::string ends = {m_separator, '\n'};
    while (true) {
        const bool quoted = m_text.starts_with('"');
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

} // namespace ocellus
