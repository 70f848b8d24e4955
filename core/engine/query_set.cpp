// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/query_set.h"

#include <numeric>
#include <string>

#include "core/base/error.h"

namespace ocellus {

std::string_view toString(LimitMode mode)
{
    switch (mode) {
    case LimitMode::All: return "all";
    case LimitMode::Zero: return "zero";
    case LimitMode::Drop: return "drop";
    }
    return "unknown";
}

void validate(const QuerySet& set, int classes)
{
    const std::string subject = "active classes";
    if (set.mode == LimitMode::All) {
        if (!set.active.empty())
            throw Error(ErrorCode::BadArgument, subject,
                        "mode all takes no active classes, got " + std::to_string(set.active.size()));
        return;
    }
    if (set.active.empty())
        throw Error(ErrorCode::BadArgument, subject,
                    "mode " + std::string(toString(set.mode)) + " expects at least one active class, got none");
    std::vector<bool> seen(static_cast<std::size_t>(classes));
    for (const int index : set.active) {
        if (index < 0 || index >= classes)
            throw Error(ErrorCode::BadArgument, subject,
                        "expected indices from 0 to " + std::to_string(classes - 1) + ", got " + std::to_string(index));
        if (seen[static_cast<std::size_t>(index)])
            throw Error(ErrorCode::BadArgument, subject, "class " + std::to_string(index) + " is given twice");
        seen[static_cast<std::size_t>(index)] = true;
    }
}

std::vector<int> allClasses(int count)
{
    std::vector<int> classes(static_cast<std::size_t>(count));
    std::iota(classes.begin(), classes.end(), 0);
    return classes;
}

} // namespace ocellus
