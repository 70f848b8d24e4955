// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/model/prototypes/prototype_config.h"

namespace ocellus {

/// A tree as a checkpoint's settings hold it under `tree`, where its state dict does not tell it: a list of nodes, the
/// root first and each before its children. A branch is [number, prototype, place of its left child, of its right one],
/// a leaf [number]; places count from 0.
nlohmann::json treeRows(const TreeConfig& tree);

/// Reads that; leaves get the names of their places (nameLeaves). Throws Error: Damaged for anything that is no such
/// list, or no tree of it (a child before its branch, a node that nobody leads to or more than one does), Mismatch for
/// a prototype beyond `prototypes`, TooLarge for more than TreeLimits.
TreeConfig treeFromRows(const nlohmann::json& rows, int prototypes);

} // namespace ocellus
