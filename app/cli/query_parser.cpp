// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/query_parser.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <numeric>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/data/name_text.h"

namespace ocellus {

namespace {

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
std::vector<std::string_view> splitItems(std::string_view text)
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
        refuse("--query", "a closing quote", text);
    items.push_back(trimmed(text.substr(begin)));
    return items;
}

QueryTerm parseTerm(std::string_view item)
{
    using Kind = QueryTerm::Kind;
    if (item.empty())
        refuse("--query", "top:K, all, class indices or names", item);
    if (item.front() == '"') {
        const std::string_view name = item.substr(1, item.size() - 2);
        if (item.size() < 3 || item.back() != '"' || name.find('"') != std::string_view::npos)
            refuse("--query", "a name between two quotes", item);
        return {Kind::Name, 0, std::string(name)};
    }
    if (item == "all")
        return {Kind::All, 0, {}};
    if (item.starts_with(topPrefix)) {
        const std::optional<int> count = wholeNumber(item.substr(topPrefix.size()));
        if (!count || *count < 1)
            refuse("--query", "top:K with K from 1", item);
        return {Kind::Top, *count, {}};
    }
    if (isNumberLike(item)) {
        const std::optional<int> index = wholeNumber(item);
        if (!index || *index < 0)
            refuse("--query", "a class index from 0", item);
        return {Kind::Index, *index, {}};
    }
    return {Kind::Name, 0, std::string(item)};
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(c == '_' ? ' ' : std::tolower(c)); });
    return lower;
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
    const std::string wanted = lowerCase(name).substr(0, 200);
    std::vector<std::pair<std::size_t, std::string>> close;
    for (const ClassTable::Entry& entry : table.entries) {
        const std::string candidate = lowerCase(entry.name).substr(0, 200);
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

int indexOf(const std::string& name, const ClassTable& table)
{
    const std::string wanted = normalised(name); // as tables have their names
    std::vector<int> found;
    for (int i = 0; i < table.count(); ++i) {
        const ClassTable::Entry& entry = table.entries[static_cast<std::size_t>(i)];
        if (entry.name == wanted || entry.latin == wanted)
            found.push_back(i);
    }
    if (found.size() > 1)
        refuse("--query", "a name that only one class has", name);
    if (found.empty())
        throw Error(ErrorCode::BadArgument, "--query",
                    "expected a name of the class table (" + table.source + "), got \"" + name + "\"",
                    nearMatches(name, table));
    return found.front();
}

void requireMap(int classIndex, int classes, const QuerySet& set)
{
    const std::string got = std::to_string(classIndex);
    if (classIndex >= classes)
        refuse("--query", "class indices from 0 to " + std::to_string(classes - 1), got);
    const bool active = std::find(set.active.begin(), set.active.end(), classIndex) != set.active.end();
    if (set.mode == LimitMode::Drop && !active)
        throw Error(ErrorCode::BadArgument, "--query",
                    "expected active classes only, because --mode drop leaves no map of the others, got class " + got,
                    "Add it to --active, or use --mode zero");
}

} // namespace

std::vector<QueryTerm> parseQuery(std::string_view text)
{
    std::vector<QueryTerm> terms;
    for (const std::string_view item : splitItems(text))
        terms.push_back(parseTerm(item));
    return terms;
}

std::vector<int> parseIndices(const std::string& option, std::string_view text)
{
    std::vector<int> indices;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string_view item = trimmed(text.substr(begin, end - begin));
        const std::optional<int> index = wholeNumber(item);
        if (!index || *index < 0)
            refuse(option, "class indices from 0 with commas between them, like 3,17,40", text);
        indices.push_back(*index);
        begin = end + 1;
    }
    return indices;
}

std::vector<QueryTerm> resolve(std::vector<QueryTerm> terms, const ClassTable& table, const QuerySet& set)
{
    for (QueryTerm& term : terms) {
        if (term.kind == QueryTerm::Kind::Name)
            term = {QueryTerm::Kind::Index, indexOf(term.name, table), {}};
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
