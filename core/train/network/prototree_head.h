// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <torch/nn/modules/conv.h>

#include "core/model/model_config.h"
#include "core/train/network/prototype_head.h"
#include "core/train/network/prototype_recipe.h"
#include "core/train/network/soft_tree.h"

namespace ocellus {

/// ProtoTree's head (arXiv 2012.02046): a 1x1 convolution with a sigmoid, a prototype of one cell for each branch of a
/// tree, and leaves that learn without gradients after each step. The last epoch prunes the tree, and sets each
/// prototype that is left to the nearest cell of training pictures (sections 3.3 and 3.4): as in the released program
/// of those whose class some leaf below the branch says most.
class ProtoTreeHead : public PrototypeHead {
public:
    /// `config` of HeadKind::Tree.
    ProtoTreeHead(const ModelConfig& config, const PrototypeRecipe& recipe);

    void initialise(SeededDraws& draws) override;
    at::Tensor forward(const at::Tensor& features) override;
    Objective objective(const at::Tensor& features, const at::Tensor& labels) override;
    void beginEpoch(const EpochPlace& place) override;
    void finishStep(const EpochPlace& place, const at::Tensor& labels) override;
    void finishEpoch(const EpochPlace& place, const FeatureWalk& walk, const Progress& progress) override;
    bool isPublished(const EpochPlace& place) const override;
    std::vector<std::optional<PrototypeOrigin>> origins() const override { return m_origins; }
    nlohmann::json facts() const override;
    void adopt(const nlohmann::json& facts) override;
    NamedTensors published() const override;
    std::string backbonePrefix() const override;

    const TreeConfig* tree() const override { return &m_tree->config(); }

private:
    at::Tensor embed(const at::Tensor& features);
    at::Tensor squaredDistances(const at::Tensor& embedded) const; ///< [B, P, h, w]
    at::Tensor reached(const at::Tensor& features);
    void project(const FeatureWalk& walk);

    double m_pruneBelow;
    double m_haste;
    double m_dropout;
    torch::nn::Conv2d m_addOn{nullptr};
    at::Tensor m_vectors; ///< [P, D, 1, 1]
    std::shared_ptr<SoftTree> m_tree;
    at::Tensor m_reached; ///< of the last objective(), with its scores
    at::Tensor m_scores;
    at::Tensor m_before; ///< m_vectors, before the optimizer's step
    std::vector<std::optional<PrototypeOrigin>> m_origins;
};

} // namespace ocellus
