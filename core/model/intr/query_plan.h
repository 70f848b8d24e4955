// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/engine/query_set.h"
#include "core/model/intr/intr.h"

namespace ocellus {

/// Which queries are computed, and which of them answers for each class.
struct QueryPlan {
    Intr::Queries queries;
    std::vector<int> queryOfClass; ///< [C], -1: none
};

QueryPlan planQueries(const QuerySet& set, int classCount);

} // namespace ocellus
