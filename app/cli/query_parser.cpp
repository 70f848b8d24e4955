// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/query_parser.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/data/class_matching.h"
#include "core/data/name_text.h"

namespace ocellus {

namespace {

constexpr const char* queryOption = "--query";
constexpr std::string_view topPrefix = "top:";
constexpr std::size_t shownNames = 3;

[[noreturn]] void refuse(const std::string& option, const std::string& expected, std::string_view got)
{
    throw Error(ErrorCode::BadArgument, option, "expected " + expected + ", got \"" + std::string(got) + "\"");
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

std::optional<int> wholeNumber(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool isNumberLike(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+'; });
}

/// Splits at the commas outside double quotes.
std::vector<std::string_view> splitItems(const std::string& option, std::string_view text)
{
    std::vector<std::string_view> items;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            quoted = !quoted;
        if (text[i] == ',' && !quoted) {
            items.push_back(trimmed(text.substr(begin, i - begin)));
            begin = i + 1;
        }
    }
    if (quoted)
        refuse(option, "a closing quote", text);
    items.push_back(trimmed(text.substr(begin)));
    return items;
}

/// An index or a name; `expected` is told where there is neither.
QueryTerm parseClass(const std::string& option, std::string_view item, const std::string& expected)
{
    using Kind = QueryTerm::Kind;
    if (item.empty())
        refuse(option, expected, item);
    if (item.front() == '"') {
        const std::string_view name = item.substr(1, item.size() - 2);
        if (item.size() < 3 || item.back() != '"' || name.find('"') != std::string_view::npos)
            refuse(option, "a name between two quotes", item);
        return {Kind::Name, 0, std::string(name)};
    }
    if (isNumberLike(item)) {
        const std::optional<int> index = wholeNumber(item);
        if (!index || *index < 0)
            refuse(option, "a class index from 0", item);
        return {Kind::Index, *index, {}};
    }
    return {Kind::Name, 0, std::string(item)};
}

QueryTerm parseTerm(std::string_view item)
{
    using Kind = QueryTerm::Kind;
    if (item == "all")
        return {Kind::All, 0, {}};
    if (item.starts_with(topPrefix)) {
        const std::optional<int> count = wholeNumber(item.substr(topPrefix.size()));
        if (!count || *count < 1)
            refuse(queryOption, "top:K with K from 1", item);
        return {Kind::Top, *count, {}};
    }
    return parseClass(queryOption, item, "top:K, all, class indices or names");
}

/// Levenshtein's distance.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

/// "Did you mean ...?" with the closest names, or empty where none is close.
std::string nearMatches(const std::string& name, const ClassTable& table)
{
    const std::string wanted = caseFolded(displayName(name)).substr(0, 200);
    std::vector<std::pair<std::size_t, std::string>> close;
    for (const ClassTable::Entry& entry : table.entries) {
        const std::string candidate = caseFolded(displayName(entry.name)).substr(0, 200);
        const std::size_t distance = candidate.find(wanted) != std::string::npos ? 1 : editDistance(wanted, candidate);
        if (distance <= std::max<std::size_t>(2, wanted.size() / 3))
            close.emplace_back(distance, entry.name);
    }
    std::stable_sort(close.begin(), close.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string list;
    for (std::size_t i = 0; i < std::min(close.size(), shownNames); ++i)
        list += (list.empty() ? "\"" : ", \"") + close[i].second + "\"";
    return list.empty() ? list : "Close to it: " + list;
}

void requireMap(int classIndex, int classes, const QuerySet& set)
{
    const std::string got = std::to_string(classIndex);
    if (classIndex >= classes)
        refuse(queryOption, "class indices from 0 to " + std::to_string(classes - 1), got);
    const bool active = std::find(set.active.begin(), set.active.end(), classIndex) != set.active.end();
    if (set.mode == LimitMode::Drop && !active)
        throw Error(ErrorCode::BadArgument, queryOption,
                    "expected active classes only, because --mode drop leaves no map of the others, got class " + got,
                    "Add it to --active, or use --mode zero");
}

} // namespace

std::vector<QueryTerm> parseQuery(std::string_view text)
{
    std::vector<QueryTerm> terms;
    for (const std::string_view item : splitItems(queryOption, text))
        terms.push_back(parseTerm(item));
    return terms;
}

std::vector<QueryTerm> parseClasses(const std::string& option, std::string_view text)
{
    std::vector<QueryTerm> terms;
    for (const std::string_view item : splitItems(option, text))
        terms.push_back(
            parseClass(option, item, "class indices from 0 or names with commas between them, like 3,17,40"));
    return terms;
}

int classOfTerm(const std::string& option, const QueryTerm& term, const ClassTable& table)
{
    if (term.kind == QueryTerm::Kind::Index)
        return term.number;
    const std::vector<int> meant = ClassFinder(table).meant(term.name);
    if (meant.empty())
        throw Error(ErrorCode::BadArgument, option,
                    "expected a name of the class table (" + table.source + "), got \"" + term.name + "\"",
                    nearMatches(term.name, table));
    if (meant.size() > 1)
        throw Error(ErrorCode::BadArgument, option,
                    "expected a name that only one class has, got \"" + term.name + "\"",
                    "Give its index: " + listOfClasses(meant, table));
    return meant.front();
}

std::vector<QueryTerm> resolve(std::vector<QueryTerm> terms, const ClassTable& table, const QuerySet& set)
{
    for (QueryTerm& term : terms) {
        if (term.kind == QueryTerm::Kind::Name)
            term = {QueryTerm::Kind::Index, classOfTerm(queryOption, term, table), {}};
        if (term.kind == QueryTerm::Kind::Index)
            requireMap(term.number, table.count(), set);
    }
    return terms;
}

QueryClasses queryClasses(const std::vector<QueryTerm>& terms, const Decoding& decoding)
{
    QueryClasses result;
    std::vector<char> asked(static_cast<std::size_t>(decoding.extent().classes), false);
    std::vector<char> drawn(asked);
    const auto addOnce = [](std::vector<int>& list, std::vector<char>& taken, int classIndex) {
        if (!std::exchange(taken[static_cast<std::size_t>(classIndex)], true))
            list.push_back(classIndex);
    };
    const auto take = [&](int classIndex) { addOnce(result.classes, asked, classIndex); };
    const auto takeWithFigure = [&](int classIndex) {
        take(classIndex);
        addOnce(result.figures, drawn, classIndex);
    };
    const std::vector<int>& known = decoding.classes();
    const auto ranked = [&](std::size_t rank) { return known[static_cast<std::size_t>(decoding.ranking()[rank])]; };

    for (const QueryTerm& term : terms) {
        if (term.kind == QueryTerm::Kind::All)
            std::for_each(known.begin(), known.end(), take);
        else if (term.kind == QueryTerm::Kind::Index)
            takeWithFigure(term.number);
        else
            for (std::size_t rank = 0; rank < std::min(known.size(), static_cast<std::size_t>(term.number)) &&
                                       decoding.isActive(ranked(rank));
                 ++rank)
                takeWithFigure(ranked(rank));
    }
    if (result.figures.empty())
        result.figures.push_back(ranked(0));
    return result;
}

} // namespace ocellus
