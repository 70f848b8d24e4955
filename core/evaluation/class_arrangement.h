// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/data/class_table.h"
#include "core/evaluation/picture_asking.h"

namespace ocellus {

/// In which order a confusion matrix has its classes.
enum class ClassArrangement {
    Model,     ///< the model's own
    Name,      ///< as people sort them
    Genus,     ///< by genus, then by name; classes without one come last
    Similarity ///< those that the model finds alike stand beside each other
};

/// `classes` in another order. `alike` is what classLikeness() gives for them, for ClassArrangement::Similarity alone.
std::vector<int> arranged(std::vector<int> classes, ClassArrangement arrangement, const ClassTable& table,
                          const std::vector<float>& alike);

/// How alike the model finds each two of `classes`: [n, n] in their order, symmetric, 0 to 2: the mean probability of
/// one in pictures of the other, both ways added.
std::vector<float> classLikeness(std::span<const EvaluatedOne> pictures, const std::vector<int>& classes);

/// An order in which things that are alike are neighbours: the leaves of the tree of average linkage, each branch
/// turned so that its nearer end meets the branch before it. `alike` is [n, n] and symmetric. Takes n^2 log n.
std::vector<int> orderedByLikeness(const std::vector<float>& alike, std::size_t n);

} // namespace ocellus
