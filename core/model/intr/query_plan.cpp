// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr/query_plan.h"

#include <cstddef>

#include "core/model/torch_headers.h"

namespace ocellus {

QueryPlan planQueries(const QuerySet& set, int classCount)
{
    QueryPlan plan;
    plan.queryOfClass.assign(static_cast<std::size_t>(classCount), -1);
    Intr::Queries& queries = plan.queries;
    queries.classes = set.mode == LimitMode::All ? allClasses(classCount) : set.active;
    if (set.mode == LimitMode::Zero) {
        queries.zeros = classCount - static_cast<int>(set.active.size());
        plan.queryOfClass.assign(static_cast<std::size_t>(classCount), static_cast<int>(set.active.size()));
    }
    for (std::size_t query = 0; query < queries.classes.size(); ++query)
        plan.queryOfClass[static_cast<std::size_t>(queries.classes[query])] = static_cast<int>(query);
    for (const int classIndex : set.mode == LimitMode::Drop ? set.active : allClasses(classCount)) {
        queries.logits.classes.push_back(classIndex);
        queries.logits.rows.push_back(plan.queryOfClass[static_cast<std::size_t>(classIndex)]);
    }
    return plan;
}

} // namespace ocellus
