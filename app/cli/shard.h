// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/output_plan.h"

namespace ocellus {

/// One of `count` shares into which a list of pictures is dealt out in turn, like cards.
struct Shard {
    int index = 1; ///< from 1
    int count = 1;

    bool operator==(const Shard&) const = default;
};

/// "3/8". Throws Error(BadArgument).
Shard parseShard(std::string_view text);

/// What the shard takes of the whole plan; empty where there are more shards than pictures.
std::vector<PlannedPicture> shareOf(const std::vector<PlannedPicture>& plan, const Shard& shard);

/// "summary.3-of-8.csv"
std::string summaryName(const Shard& shard);

/// The other way round; nothing for a name that is no shard's.
std::optional<Shard> shardOfSummary(std::string_view fileName);

} // namespace ocellus
