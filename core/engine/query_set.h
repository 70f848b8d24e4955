// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace ocellus {

/// What the decoder does with the queries outside the active ones.
enum class LimitMode {
    All,  ///< no limit
    Zero, ///< the others become zero vectors (INTR, section 4.2)
    Drop  ///< the others leave the decoder
};

/// "all", "zero" or "drop".
std::string_view toString(LimitMode mode);

/// Which class queries take part. Filtering what is *shown* is no query set: it never reaches the model.
struct QuerySet {
    LimitMode mode = LimitMode::All;
    std::vector<int> active; ///< class indices from 0, in the user's order; empty with All

    bool operator==(const QuerySet&) const = default;
};

/// Throws Error(BadArgument): no active class, an index outside [0, classes), or one given twice.
void validate(const QuerySet& set, int classes);

std::vector<int> allClasses(int count); ///< 0 to count - 1

} // namespace ocellus
