// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <torch/nn/module.h>

#include "core/model/prototypes/prototype_config.h"

namespace ocellus {

/// The tree of a ProtoTree (arXiv 2012.02046) with gradients for what decides the ways through it, and leaves that
/// learn without any (section 3.2, algorithm 1). All in logarithms, so that deep trees lose nothing.
///
/// Buffers are named as in the released code, behind the root's name: "l.r._dist_params"; besides, "earlier_leaves".
class SoftTree : public torch::nn::Module {
public:
    /// Leaves begin with equal shares of all `classes`. The tree's prototypes are 0 ... `prototypes` - 1.
    SoftTree(TreeConfig tree, int prototypes, int classes);

    const TreeConfig& config() const { return m_config; }

    /// Another form, as of a tree that was pruned; its leaves are all alike then.
    void setForm(TreeConfig form);

    /// [leaves, C] what leaves have gathered, their distributions by a softmax, in the order of the nodes.
    at::Tensor leaves() const { return at::stack(m_leaves); }
    /// What they had when the epoch began.
    const at::Tensor& earlierLeaves() const { return m_earlier; }
    /// Throws Error(Mismatch) for those of another form.
    void setLeaves(const at::Tensor& leaves, const at::Tensor& earlier);

    /// Logarithms of the probabilities [B, leaves] of reaching each leaf, where the prototypes' least distances are
    /// `nearest` [B, P], above 0: at each branch exp(-distance) of going right.
    at::Tensor reached(const at::Tensor& nearest) const;

    /// Logarithms of the soft prediction [B, C]: the leaves' distributions weighed by that.
    at::Tensor scores(const at::Tensor& reached) const;

    /// What leaves find in a batch, [leaves, C]: the sum over its pictures of each leaf's part in the score of the
    /// picture's own class. Scores as scores() made them of `reached`; `labels` [B].
    at::Tensor found(const at::Tensor& reached, const at::Tensor& scores, const at::Tensor& labels) const;

    /// One of `steps` an epoch: each leaf gives away as large a part of what it had when the epoch began, and takes
    /// what was found. Of what rounding leaves below 0 nothing stays.
    void learn(const at::Tensor& found, int steps);

    /// Remembers the leaves, of which the next epoch's steps take their share.
    void endEpoch();

    /// Of each prototype, [P], the classes that it may be set to patches of once the tree is pruned so
    /// (classesOfPrototypes).
    std::vector<std::vector<int>> classesAfterPruning(double threshold) const;

    /// Takes away the leaves whose largest probability is `threshold` or less, with branches that then decide nothing
    /// (section 3.3). False where no branch would be left: then all stays.
    bool prune(double threshold);

private:
    void plant();
    void layWays();
    std::vector<std::int64_t> leafPlaces() const;
    std::vector<bool> leavesAbove(double threshold) const;

    int m_classes;
    int m_prototypes;
    TreeConfig m_config;
    std::vector<at::Tensor> m_leaves; ///< [C] each
    at::Tensor m_earlier;             ///< [leaves, C]
    at::Tensor m_right;               ///< [P, leaves], how often the way to the leaf goes right at the prototype
    at::Tensor m_left;
};

} // namespace ocellus
