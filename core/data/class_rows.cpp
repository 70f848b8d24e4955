// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_rows.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/data/name_text.h"

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

void requireName(const std::string& source, const ClassRow& row, bool numbersAllowed)
{
    const auto isControl = [](char letter) { return static_cast<unsigned char>(letter) < ' ' || letter == '\x7F'; };
    if (row.name.empty())
        throwBadTable(source, row.place + ": expected a name, got nothing");
    if (std::max(row.name.size(), row.latin.size()) > maxNameBytes)
        throwBadTable(source, row.place + ": expected a name of at most " + std::to_string(maxNameBytes) + " bytes");
    if (std::any_of(row.name.begin(), row.name.end(), isControl) ||
        std::any_of(row.latin.begin(), row.latin.end(), isControl))
        throwBadTable(source, row.place + ": expected a name, got control characters");
    if (!numbersAllowed && areNumbers({row.name}))
        throwBadTable(source, row.place + ": expected a name, got only the number " + row.name);
}

/// Refuses two classes of one name. Species may share a common name; then the Latin ones tell them apart.
class DistinctNames {
public:
    explicit DistinctNames(const std::string& source) : m_source(source) {}

    /// `written` is the name before it was brought to its normal form.
    void add(const ClassRow& row, const std::string& written)
    {
        const std::pair key(caseFolded(row.name), caseFolded(row.latin));
        const auto [known, isNew] = m_known.emplace(key, Known{row.place, row.name, written});
        if (isNew)
            return;
        const Known& earlier = known->second;
        if (earlier.name != row.name)
            throwBadTable(m_source, row.place + ": \"" + row.name + "\" differs from \"" + earlier.name + "\" in " +
                                        earlier.place + " in upper and lower case only");
        const bool onlySpelling = written != earlier.written && normalised(written) == normalised(earlier.written);
        throwBadTable(m_source, row.place + ": \"" + row.name + "\" was given before, in " + earlier.place +
                                    (onlySpelling ? ", with other bytes for the same letters (Unicode's forms C and D) "
                                                    "or blanks at an end"
                                                  : ""));
    }

private:
    struct Known {
        std::string place, name, written;
    };

    const std::string& m_source;
    std::map<std::pair<std::string, std::string>, Known> m_known;
};

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

ClassTable tableFromRows(const std::string& source, std::vector<ClassRow> rows, Numbers numbers)
{
    if (rows.empty())
        throwBadTable(source, "expected classes, got none");
    if (rows.size() > maxClasses)
        throw Error(ErrorCode::TooLarge, source,
                    "expected at most " + std::to_string(maxClasses) + " classes, got " + std::to_string(rows.size()));
    ClassTable table;
    table.source = source;
    table.isIndexed = rows.front().index.has_value();
    if (table.isIndexed) {
        table.base = baseOf(source, rows);
        sortByIndex(source, rows, table.base);
    }
    // One number among names is a stray folder or a line that slipped.
    const bool numbersAllowed = numbers == Numbers::AreNames &&
                                std::ranges::all_of(rows, [](const ClassRow& row) { return areNumbers({row.name}); });
    DistinctNames distinct(source);
    for (ClassRow& row : rows) {
        const std::string written = row.name;
        row.name = normalised(displayName(row.name));
        row.latin = normalised(displayName(row.latin));
        requireName(source, row, numbersAllowed);
        distinct.add(row, written);
        table.entries.push_back({std::move(row.name), std::move(row.latin)});
    }
    return table;
}

} // namespace ocellus
