// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/dataset/dataset_state.h"
#include "core/dataset/near_duplicates.h"

namespace ocellus {

/// Draws validation and test pictures from those that take part: whole groups, in an order that the seed alone decides,
/// each while it brings the shares of its classes nearer to what is wanted. Every class with two groups or more has
/// one in val and one in train. Depends on nothing but the data set's order, classes, hashes and pairs: the same on
/// every machine. `alike` may be empty.
/// Throws Error(BadArgument): shares out of range, a column that the data set has not, nothing to draw from.
DrawnSplit drawSplit(const Dataset& dataset, const SplitRecipe& recipe, const std::vector<NearDuplicate>& alike = {});

/// "stem", "folder", "none" or "column:NAME", as the command line has it. Throws Error(BadArgument), naming `option`.
void setGroup(SplitRecipe& recipe, const std::string& text, const std::string& option);

/// The groups that drawSplit() keeps whole: indices of pictures that take part, by their lowest index.
std::vector<std::vector<int>> groupsToKeep(const Dataset& dataset, const DatasetState& state, const SplitRecipe& recipe,
                                           const std::vector<NearDuplicate>& alike);

} // namespace ocellus
