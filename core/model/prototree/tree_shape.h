// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/model/prototypes/prototype_config.h"

namespace ocellus {

/// Bounds of a tree that is read or grown: published ones have a depth of 9 to 11.
struct TreeLimits {
    static constexpr std::size_t MostNodes = 1 << 17; ///< a whole tree of depth 16
    static constexpr int MostDepth = 64;              ///< a pruned one can be a long thread
};

/// A whole tree with so many branches on each way from its root to a leaf. As in ProtoTree's released code nodes are
/// numbered in pre-order, left before right; so are the prototypes of its branches. Throws Error(BadArgument) unless
/// `depth` lies from 1 to 16.
TreeConfig wholeTree(int depth);

/// What pruning leaves (arXiv 2012.02046, section 3.3): without the leaves that are not `kept`, [nodes], and without
/// the branches that have lost a child, whose other child takes their place. Nodes keep their numbers and prototypes,
/// leaves get the names that belong to their new places. Nothing where no branch would be left.
std::optional<TreeConfig> prunedTree(const TreeConfig& tree, const std::vector<bool>& kept);

/// Of each prototype in 0 ... `prototypes` - 1 the classes that leaves below its branches say most, ascending: in their
/// pictures ProtoTree's released code looks for it (project_with_class_constraints). `classOfLeaf` [nodes] is read at
/// leaves; one of -1 will be pruned, and so is a branch that has only such leaves on one side, which counts for
/// nothing.
std::vector<std::vector<int>> classesOfPrototypes(const TreeConfig& tree, const std::vector<int>& classOfLeaf,
                                                  int prototypes);

/// Sets the leaves' names, which tell the way to them from the root, as "_root.l.r._dist_params", and the depth. Each
/// node goes before its children. Throws Error(TooLarge) for a tree that is deeper than TreeLimits::MostDepth.
void nameLeaves(TreeConfig& tree);

} // namespace ocellus
