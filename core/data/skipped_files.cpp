// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/skipped_files.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ocellus {

namespace {

constexpr std::size_t mostKept = 1000;
constexpr std::size_t mostShown = 5;

std::string shown(const SkippedFiles::Group& group)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(group.names.size(), mostShown); ++i)
        text += (i == 0 ? "" : ", ") + group.names[i];
    return group.count > mostShown ? text + ", ..." : text;
}

} // namespace

void SkippedFiles::add(const std::string& reason, const std::string& name)
{
    Group& group = m_groups[reason];
    ++group.count;
    if (group.names.size() < mostKept)
        group.names.push_back(name);
}

void SkippedFiles::add(const SkippedFiles& others, const std::string& prefix)
{
    for (const auto& [reason, group] : others.m_groups) {
        Group& own = m_groups[reason];
        own.count += group.count;
        for (auto name = group.names.begin(); name != group.names.end() && own.names.size() < mostKept; ++name)
            own.names.push_back(prefix + *name);
    }
}

std::size_t SkippedFiles::count() const
{
    std::size_t all = 0;
    for (const auto& [reason, group] : m_groups)
        all += group.count;
    return all;
}

std::string SkippedFiles::sentence() const
{
    std::string reasons;
    for (const auto& [reason, group] : m_groups)
        reasons +=
            (reasons.empty() ? "" : "; ") + std::to_string(group.count) + " " + reason + " (" + shown(group) + ")";
    if (empty())
        return {};
    return (count() == 1 ? "1 file or folder" : std::to_string(count()) + " files or folders") +
           " left out: " + reasons;
}

nlohmann::ordered_json jsonOf(const SkippedFiles& skipped)
{
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [reason, group] : skipped.groups())
        object[reason] = {{"count", group.count}, {"names", group.names}};
    return object;
}

} // namespace ocellus
