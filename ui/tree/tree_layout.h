// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/engine/tree_answer.h"

namespace ocellus {

/// Where a node stands in the picture of a tree whose root is at the top.
struct TreePlace {
    int node = 0;         ///< place in TreeAnswer::nodes
    int parent = -1;      ///< place in the layout; -1 of the root
    int left = -1;        ///< the same of its children; -1 in a leaf and where the subtree is folded
    int right = -1;       ///< taken where the prototype is there
    int level = 0;        ///< branches above it
    double across = 0;    ///< from the left, in widths of a leaf
    int foldedLeaves = 0; ///< below it that have no place of their own
    bool isOnWay = false; ///< of TreeAnswer::path
};

/// The places of a tree's nodes, each before its children, leaves from left to right. Subtrees that the picture reaches
/// with less than `foldBelow` become one place, but those on its way never. A child that the answer does not have makes
/// a leaf of its parent.
std::vector<TreePlace> layOutTree(const TreeAnswer& tree, double foldBelow);

/// Leaves beside each other, folded subtrees as one.
int widthOf(const std::vector<TreePlace>& places);
/// Levels one below the other.
int heightOf(const std::vector<TreePlace>& places);

} // namespace ocellus
