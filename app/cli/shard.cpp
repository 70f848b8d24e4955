// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/shard.h"

#include <charconv>

#include "core/base/error.h"

namespace ocellus {
namespace {

constexpr int mostShards = 1'000'000; // as many as a folder may hold pictures
constexpr std::string_view prefix = "summary.";
constexpr std::string_view between = "-of-";
constexpr std::string_view ending = ".csv";

/// `text` as "<index><separator><count>" with both numbers as we write them.
std::optional<Shard> shardFrom(std::string_view text, std::string_view separator)
{
    const std::size_t middle = text.find(separator);
    if (middle == std::string_view::npos)
        return std::nullopt;
    const auto number = [](std::string_view digits) {
        int value = 0;
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool whole = failure == std::errc() && end == digits.data() + digits.size();
        return whole && std::to_string(value) == digits ? value : 0;
    };
    const Shard shard{number(text.substr(0, middle)), number(text.substr(middle + separator.size()))};
    if (shard.index < 1 || shard.count < shard.index || shard.count > mostShards)
        return std::nullopt;
    return shard;
}

} // namespace

Shard parseShard(std::string_view text)
{
    if (const std::optional<Shard> shard = shardFrom(text, "/"))
        return *shard;
    throw Error(ErrorCode::BadArgument, "--shard",
                "expected I/N with I from 1 to N and N up to " + std::to_string(mostShards) + ", got \"" +
                    std::string(text) + "\"");
}

std::vector<PlannedPicture> shareOf(const std::vector<PlannedPicture>& plan, const Shard& shard)
{
    std::vector<PlannedPicture> share;
    for (auto i = static_cast<std::size_t>(shard.index - 1); i < plan.size();
         i += static_cast<std::size_t>(shard.count))
        share.push_back(plan[i]);
    return share;
}

std::string summaryName(const Shard& shard)
{
    return std::string(prefix) + std::to_string(shard.index) + std::string(between) + std::to_string(shard.count) +
           std::string(ending);
}

std::optional<Shard> shardOfSummary(std::string_view fileName)
{
    if (!fileName.starts_with(prefix) || !fileName.ends_with(ending) || fileName.size() < prefix.size() + ending.size())
        return std::nullopt;
    fileName.remove_prefix(prefix.size());
    fileName.remove_suffix(ending.size());
    return shardFrom(fileName, between);
}

} // namespace ocellus
