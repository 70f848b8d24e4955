// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/explain/faithfulness_table.h"
#include "ui/figures/figure.h"

namespace ocellus {

/// Insertion and deletion of each source as a dot in its interval, its reverse hollow, and through all of them the
/// random orders and the middle first: no area stands without what a map that knows nothing has.
/// Throws Error(BadArgument) without a source.
Figure faithfulnessFigure(const std::vector<FaithfulnessSummary>& summaries);

} // namespace ocellus
