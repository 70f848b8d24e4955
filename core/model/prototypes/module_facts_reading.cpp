// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/module_facts_reading.h"

#include <cstdint>
#include <limits>

#include <nlohmann/json.hpp>

namespace ocellus {

namespace {

std::optional<int> wholeNumber(const nlohmann::json& value)
{
    if (!value.is_number_integer())
        return std::nullopt;
    const auto number = value.get<std::int64_t>();
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    return number >= -most && number <= most ? std::optional(static_cast<int>(number)) : std::nullopt;
}

const nlohmann::json* fieldOf(const nlohmann::json& object, const std::string& name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() ? &*found : nullptr;
}

} // namespace

bool ModuleFactsReading::isThere() const
{
    return m_facts && m_facts->is_object();
}

std::optional<std::string> ModuleFactsReading::text(const std::string& name) const
{
    const nlohmann::json* value = at("attributes", name);
    return value && value->is_string() ? std::optional(value->get<std::string>()) : std::nullopt;
}

std::optional<double> ModuleFactsReading::number(const std::string& name) const
{
    const nlohmann::json* value = at("attributes", name);
    return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

std::optional<int> ModuleFactsReading::lastOf(const std::string& name) const
{
    const nlohmann::json* value = at("attributes", name);
    return value && value->is_array() && !value->empty() ? wholeNumber(value->back()) : std::nullopt;
}

std::optional<std::string> ModuleFactsReading::object(const std::string& name) const
{
    const nlohmann::json* value = at("objects", name);
    return value && value->is_string() ? std::optional(value->get<std::string>()) : std::nullopt;
}

bool ModuleFactsReading::hasModule(const std::string& path) const
{
    return at("modules", path) != nullptr;
}

std::optional<int> ModuleFactsReading::moduleNumber(const std::string& path, const std::string& name) const
{
    const nlohmann::json* module = at("modules", path);
    const nlohmann::json* value = module ? fieldOf(*module, name) : nullptr;
    return value ? wholeNumber(*value) : std::nullopt;
}

bool ModuleFactsReading::moduleFlag(const std::string& path, const std::string& name) const
{
    const nlohmann::json* module = at("modules", path);
    const nlohmann::json* value = module ? fieldOf(*module, name) : nullptr;
    return value && value->is_boolean() && value->get<bool>();
}

std::map<int, int> ModuleFactsReading::tableNumbers(const std::string& table, const std::string& name) const
{
    std::map<int, int> numbers;
    const nlohmann::json* rows = at("tables", table);
    if (!rows)
        return numbers;
    for (const nlohmann::json& row : *rows) { // [{the key's attributes}, value]
        if (!row.is_array() || row.size() != 2)
            continue;
        const nlohmann::json* field = fieldOf(row.at(0), name);
        const std::optional<int> key = field ? wholeNumber(*field) : std::nullopt;
        const std::optional<int> value = wholeNumber(row.at(1));
        if (key && value)
            numbers.emplace(*key, *value);
    }
    return numbers;
}

const nlohmann::json* ModuleFactsReading::at(const std::string& part, const std::string& key) const
{
    const nlohmann::json* found = isThere() ? fieldOf(*m_facts, part) : nullptr;
    return found ? fieldOf(*found, key) : nullptr;
}

} // namespace ocellus
