// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_rows.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::size_t maxClasses = 100'000;
constexpr std::size_t maxNameBytes = 1000;

/// 0 or 1: the number that the smallest index is.
int baseOf(const std::string& source, const std::vector<ClassRow>& rows)
{
    const auto smallest = std::min_element(rows.begin(), rows.end(),
                                           [](const ClassRow& a, const ClassRow& b) { return a.index < b.index; });
    const std::int64_t base = *smallest->index;
    if (base != 0 && base != 1)
        throwBadTable(source, smallest->place + ": expected indices from 0 or from 1, got " + std::to_string(base) +
                                  " as the smallest");
    return static_cast<int>(base);
}

void sortByIndex(const std::string& source, std::vector<ClassRow>& rows, int base)
{
    std::stable_sort(rows.begin(), rows.end(), [](const ClassRow& a, const ClassRow& b) { return a.index < b.index; });
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::int64_t expected = base + static_cast<std::int64_t>(i);
        if (rows[i].index == expected)
            continue;
        if (i > 0 && rows[i].index == rows[i - 1].index)
            throwBadTable(source, rows[i].place + ": index " + std::to_string(*rows[i].index) +
                                      " was given before, in " + rows[i - 1].place);
        throwBadTable(source, rows[i].place + ": expected " + std::to_string(rows.size()) + " indices without a gap, " +
                                  "got " + std::to_string(*rows[i].index) + " where " + std::to_string(expected) +
                                  " is missing");
    }
}

void requireName(const std::string& source, const ClassRow& row)
{
    const auto isControl = [](char letter) { return static_cast<unsigned char>(letter) < ' ' || letter == '\x7F'; };
    if (row.name.empty())
        throwBadTable(source, row.place + ": expected a name, got nothing");
    if (std::max(row.name.size(), row.latin.size()) > maxNameBytes)
        throwBadTable(source, row.place + ": expected a name of at most " + std::to_string(maxNameBytes) + " bytes");
    if (std::any_of(row.name.begin(), row.name.end(), isControl) ||
        std::any_of(row.latin.begin(), row.latin.end(), isControl))
        throwBadTable(source, row.place + ": expected a name, got control characters");
    if (std::all_of(row.name.begin(), row.name.end(), [](char letter) { return letter >= '0' && letter <= '9'; }))
        throwBadTable(source, row.place + ": expected a name, got only the number " + row.name);
}

} // namespace

void throwBadTable(const std::string& source, const std::string& detail)
{
    throw Error(ErrorCode::Damaged, source, detail,
                "Write one class name a line in the model's order, or a CSV with the columns index, name and latin.");
}

std::optional<std::int64_t> parseIndex(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = failure == std::errc() && end == text.data() + text.size() && text.front() != '-';
    return isNumber && value < 1'000'000'000 ? std::optional(value) : std::nullopt;
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

ClassTable tableFromRows(const std::string& source, std::vector<ClassRow> rows)
{
    if (rows.empty())
        throwBadTable(source, "expected classes, got none");
    if (rows.size() > maxClasses)
        throw Error(ErrorCode::TooLarge, source,
                    "expected at most " + std::to_string(maxClasses) + " classes, got " + std::to_string(rows.size()));
    ClassTable table;
    table.source = source;
    if (rows.front().index) {
        table.base = baseOf(source, rows);
        sortByIndex(source, rows, table.base);
    }
    // Species may share a common name; then the Latin ones tell them apart.
    std::map<std::pair<std::string, std::string>, std::string> placeOfName;
    for (ClassRow& row : rows) {
        row.name = displayName(std::string(trimmed(row.name)));
        row.latin = displayName(std::string(trimmed(row.latin)));
        requireName(source, row);
        const auto [known, isNew] = placeOfName.emplace(std::pair(row.name, row.latin), row.place);
        if (!isNew)
            throwBadTable(source, row.place + ": \"" + row.name + "\" was given before, in " + known->second);
        table.entries.push_back({std::move(row.name), std::move(row.latin)});
    }
    return table;
}

} // namespace ocellus
