// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "core/data/class_rows.h"

namespace ocellus {

namespace {

using nlohmann::json;

constexpr std::size_t maxReason = 200; // the parser's message quotes what it read, however long

/// The parser keeps the last of two equal keys without a word; a class would be lost.
json parseWithoutDuplicates(const std::string& source, std::string_view text)
{
    std::set<std::string> keys;
    const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::key && !keys.insert(parsed.get<std::string>()).second)
            throwBadTable(source, "key \"" + parsed.get<std::string>() + "\" was given before");
        if (depth > 1)
            throwBadTable(source, "expected a JSON list of names or a map of index and name, got one inside another");
        return true;
    };
    try {
        return json::parse(text, watch);
    } catch (const json::exception& failure) {
        throwBadTable(source, "expected JSON: " + std::string(failure.what()).substr(0, maxReason));
    }
}

std::vector<ClassRow> rowsFromList(const std::string& source, const json& list)
{
    std::vector<ClassRow> rows;
    for (const json& item : list) {
        const std::string place = "entry " + std::to_string(rows.size() + 1);
        if (!item.is_string())
            throwBadTable(source, place + ": expected a name, got " + item.type_name());
        rows.push_back({place, std::nullopt, item.get<std::string>(), {}});
    }
    return rows;
}

/// {"0": "Robin"} or {"Robin": 0}
std::vector<ClassRow> rowsFromMap(const std::string& source, const json& map)
{
    const bool namesAreValues =
        std::all_of(map.begin(), map.end(), [](const json& value) { return value.is_string(); });
    std::vector<ClassRow> rows;
    for (const auto& [key, value] : map.items()) {
        const std::string place = "key \"" + key + "\"";
        std::optional<std::int64_t> index;
        if (namesAreValues)
            index = parseIndex(key);
        else if (value.is_number_unsigned() && value.get<std::uint64_t>() < 1'000'000'000)
            index = value.get<std::int64_t>();
        if (!index)
            throwBadTable(source, place + ": expected an index and a name, got " +
                                      (namesAreValues ? "two texts" : std::string("a ") + value.type_name()));
        rows.push_back({place, index, namesAreValues ? value.get<std::string>() : key, {}});
    }
    return rows;
}

} // namespace

ClassRows rowsFromJson(const std::string& source, std::string_view text)
{
    const json content = parseWithoutDuplicates(source, text);
    if (content.is_array())
        return {rowsFromList(source, content), "classes in the order of the list"};
    if (content.is_object())
        return {rowsFromMap(source, content), "indices in the map"};
    throwBadTable(source, std::string("expected a JSON list or map, got ") + content.type_name());
}

} // namespace ocellus
