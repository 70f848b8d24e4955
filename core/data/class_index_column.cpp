// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_index_column.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/data/class_rows.h"

namespace ocellus {

namespace {

using Values = std::vector<std::int64_t>;

/// A column that holds a permutation of 0 to C - 1 or of 1 to C.
struct Candidate {
    std::size_t column = 0;
    std::string name; ///< "the column class_id", "the first column, which has no heading"
    Values values;
    std::int64_t base = 0;
    bool isPromised = false;  ///< by its heading
    bool isNameless = false;  ///< as pandas writes its own index
    bool isLineOrder = false; ///< counts the lines, and says nothing more

    /// The record of each class.
    std::vector<std::size_t> order() const
    {
        std::vector<std::size_t> records(values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            records[static_cast<std::size_t>(values[i] - base)] = i;
        return records;
    }
};

std::optional<std::int64_t> indexIn(std::string_view field)
{
    field = trimmed(field);
    // pandas writes whole numbers so where the column had once a gap.
    if (field.ends_with(".0"))
        field.remove_suffix(2);
    return field.empty() ? std::nullopt : parseIndex(field);
}

std::optional<Values> numbersIn(const std::vector<CsvReader::Record>& records, std::size_t column)
{
    Values values;
    for (const CsvReader::Record& record : records) {
        const auto value = indexIn(record.fields[column]);
        if (!value)
            return std::nullopt;
        values.push_back(*value);
    }
    return values;
}

bool isNameless(const std::string& heading)
{
    const std::string key = headingKey(heading);
    return key.empty() || key.starts_with("unnamed:");
}

std::string nameOf(const std::vector<std::string>& header, std::size_t column)
{
    if (trimmed(header[column]).empty())
        return "column " + std::to_string(column + 1) + ", which has no heading";
    return "the column " + std::string(trimmed(header[column]));
}

std::optional<Candidate> candidateOf(const std::vector<std::string>& header,
                                     const std::vector<CsvReader::Record>& records, std::size_t column)
{
    const std::optional<Values> values = numbersIn(records, column);
    if (!values || values->empty())
        return std::nullopt;
    Values sorted = *values;
    std::ranges::sort(sorted);
    if (sorted.front() > 1)
        return std::nullopt;
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (sorted[i] != sorted.front() + static_cast<std::int64_t>(i))
            return std::nullopt;
    return Candidate{column,
                     nameOf(header, column),
                     *values,
                     sorted.front(),
                     isIndexHeading(headingKey(header[column])),
                     isNameless(header[column]),
                     *values == sorted};
}

/// "the column rank makes class 0 "Wren", the order of the lines "Robin""
[[noreturn]] void refuseBoth(const std::string& source, const std::vector<CsvReader::Record>& records,
                             std::size_t nameColumn, const Candidate& first, const std::string& secondName,
                             const std::vector<std::size_t>& second)
{
    const std::vector<std::size_t> order = first.order();
    std::size_t classIndex = 0;
    while (order[classIndex] == second[classIndex])
        ++classIndex;
    const auto named = [&](std::size_t record) { return "\"" + records[record].fields[nameColumn] + "\""; };
    throwBadTable(source, "expected one reading, got two: class " + std::to_string(classIndex) + " is " +
                              named(order[classIndex]) + " by " + first.name + " and " + named(second[classIndex]) +
                              " by " + secondName + "; call the right column index, or remove the other");
}

/// Refuses an index that the heading promises and the values are not, in the words of tableFromRows where they are
/// numbers at all.
IndexColumn promised(const std::string& source, const std::vector<std::string>& header,
                     const std::vector<CsvReader::Record>& records, std::size_t column)
{
    IndexColumn index{{}, "index in " + nameOf(header, column)};
    for (const CsvReader::Record& record : records) {
        const auto value = indexIn(record.fields[column]);
        if (!value)
            throwBadTable(source, "line " + std::to_string(record.line) + ": expected an index, got \"" +
                                      record.fields[column].substr(0, 40) + "\"");
        index.values.push_back(*value);
    }
    return index;
}

} // namespace

bool isIndexHeading(std::string_view key)
{
    static constexpr std::array<std::string_view, 16> headings{
        "#",   "class id", "class idx", "class index", "class no", "class number", "classid", "id",
        "idx", "index",    "label id",  "label index", "no",       "nr",           "number",  "target"};
    return std::ranges::find(headings, key) != headings.end();
}

IndexColumn findIndexColumn(const std::string& source, const std::vector<std::string>& header,
                            const std::vector<CsvReader::Record>& records, std::size_t nameColumn)
{
    std::vector<Candidate> candidates;
    std::vector<std::size_t> promises;
    for (std::size_t column = 0; column < header.size(); ++column) {
        if (column == nameColumn)
            continue;
        if (isIndexHeading(headingKey(header[column])))
            promises.push_back(column);
        if (auto candidate = candidateOf(header, records, column))
            candidates.push_back(std::move(*candidate));
    }
    const auto kept = [&](auto&& isKept) { // the better kind alone, where there is one
        if (std::ranges::any_of(candidates, isKept))
            std::erase_if(candidates, [&](const Candidate& candidate) { return !isKept(candidate); });
    };
    // A broken index says more than line numbers; but taxa have numbers too, which are called id.
    const bool isPromiseKept = std::ranges::any_of(candidates, &Candidate::isPromised);
    const bool hasNameless = std::ranges::any_of(candidates, &Candidate::isNameless);
    if (!promises.empty() && !isPromiseKept && !(hasNameless && headingKey(header[promises.front()]) == "id"))
        return promised(source, header, records, promises.front());
    if (isPromiseKept) // line numbers beside a promised index are only that
        std::erase_if(candidates, [](const Candidate& other) {
            return !other.isPromised && (!other.isNameless || other.isLineOrder);
        });
    else
        kept([](const Candidate& candidate) { return candidate.isNameless; });
    if (candidates.empty())
        return {{}, "classes in the order of the lines"};

    const auto best = std::ranges::find_if(candidates, &Candidate::isPromised);
    const Candidate& chosen = best == candidates.end() ? candidates.front() : *best;
    for (const Candidate& other : candidates)
        if (other.order() != chosen.order())
            refuseBoth(source, records, nameColumn, chosen, other.name, other.order());
    const bool isTold = chosen.isPromised || chosen.isNameless;
    if (!isTold && !chosen.isLineOrder) {
        std::vector<std::size_t> lines(records.size());
        for (std::size_t i = 0; i < lines.size(); ++i)
            lines[i] = i;
        refuseBoth(source, records, nameColumn, chosen, "the order of the lines", lines);
    }
    if (!isTold)
        return {{}, "classes in the order of the lines"};
    return {chosen.values, "index in " + chosen.name};
}

} // namespace ocellus
