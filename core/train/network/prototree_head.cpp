// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/prototree_head.h"

#include <nlohmann/json.hpp>

#include "core/model/prototree/prototree_names.h"
#include "core/model/prototree/tree_rows.h"
#include "core/model/prototypes/feature_plan.h"
#include "core/train/network/feature_walk.h"
#include "core/train/network/nearest_patches.h"
#include "core/train/network/seeded_draws.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

constexpr const char* earlierLeaves = "earlier_leaves";

std::shared_ptr<torch::nn::Module> part(torch::nn::Module& of, const char* name)
{
    return of.register_module(name, std::make_shared<torch::nn::Module>(name));
}

} // namespace

ProtoTreeHead::ProtoTreeHead(const ModelConfig& config, const PrototypeRecipe& recipe)
    : m_pruneBelow(recipe.pruneBelow),
      m_haste(recipe.haste),
      m_dropout(recipe.dropout)
{
    const PrototypeConfig& prototypes = *config.prototypes;
    const int channels = featureChannels(prototypes.features);
    const int width = prototypes.channels();
    m_tree =
        register_module("_root", std::make_shared<SoftTree>(*prototypes.tree, prototypes.prototypes, config.queries));
    m_addOn = part(*this, "_add_on")
                  ->register_module("0", torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, width, 1).bias(false)));
    m_vectors = part(*this, "prototype_layer")
                    ->register_parameter("prototype_vectors", at::zeros({prototypes.prototypes, width, 1, 1}));
}

void ProtoTreeHead::initialise(SeededDraws& draws)
{
    constexpr double middle = 0.5;
    constexpr double deviation = 0.1;
    constexpr double share = 0.1; // of the published width: behind a frozen backbone what is random stays noise
    const torch::NoGradGuard values;
    m_addOn->weight.copy_(draws.xavier(m_addOn->weight.sizes()) * share);
    m_vectors.copy_(draws.normal(m_vectors.sizes(), deviation) + middle);
}

at::Tensor ProtoTreeHead::embed(const at::Tensor& features)
{
    return at::sigmoid(m_addOn->forward(features));
}

at::Tensor ProtoTreeHead::squaredDistances(const at::Tensor& embedded) const
{
    const at::Tensor squares = (embedded * embedded).sum(1, true);
    const at::Tensor norms = (m_vectors * m_vectors).sum({1, 2, 3}).view({1, -1, 1, 1});
    return squares + (norms - 2 * at::conv2d(embedded, m_vectors));
}

at::Tensor ProtoTreeHead::reached(const at::Tensor& features)
{
    const at::Tensor nearest = squaredDistances(embed(features)).abs().flatten(2).amin(2);
    return m_tree->reached(at::sqrt(nearest + 1e-14));
}

at::Tensor ProtoTreeHead::forward(const at::Tensor& features)
{
    return m_tree->scores(reached(features));
}

PrototypeHead::Objective ProtoTreeHead::objective(const at::Tensor& features, const at::Tensor& labels)
{
    const at::Tensor reached = this->reached(at::feature_dropout(features, m_dropout, true));
    const at::Tensor scores = m_tree->scores(reached);
    m_reached = reached.detach();
    m_scores = scores.detach();
    m_before = m_vectors.detach().clone();
    return {-scores.gather(1, labels.unsqueeze(1)).mean(), scores};
}

void ProtoTreeHead::beginEpoch(const EpochPlace&)
{
    // All that learns learns from the first epoch to the last; leaves were remembered when the epoch before ended.
}

void ProtoTreeHead::finishStep(const EpochPlace& place, const at::Tensor& labels)
{
    // A sigmoid's values lie from 0 to 1: a prototype beyond them would drift away from all that it can be set to.
    m_vectors.add_(m_vectors - m_before, m_haste - 1).clamp_(0, 1);
    m_tree->learn(m_tree->found(m_reached, m_scores, labels), place.steps);
}

void ProtoTreeHead::finishEpoch(const EpochPlace& place, const FeatureWalk& walk, const Progress&)
{
    if (place.isLast())
        project(walk);
    m_tree->endEpoch();
}

/// The walk comes first: a stop ends it before anything has changed.
void ProtoTreeHead::project(const FeatureWalk& walk)
{
    const std::vector<std::vector<int>> classesOf = m_tree->classesAfterPruning(m_pruneBelow);
    const NearestPatches nearest = nearestPatches(walk, classesOf, [this](const at::Tensor& features) {
        const at::Tensor embedded = embed(features);
        return EmbeddedCells{embedded, squaredDistances(embedded)};
    });
    m_tree->prune(m_pruneBelow);
    m_origins.assign(classesOf.size(), std::nullopt);
    for (const TreeNode& node : m_tree->config().nodes) {
        const auto prototype = static_cast<std::size_t>(node.prototype);
        if (node.isLeaf() || !nearest.origins[prototype])
            continue;
        m_vectors[node.prototype].copy_(nearest.vectors[node.prototype]);
        m_origins[prototype] = nearest.origins[prototype];
    }
}

bool ProtoTreeHead::isPublished(const EpochPlace& place) const
{
    return place.isLast();
}

nlohmann::json ProtoTreeHead::facts() const
{
    return {{"tree", treeRows(m_tree->config())}, {"kontschieder_normalization", false}};
}

void ProtoTreeHead::adopt(const nlohmann::json& facts)
{
    m_tree->setForm(treeFromRows(facts.value("tree", nlohmann::json()), static_cast<int>(m_vectors.size(0))));
}

PrototypeHead::NamedTensors ProtoTreeHead::published() const
{
    NamedTensors tensors = state();
    std::erase_if(tensors, [](const auto& tensor) { return tensor.first.ends_with(earlierLeaves); });
    return tensors;
}

std::string ProtoTreeHead::backbonePrefix() const
{
    return protoTreeNames().features;
}

} // namespace ocellus
