// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/io/csv.h"
#include "ui/figures/explanation.h"

namespace ocellus {

/// What numbers in a table belong to: model, sha256 (its first 12 digits), limit, edits, intervention and notices;
/// empty where there is none. Of maps of a source also source, source_made_with and unit.
std::vector<CsvColumn> provenanceOf(const Explanation& explanation);

/// The same after picture, shown_class and layer (from 1).
std::vector<CsvColumn> provenanceOfClass(const Explanation& explanation);

} // namespace ocellus
