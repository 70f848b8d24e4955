// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/analysis/evaluation.h"

namespace ocellus {

/// Reads confused_pairs.csv as an evaluation writes it, for a model of `classes` classes.
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged (columns or numbers), Mismatch (a class that the model lacks).
std::vector<ConfusedPair> readConfusedPairs(const std::filesystem::path& path, int classes);

/// At most `count` classes that were taken for `classIndex` or it for them, most often first, equals in the order of
/// `pairs`.
std::vector<int> mostConfused(const std::vector<ConfusedPair>& pairs, int classIndex, int count);

} // namespace ocellus
