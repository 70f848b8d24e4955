// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

#include "core/data/class_rows.h"
#include "core/data/csv_reader.h"

namespace ocellus {

namespace {

constexpr std::array separators{',', ';', '\t'};

enum class Role { Index, Name, Latin, Other };

/// "Common_Name" and "common name" mean the same column as "common".
Role roleOf(std::string_view header)
{
    std::string word;
    for (const char letter : trimmed(header))
        word += letter == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    if (word.ends_with(" name"))
        word.resize(word.size() - std::string_view(" name").size());
    if (word == "index" || word == "id")
        return Role::Index;
    if (word == "name" || word == "common" || word == "english")
        return Role::Name;
    if (word == "latin" || word == "scientific")
        return Role::Latin;
    return Role::Other;
}

/// Which field holds what.
struct Columns {
    std::size_t count = 0;
    std::optional<std::size_t> index;
    std::optional<std::size_t> name;
    std::optional<std::size_t> latin;
    bool ambiguous = false; ///< two columns for the same thing

    explicit Columns(const std::vector<std::string>& header) : count(header.size())
    {
        for (std::size_t i = 0; i < count; ++i) {
            const Role role = roleOf(header[i]);
            if (role == Role::Other)
                continue;
            auto& column = role == Role::Index ? index : role == Role::Name ? name : latin;
            ambiguous = ambiguous || column;
            column = i;
        }
    }

    bool givesNames() const { return name || latin; }
};

/// The separator with which the first line becomes a header.
std::optional<char> separatorOf(std::string_view text)
{
    for (const char separator : separators) {
        const auto header = CsvReader(text, separator).next();
        if (header && !header->damaged && header->fields.size() > 1 && Columns(header->fields).givesNames())
            return separator;
    }
    return std::nullopt;
}

ClassRow rowOf(const std::string& source, const CsvReader::Record& record, const Columns& columns)
{
    ClassRow row{"line " + std::to_string(record.line), std::nullopt, {}, {}};
    if (record.damaged)
        throwBadTable(source, row.place + ": expected every quote to be closed at the end of its field");
    if (record.fields.size() != columns.count)
        throwBadTable(source, row.place + ": expected " + std::to_string(columns.count) +
                                  " fields as in the header, got " + std::to_string(record.fields.size()));
    if (columns.index) {
        const std::string_view text = trimmed(record.fields[*columns.index]);
        row.index = parseIndex(text);
        if (!row.index)
            throwBadTable(source, row.place + ": expected an index, got \"" + std::string(text.substr(0, 40)) + "\"");
    }
    row.name = record.fields[columns.name.value_or(columns.latin.value_or(0))];
    if (columns.latin)
        row.latin = record.fields[*columns.latin];
    return row;
}

} // namespace

bool hasCsvHeader(std::string_view text)
{
    return separatorOf(text).has_value();
}

std::vector<ClassRow> rowsFromCsv(const std::string& source, std::string_view text)
{
    // A header of one column needs no separator.
    CsvReader reader(text, separatorOf(text).value_or(separators.front()));
    const auto header = reader.next();
    if (!header || header->damaged || !Columns(header->fields).givesNames())
        throwBadTable(source, "line 1: expected a header with a column name, common, english, latin or scientific");
    const Columns columns(header->fields);
    if (columns.ambiguous)
        throwBadTable(source, "line 1: expected one column each for index, name and latin, got two for the same");

    std::vector<ClassRow> rows;
    std::string blank;
    while (const auto record = reader.next()) {
        const bool isBlank = std::all_of(record->fields.begin(), record->fields.end(),
                                         [](const std::string& field) { return trimmed(field).empty(); });
        if (isBlank) {
            blank = blank.empty() ? "line " + std::to_string(record->line) : blank;
            continue;
        }
        if (!blank.empty())
            throwBadTable(source, blank + ": expected a class, got an empty line");
        rows.push_back(rowOf(source, *record, columns));
    }
    return rows;
}

} // namespace ocellus
