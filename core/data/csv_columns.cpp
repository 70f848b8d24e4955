// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv_columns.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/error.h"
#include "core/data/class_rows.h"
#include "core/data/csv_reader.h"

namespace ocellus {

namespace {

constexpr std::uintmax_t maxFileBytes = 256 << 20;

using Places = std::vector<std::optional<std::size_t>>;

/// Of the fields with this heading; several where the file is ambiguous.
std::vector<std::size_t> placesOf(const std::vector<std::string>& header, const std::string& name)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < header.size(); ++i)
        if (headingKey(header[i]) == headingKey(name))
            places.push_back(i);
    return places;
}

std::vector<std::size_t> placesOf(const std::vector<std::string>& header, const WantedColumn& column)
{
    std::vector<std::size_t> places = placesOf(header, column.name);
    for (auto name = column.otherNames.begin(); places.empty() && name != column.otherNames.end(); ++name)
        places = placesOf(header, *name);
    return places;
}

Places placesOf(const std::filesystem::path& path, const CsvReader::Record& header,
                const std::vector<WantedColumn>& columns)
{
    Places result;
    for (const WantedColumn& column : columns) {
        const std::vector<std::size_t> places = placesOf(header.fields, column);
        if (places.size() > 1 || (places.empty() && !column.optional)) {
            std::string found;
            for (const std::string& field : header.fields)
                found += (found.empty() ? "" : ", ") + field;
            throwBadLine(path, header.line,
                         "expected a header with one column " + column.name + ", got \"" + found.substr(0, 200) + "\"");
        }
        result.push_back(places.empty() ? std::nullopt : std::optional(places.front()));
    }
    return result;
}

/// Spreadsheets end lines with the separators of columns that are empty.
void dropEmptyEnd(std::vector<std::string>& fields, std::size_t count)
{
    while (fields.size() > count && trimmed(fields.back()).empty())
        fields.pop_back();
}

CsvRow rowOf(const std::filesystem::path& path, CsvReader::Record record, std::size_t count, const Places& places)
{
    if (record.damaged)
        throwBadLine(path, record.line, "expected every quote to be closed at the end of its field");
    dropEmptyEnd(record.fields, count);
    if (record.fields.size() != count)
        throwBadLine(path, record.line,
                     "expected " + std::to_string(count) + " fields as in the header, got " +
                         std::to_string(record.fields.size()));
    CsvRow row{record.line, {}};
    std::ranges::transform(places, std::back_inserter(row.fields), [&](std::optional<std::size_t> place) {
        return place ? std::string(trimmed(record.fields[*place])) : std::string();
    });
    return row;
}

CsvReader::Quotes quotesOf(const CsvDialect& dialect)
{
    const auto header = CsvReader(dialect.text, dialect.separator).next();
    const bool isGbif = dialect.separator == '\t' && header && !placesOf(header->fields, "gbifID").empty();
    return isGbif ? CsvReader::Quotes::AreText : CsvReader::Quotes::Enclose;
}

std::string joined(const std::string& first, const std::string& second)
{
    return first + (first.empty() || second.empty() ? "" : ", ") + second;
}

} // namespace

void throwBadLine(const std::filesystem::path& path, std::size_t line, const std::string& detail)
{
    throw Error(ErrorCode::Damaged, path.string(), "line " + std::to_string(line) + ": " + detail);
}

CsvColumns readCsvColumns(const std::filesystem::path& path, const std::string& what,
                          const std::vector<WantedColumn>& columns, TextEncodings encodings)
{
    const TextFile file = readTextFile(path, what, maxFileBytes, encodings);
    const CsvDialect dialect = csvDialect(file.text, [&columns](const std::vector<std::string>& header) {
        return static_cast<int>(std::ranges::count_if(
            columns, [&header](const WantedColumn& column) { return !placesOf(header, column).empty(); }));
    });
    CsvReader reader(dialect.text, dialect.separator, dialect.headerLine, quotesOf(dialect));
    CsvReader::Record header = reader.next().value_or(CsvReader::Record{1, {}, false});
    const Places places = placesOf(path, header, columns);
    CsvColumns result;
    result.separator = dialect.separator;
    result.dialect = joined(dialect.description(), file.encoding);
    std::ranges::transform(places, std::back_inserter(result.present),
                           [](std::optional<std::size_t> place) { return place.has_value(); });
    while (auto record = reader.next())
        if (!record->isBlank())
            result.rows.push_back(rowOf(path, std::move(*record), header.fields.size(), places));
    return result;
}

CsvPreview previewCsv(const std::filesystem::path& path, const std::string& what, std::size_t mostRows,
                      TextEncodings encodings)
{
    const TextFile file = readTextFile(path, what, maxFileBytes, encodings);
    const CsvDialect dialect = csvDialect(
        file.text, [](const std::vector<std::string>& header) { return static_cast<int>(header.size()) - 1; });
    CsvReader reader(dialect.text, dialect.separator, dialect.headerLine, quotesOf(dialect));
    CsvPreview preview;
    preview.headings = reader.next().value_or(CsvReader::Record{1, {}, false}).fields;
    dropEmptyEnd(preview.headings, 0);
    Places all;
    for (std::size_t i = 0; i < preview.headings.size(); ++i)
        all.emplace_back(i);
    while (preview.rows.size() < mostRows) {
        auto record = reader.next();
        if (!record)
            break;
        if (!record->isBlank())
            preview.rows.push_back(rowOf(path, std::move(*record), all.size(), all).fields);
    }
    return preview;
}

std::optional<double> CsvNumbers::read(const std::string& text)
{
    const std::size_t mark = text.find_first_of(".,");
    std::string plain = text;
    if (mark != std::string::npos) {
        if ((text[mark] == ',' && !m_commasAllowed) || (m_mark != '\0' && m_mark != text[mark]))
            return std::nullopt;
        m_mark = text[mark];
        plain[mark] = '.';
    }
    double value = 0;
    const char* first = plain.data() + (plain.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(first, plain.data() + plain.size(), value);
    if (error != std::errc() || end != plain.data() + plain.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

} // namespace ocellus
