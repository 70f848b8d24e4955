// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstddef>

#include "core/data/class_index_column.h"
#include "core/data/class_rows.h"
#include "core/data/csv_reader.h"

namespace ocellus {

namespace {

/// What a heading promises. A weak name or index is one only where there is no better.
enum class Role { Index, Name, WeakName, Latin, Other };

Role roleOf(std::string_view heading)
{
    static constexpr std::array<std::string_view, 6> names{"name",       "common",     "english",
                                                           "vernacular", "class name", "label name"};
    static constexpr std::array<std::string_view, 3> weakNames{"class", "label", "species"};
    static constexpr std::array<std::string_view, 3> latinNames{"latin", "scientific", "binomial"};
    const auto isOneOf = [](std::string_view word, const auto& words) {
        return std::ranges::find(words, word) != words.end();
    };
    std::string word = headingKey(heading);
    if (isIndexHeading(word))
        return Role::Index;
    if (isOneOf(word, names))
        return Role::Name;
    if (word.ends_with(" name"))
        word.resize(word.size() - std::string_view(" name").size());
    if (isOneOf(word, names))
        return Role::Name;
    if (isOneOf(word, latinNames))
        return Role::Latin;
    return isOneOf(word, weakNames) ? Role::WeakName : Role::Other;
}

/// Which field holds what.
struct Columns {
    std::optional<std::size_t> name;
    std::optional<std::size_t> latin;
    bool ambiguous = false; ///< two columns for the same thing

    explicit Columns(const std::vector<std::string>& header)
    {
        std::optional<std::size_t> weakName;
        for (std::size_t i = 0; i < header.size(); ++i) {
            const Role role = roleOf(header[i]);
            if (role == Role::Name)
                set(name, i);
            else if (role == Role::Latin)
                set(latin, i);
            else if (role == Role::WeakName && !weakName)
                weakName = i;
        }
        if (!name && !latin)
            name = weakName;
    }

    bool givesNames() const { return name || latin; }

private:
    void set(std::optional<std::size_t>& column, std::size_t place)
    {
        ambiguous = ambiguous || column;
        column = place;
    }
};

/// How much a header promises with a separator; 0 where it has no names or a single field.
int fitOf(const std::vector<std::string>& header)
{
    return header.size() > 1 && Columns(header).givesNames() ? static_cast<int>(header.size()) : 0;
}

/// The records below the header; blank ones may stand at the end only, where they cannot mean a class.
std::vector<CsvReader::Record> recordsOf(const std::string& source, CsvReader& reader, std::size_t columns)
{
    std::vector<CsvReader::Record> records;
    std::string blank;
    while (auto record = reader.next()) {
        const std::string place = "line " + std::to_string(record->line);
        if (record->isBlank()) {
            blank = blank.empty() ? place : blank;
            continue;
        }
        if (!blank.empty())
            throwBadTable(source, blank + ": expected a class, got an empty line");
        if (record->damaged)
            throwBadTable(source, place + ": expected every quote to be closed at the end of its field");
        if (record->fields.size() != columns)
            throwBadTable(source, place + ": expected " + std::to_string(columns) + " fields as in the header, got " +
                                      std::to_string(record->fields.size()));
        records.push_back(std::move(*record));
    }
    return records;
}

} // namespace

bool hasCsvHeader(std::string_view text)
{
    const CsvDialect dialect = csvDialect(text, fitOf);
    const auto header = CsvReader(dialect.text, dialect.separator).next();
    return header && !header->damaged && (dialect.headerLine > 1 || fitOf(header->fields) > 0);
}

ClassRows rowsFromCsv(const std::string& source, std::string_view text)
{
    const CsvDialect dialect = csvDialect(text, fitOf);
    CsvReader reader(dialect.text, dialect.separator, dialect.headerLine);
    const auto header = reader.next();
    const std::string firstLine = "line " + std::to_string(dialect.headerLine);
    if (!header || header->damaged || !Columns(header->fields).givesNames())
        throwBadTable(source,
                      firstLine + ": expected a header with a column name, common, english, latin or scientific");
    const Columns columns(header->fields);
    if (columns.ambiguous)
        throwBadTable(source, firstLine + ": expected one column each for index, name and latin, got two for the same");

    const std::size_t nameColumn = columns.name ? *columns.name : *columns.latin;
    const std::vector<CsvReader::Record> records = recordsOf(source, reader, header->fields.size());
    const IndexColumn index = findIndexColumn(source, header->fields, records, nameColumn);
    ClassRows result;
    result.reading = index.description;
    if (const std::string separators = dialect.description(); !separators.empty())
        result.reading += "; " + separators;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::vector<std::string>& fields = records[i].fields;
        const std::string place = "line " + std::to_string(records[i].line);
        const auto classIndex = index.values.empty() ? std::nullopt : std::optional(index.values[i]);
        result.rows.push_back({place, classIndex, fields[nameColumn], columns.latin ? fields[*columns.latin] : ""});
    }
    return result;
}

} // namespace ocellus
