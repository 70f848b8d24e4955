// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/strict_json.h"

#include <cstdint>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/io/text.h"

namespace ocellus {

using nlohmann::json;

namespace {

std::string quoted(const char* text)
{
    return std::string("\"") + text + "\"";
}

std::string typeOf(const json& value)
{
    return std::string(", got a value of type ") + value.type_name();
}

} // namespace

StrictJson::StrictJson(std::string source) : m_source(std::move(source)) {}

json StrictJson::parsed(std::string_view text, int maxDepth, std::size_t maxValues) const
{
    std::size_t values = 0;
    const auto count = [&](int depth, json::parse_event_t event, json&) {
        if (depth > maxDepth)
            failTooLarge("expected values at most " + std::to_string(maxDepth) + " deep in each other");
        if (event != json::parse_event_t::object_end && event != json::parse_event_t::array_end && ++values > maxValues)
            failTooLarge("expected at most " + std::to_string(maxValues) + " values");
        return true;
    };
    try {
        return json::parse(text, count);
    } catch (const json::exception& error) {
        fail("expected JSON: " + excerpt(error.what()));
    }
}

void StrictJson::fail(const std::string& detail) const
{
    throw Error(ErrorCode::Damaged, m_source, m_place.empty() ? detail : m_place + ": " + detail);
}

void StrictJson::failTooLarge(const std::string& detail) const
{
    throw Error(ErrorCode::TooLarge, m_source, m_place.empty() ? detail : m_place + ": " + detail);
}

void StrictJson::requireKeys(const json& value, const char* what, std::initializer_list<const char*> keys,
                             std::initializer_list<const char*> optional) const
{
    if (!value.is_object())
        fail(std::string("expected an object as ") + what + typeOf(value));
    for (const char* key : keys)
        if (!value.contains(key))
            fail("expected " + quoted(key) + " in " + what + ", got none");
    std::size_t known = keys.size();
    for (const char* key : optional)
        known += value.contains(key) ? 1 : 0;
    if (value.size() != known)
        fail("expected " + std::to_string(known) + " keys in " + what + ", got " + std::to_string(value.size()));
}

void StrictJson::requireArray(const json& value, const char* what, std::size_t most) const
{
    if (!value.is_array())
        fail(std::string("expected a list as ") + what + typeOf(value));
    if (value.size() > most)
        failTooLarge("expected a list of at most " + std::to_string(most) + " as " + what + ", got " +
                     std::to_string(value.size()));
}

int StrictJson::integer(const json& value, const char* what, int least, int most) const
{
    const bool isWhole = value.is_number_integer();
    // Beyond what 64 bits with a sign hold, the number is beyond any limit too.
    const bool isHuge = value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{1} << 62;
    if (!isWhole || isHuge || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most)
        fail("expected a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " as " +
             quoted(what));
    return value.get<int>();
}

double StrictJson::number(const json& value, const char* what) const
{
    if (!value.is_number())
        fail("expected a number as " + quoted(what) + typeOf(value));
    return value.get<double>();
}

bool StrictJson::boolean(const json& value, const char* what) const
{
    if (!value.is_boolean())
        fail("expected true or false as " + quoted(what) + typeOf(value));
    return value.get<bool>();
}

const std::string& StrictJson::text(const json& value, const char* what, std::size_t mostBytes) const
{
    const std::string& result = text(value, what);
    if (result.size() > mostBytes)
        failTooLarge("expected at most " + std::to_string(mostBytes) + " bytes as " + quoted(what) + ", got " +
                     std::to_string(result.size()));
    return result;
}

const std::string& StrictJson::text(const json& value, const char* what) const
{
    if (!value.is_string())
        fail("expected a text as " + quoted(what) + typeOf(value));
    return value.get_ref<const std::string&>();
}

} // namespace ocellus
