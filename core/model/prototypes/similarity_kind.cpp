// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/similarity_kind.h"

#include <algorithm>
#include <map>

namespace ocellus {

std::string_view toString(SimilarityKind kind)
{
    switch (kind) {
    case SimilarityKind::Log: return "log";
    case SimilarityKind::Linear: return "linear";
    case SimilarityKind::Exponential: return "exponential";
    }
    return "unknown";
}

int mostOfAClass(std::span<const int> classOf)
{
    std::map<int, int> counts;
    int most = 0;
    for (const int owner : classOf)
        if (owner >= 0)
            most = std::max(most, ++counts[owner]);
    return most;
}

} // namespace ocellus
