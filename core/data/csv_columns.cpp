// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv_columns.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/data/csv_reader.h"
#include "core/data/text_file.h"

namespace ocellus {

namespace {

constexpr std::uintmax_t maxFileBytes = 256 << 20;

/// Where each column is in the header.
std::vector<std::size_t> placesOf(const std::filesystem::path& path, const std::vector<std::string>& header,
                                  const std::vector<std::string>& columns)
{
    std::vector<std::size_t> places;
    for (const std::string& column : columns) {
        const auto found = std::ranges::find(header, column);
        if (found == header.end() || std::ranges::count(header, column) > 1)
            throwBadLine(path, 1, "expected a header with one column " + column);
        places.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    return places;
}

} // namespace

void throwBadLine(const std::filesystem::path& path, std::size_t line, const std::string& detail)
{
    throw Error(ErrorCode::Damaged, path.string(), "line " + std::to_string(line) + ": " + detail);
}

std::vector<CsvRow> readCsvColumns(const std::filesystem::path& path, const std::string& what,
                                   const std::vector<std::string>& columns)
{
    const std::string text = readTextFile(path, what, maxFileBytes);
    CsvReader reader(text, ',');
    const auto header = reader.next().value_or(CsvReader::Record());
    const std::vector<std::size_t> places = placesOf(path, header.fields, columns);
    std::vector<CsvRow> rows;
    while (const auto record = reader.next()) {
        if (record->fields.size() == 1 && record->fields.front().empty() && !record->damaged)
            continue;
        if (record->damaged)
            throwBadLine(path, record->line, "expected every quote to be closed at the end of its field");
        if (record->fields.size() != header.fields.size())
            throwBadLine(path, record->line,
                         "expected " + std::to_string(header.fields.size()) + " fields as in the header, got " +
                             std::to_string(record->fields.size()));
        CsvRow row{record->line, {}};
        std::ranges::transform(places, std::back_inserter(row.fields),
                               [&](std::size_t place) { return record->fields[place]; });
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace ocellus
