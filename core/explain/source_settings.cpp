// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/source_settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"

namespace ocellus {

namespace {

std::optional<double> numberOf(const std::string& text)
{
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc() || rest != end || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

bool isClassList(const std::string& value)
{
    return value.empty() || std::ranges::all_of(split(value, '+'), [](const std::string& part) {
               const std::optional<double> number = numberOf(part);
               return number && *number >= 0 && *number == std::floor(*number) && *number <= 1e6;
           });
}

std::string taken(const SourceOption& option)
{
    const auto range = [&] {
        return numberText(static_cast<float>(option.low)) + " to " + numberText(static_cast<float>(option.high));
    };
    switch (option.kind) {
    case SourceOption::Kind::Flag: return "yes or no";
    case SourceOption::Kind::Whole: return "a whole number from " + range();
    case SourceOption::Kind::Real: return "a number from " + range();
    case SourceOption::Kind::Classes: return "class indices, as 3+17";
    case SourceOption::Kind::Text: return "a name";
    case SourceOption::Kind::Choice: break;
    }
    std::string names = "one of ";
    for (const std::string& choice : option.choices)
        names += (names.size() > 7 ? ", " : "") + choice;
    return names;
}

bool takes(const SourceOption& option, const std::string& value)
{
    switch (option.kind) {
    case SourceOption::Kind::Flag: return value == "yes" || value == "no";
    case SourceOption::Kind::Whole:
    case SourceOption::Kind::Real: {
        const std::optional<double> number = numberOf(value);
        return number && *number >= option.low && *number <= option.high &&
               (option.kind == SourceOption::Kind::Real || *number == std::floor(*number));
    }
    case SourceOption::Kind::Classes: return isClassList(value);
    case SourceOption::Kind::Text: return !value.empty();
    case SourceOption::Kind::Choice: break;
    }
    return std::ranges::find(option.choices, value) != option.choices.end();
}

} // namespace

SourceSettings::SourceSettings(std::vector<SourceOption> options) : m_options(std::move(options))
{
    for (const SourceOption& option : m_options)
        m_values.emplace(option.key, option.standard);
}

const SourceOption& SourceSettings::option(std::string_view key) const
{
    const auto found = std::ranges::find(m_options, key, &SourceOption::key);
    if (found != m_options.end())
        return *found;
    std::string names;
    for (const SourceOption& option : m_options)
        names += (names.empty() ? "" : ", ") + option.key;
    throw Error(ErrorCode::BadArgument, std::string(key),
                names.empty() ? "this source has no options" : "expected one of the options " + names);
}

void SourceSettings::set(const std::string& key, const std::string& value)
{
    const SourceOption& known = option(key);
    if (!takes(known, value))
        throw Error(ErrorCode::BadArgument, key, "expected " + taken(known) + ", got " + oneLine(value));
    m_values[key] = value;
}

bool SourceSettings::flag(std::string_view key) const
{
    return text(key) == "yes";
}

int SourceSettings::whole(std::string_view key) const
{
    return static_cast<int>(real(key));
}

double SourceSettings::real(std::string_view key) const
{
    return numberOf(text(key)).value_or(0);
}

const std::string& SourceSettings::text(std::string_view key) const
{
    return m_values.find(option(key).key)->second;
}

std::vector<int> SourceSettings::classes(std::string_view key) const
{
    std::vector<int> indices;
    const std::string& value = text(key);
    if (!value.empty())
        for (const std::string& part : split(value, '+'))
            indices.push_back(static_cast<int>(numberOf(part).value_or(0)));
    return indices;
}

std::string SourceSettings::summary() const
{
    std::string all;
    for (const auto& [key, value] : m_values)
        all += (all.empty() ? "" : " ") + key + "=" + value;
    return all;
}

std::string toString(const SourceText& source)
{
    std::string text = source.source;
    for (const auto& [key, value] : source.options)
        text += ":" + key + "=" + value;
    return text;
}

SourceText parseSource(std::string_view text)
{
    const std::vector<std::string> parts = split(text, ':');
    SourceText source{parts.front(), {}};
    if (source.source.empty())
        throw Error(ErrorCode::BadArgument, "source", "expected a source's name, got nothing");
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const std::size_t equals = parts[i].find('=');
        if (equals == std::string::npos || equals == 0)
            throw Error(ErrorCode::BadArgument, source.source,
                        "expected options as key=value, got " + oneLine(parts[i]));
        if (!source.options.emplace(parts[i].substr(0, equals), parts[i].substr(equals + 1)).second)
            throw Error(ErrorCode::BadArgument, source.source,
                        "expected each option once, got " + parts[i].substr(0, equals) + " twice");
    }
    return source;
}

} // namespace ocellus
