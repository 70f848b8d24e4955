// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/explain/finding.h"

namespace ocellus {

/// What was found out about one of a class's maps, told small on its tile.
struct MapStanding {
    std::optional<EvidenceVerdict> verdict; ///< none: nobody tested it
    std::optional<float> importance;        ///< what the head's attending adds to the class's logit, or takes from it
    float importanceShare = 0;              ///< of the largest among the heads, -1 to 1

    bool operator==(const MapStanding&) const = default;
};

} // namespace ocellus
