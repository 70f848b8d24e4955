// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>

#include "core/train/network/prototype_head.h"
#include "core/train/network/prototype_recipe.h"

namespace ocellus {

struct NearestPatches;

/// ProtoPNet's head (Chen et al. 2019, arXiv 1806.10574, sections 2.1 to 2.3, and its released code): 1x1 add-on layers
/// (convolution, ReLU, convolution, sigmoid), prototypes of one cell, log((d + 1) / (d + 1e-4)) of the least squared
/// distance, and a linear layer without bias.
///
/// Add-on layers and prototypes learn in every step; the last layer, 1 to a prototype's own class and -0.5 to others at
/// first, learns after each push alone (SparseLastLayer). Pushes are at the ends of PrototypeRecipe::pushes equal parts
/// of the run.
class ProtoPNetHead : public PrototypeHead {
public:
    /// `channels`: of the backbone's grid. `config` has two add-on layers and prototypes of one cell.
    ProtoPNetHead(const PrototypeConfig& config, int classes, int channels, const PrototypeRecipe& recipe);

    void initialise(SeededDraws& draws) override;

    /// Random prototypes are so far from everything that a small data set takes them nowhere in many epochs. Instead
    /// each begins as a patch of its class, drawn, and the add-on layers are scaled on drawn cells so that their
    /// outputs before the sigmoid have mean 0 and deviation 1 (Mishkin and Matas 2016, arXiv 1511.06422).
    void start(const FeatureWalk& walk, std::uint64_t seed, const Progress& progress) override;
    at::Tensor forward(const at::Tensor& features) override;

    /// Cross-entropy + cluster * (mean of the least distance to a prototype of the own class) - separation * (the same
    /// of other classes); distances above D count as D, as in the released code. The penalty of the last layer is
    /// constant here. PrototypeRecipe::dropout as far as train() says so: without it a frozen backbone's many channels
    /// are learned by heart.
    Objective objective(const at::Tensor& features, const at::Tensor& labels) override;
    void beginEpoch(const EpochPlace&) override {}
    void finishStep(const EpochPlace&, const at::Tensor&) override {}

    /// Where a push is due: each prototype becomes the nearest patch of its class (nearestPatches), and the last layer
    /// learns on all pictures. As in the released push.py (cfchen-duke/ProtoPNet) the similarities of its origin, which
    /// its rectangle is taken from, are those of the prototype before the push.
    void finishEpoch(const EpochPlace& place, const FeatureWalk& walk, const Progress& progress) override;
    bool isPublished(const EpochPlace& place) const override { return isPush(place); }
    std::vector<std::optional<PrototypeOrigin>> origins() const override { return m_origins; }
    nlohmann::json facts() const override;
    std::string backbonePrefix() const override;

    bool isPush(const EpochPlace& place) const;

private:
    /// Least squared distances [B, P] between the prototypes and a picture's cells.
    at::Tensor nearest(const at::Tensor& features);
    /// What the last layer is trained on after a push.
    struct Activations {
        at::Tensor values; ///< [N, P], each prototype's greatest similarity
        at::Tensor labels; ///< [N]
    };
    Activations activationsOf(const FeatureWalk& walk, const at::Tensor& vectors);
    void takeSimilarities(NearestPatches& found) const;
    at::Tensor similarities(const at::Tensor& squaredDistances) const;

    PrototypeConfig m_config;
    PrototypeRecipe m_recipe;
    std::vector<std::optional<PrototypeOrigin>> m_origins;
    at::Tensor m_identity; // bool [C, P]: which prototypes are a class's own
    torch::nn::Sequential m_addOn{nullptr};
    at::Tensor m_vectors; // [P, D, 1, 1]
    at::Tensor m_ones;    // the same shape; the released code has it in its state
    torch::nn::Linear m_lastLayer{nullptr};
};

} // namespace ocellus
