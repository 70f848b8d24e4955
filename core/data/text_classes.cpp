// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "core/data/class_rows.h"

namespace ocellus {

namespace {

struct Line {
    std::string place;
    std::string_view text;
};

/// Every line without its end; blank ones may stand at the end only, where they cannot mean a class.
std::vector<Line> linesOf(const std::string& source, std::string_view text)
{
    std::vector<Line> lines;
    std::string blank;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        line = trimmed(line);
        const std::string place = "line " + std::to_string(number);
        if (line.empty()) {
            blank = blank.empty() ? place : blank;
            continue;
        }
        if (!blank.empty())
            throwBadTable(source, blank + ": expected a name, got an empty line");
        lines.push_back({place, line});
    }
    return lines;
}

/// The index that a line starts with, where a name follows it after a space or tab.
std::optional<std::int64_t> leadingIndex(std::string_view line)
{
    const std::size_t end = line.find_first_of(" \t");
    return end == std::string_view::npos ? std::nullopt : parseIndex(line.substr(0, end));
}

/// A number in a place or with a sign that could be an index, but is not how indices are written here.
bool hasOddIndex(std::string_view line)
{
    const std::size_t digits = line.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos)
        return false;
    const std::size_t sign = line.find_first_not_of(" \t", digits);
    return sign != std::string_view::npos && std::string_view(":,;=|").find(line[sign]) != std::string_view::npos;
}

/// "Robin 0", "Wren 1", ...: the names would come out in the order of the lines, whatever the numbers say.
bool endInIndices(const std::vector<Line>& lines)
{
    std::set<std::int64_t> indices;
    for (const Line& line : lines) {
        const std::size_t space = line.text.find_last_of(" \t");
        const auto index = space == std::string_view::npos ? std::nullopt : parseIndex(line.text.substr(space + 1));
        if (!index)
            return false;
        indices.insert(*index);
    }
    const auto count = static_cast<std::int64_t>(lines.size());
    return count > 1 && indices.size() == lines.size() && *indices.begin() <= 1 &&
           *indices.rbegin() == *indices.begin() + count - 1;
}

} // namespace

ClassRows rowsFromText(const std::string& source, std::string_view text)
{
    const std::vector<Line> lines = linesOf(source, text);
    const bool indexed = !lines.empty() && leadingIndex(lines.front().text).has_value();
    std::vector<ClassRow> rows;
    for (const Line& line : lines) {
        const std::optional<std::int64_t> index = leadingIndex(line.text);
        if (hasOddIndex(line.text))
            throwBadTable(source, line.place + ": expected \"name\" or \"index name\", got \"" +
                                      std::string(line.text.substr(0, 40)) + "\"");
        if (index.has_value() != indexed)
            throwBadTable(source, line.place + ": expected " +
                                      (indexed ? "an index and a name" : "a name without index") +
                                      " as in the lines before, got \"" + std::string(line.text.substr(0, 40)) + "\"");
        const std::string_view name = indexed ? line.text.substr(line.text.find_first_of(" \t")) : line.text;
        rows.push_back({line.place, index, std::string(trimmed(name)), {}});
    }
    if (!indexed && endInIndices(lines))
        throwBadTable(source, "expected \"index name\", got the indices behind the names");
    return {std::move(rows), indexed ? "indices before the names" : "classes in the order of the lines"};
}

} // namespace ocellus
