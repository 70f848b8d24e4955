// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ui/figures/explanation.h"

namespace ocellus {

/// The shown class's maps: a line a cell with row, column, x and y of its centre in the picture, and the attention of
/// every head and of their mean (softmax weights, no multiples), and provenanceOfClass(). Throws Error(Unreadable).
void writeMapsCsv(const std::filesystem::path& path, const Explanation& explanation);

/// A line a class that has a logit, best first: rank, class, name, logit, probability, active (1 or 0), the picture and
/// provenanceOf(). `names` by class index. Throws Error(Unreadable).
void writeLogitsCsv(const std::filesystem::path& path, const Explanation& explanation,
                    const std::vector<std::string>& names);

} // namespace ocellus
