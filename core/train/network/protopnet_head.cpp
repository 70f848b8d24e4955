// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/protopnet_head.h"

#include <cmath>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/container/sequential.h>

#include "core/model/prototypes/similarity_kind.h"
#include "core/train/network/drawn_cells.h"
#include "core/train/network/nearest_patches.h"
#include "core/train/network/seeded_draws.h"
#include "core/train/network/sparse_last_layer.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

at::Tensor identityOf(const std::vector<int>& classOf, int classes)
{
    at::Tensor identity = at::zeros({classes, static_cast<std::int64_t>(classOf.size())}, at::kBool);
    for (std::size_t prototype = 0; prototype < classOf.size(); ++prototype)
        identity[classOf[prototype]][static_cast<std::int64_t>(prototype)] = true;
    return identity;
}

/// Squared ones, of cells [B, D, h, w] from each of `vectors` [P, D, 1, 1]: [B, P, h, w].
at::Tensor distancesOf(const at::Tensor& cells, const at::Tensor& vectors)
{
    const at::Tensor squares = (cells * cells).sum(1, true);
    const at::Tensor norms = (vectors * vectors).sum(c10::IntArrayRef{1, 2, 3}).view({1, -1, 1, 1});
    return (squares + (norms - 2 * at::conv2d(cells, vectors))).relu();
}

/// [B, P, h, w] -> [B, P]; of equal cells the first one's gradient.
at::Tensor least(const at::Tensor& distances)
{
    return std::get<0>(distances.flatten(2).min(2));
}

std::vector<float> valuesOf(const at::Tensor& tensor)
{
    const at::Tensor host = tensor.to(at::kCPU, at::kFloat).contiguous();
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

std::size_t pushEpoch(int number, const EpochPlace& place, int pushes)
{
    return static_cast<std::size_t>(std::lround(static_cast<double>(number) * place.epochs / pushes));
}

/// The mean over pictures of the least of those distances that are `counted` [B, P].
at::Tensor meanOfNearest(const at::Tensor& distances, const at::Tensor& counted, int channels)
{
    const at::Tensor capped = distances.masked_fill(counted.logical_not(), static_cast<double>(channels));
    return std::get<0>(capped.min(1)).clamp_max(static_cast<double>(channels)).mean();
}

} // namespace

ProtoPNetHead::ProtoPNetHead(const PrototypeConfig& config, int classes, int channels, const PrototypeRecipe& recipe)
    : m_config(config),
      m_recipe(recipe)
{
    using Convolution = torch::nn::Conv2d;
    const int width = config.channels();
    m_identity = identityOf(config.classOf, classes);
    m_addOn = register_module(
        "add_on_layers",
        torch::nn::Sequential(Convolution(torch::nn::Conv2dOptions(channels, width, 1)), torch::nn::ReLU(),
                              Convolution(torch::nn::Conv2dOptions(width, width, 1)), torch::nn::Sigmoid()));
    m_vectors = register_parameter("prototype_vectors", at::zeros({config.prototypes, width, 1, 1}));
    m_ones = register_parameter("ones", at::ones({config.prototypes, width, 1, 1}), false);
    m_lastLayer = register_module("last_layer",
                                  torch::nn::Linear(torch::nn::LinearOptions(config.prototypes, classes).bias(false)));
    m_lastLayer->weight.set_requires_grad(false);
}

void ProtoPNetHead::initialise(SeededDraws& draws)
{
    const torch::NoGradGuard values;
    for (const auto& parameter : m_addOn->named_parameters()) {
        const at::Tensor& tensor = parameter.value();
        if (tensor.dim() == 4)
            tensor.copy_(draws.normal(tensor.sizes(), std::sqrt(2.0 / static_cast<double>(tensor.size(0)))));
        else
            tensor.zero_();
    }
    m_vectors.copy_(draws.uniform(m_vectors.sizes(), 0.5) + 0.5);
    m_ones.fill_(1);
    m_lastLayer->weight.copy_(at::where(m_identity, at::ones({}), at::full({}, -0.5)));
}

void ProtoPNetHead::start(const FeatureWalk& walk, std::uint64_t seed, const Progress&)
{
    const torch::NoGradGuard values;
    const DrawnCells drawn = drawCells(walk, m_config.classOf, seed);
    at::Tensor inside = drawn.cells.unsqueeze(-1).unsqueeze(-1);
    for (const char* layer : {"0", "2"}) {
        const auto parameters = m_addOn->named_parameters();
        at::Tensor weight = parameters[std::string(layer) + ".weight"];
        at::Tensor bias = parameters[std::string(layer) + ".bias"];
        const at::Tensor out = at::conv2d(inside, weight, bias);
        const at::Tensor scale = 1 / out.std(c10::IntArrayRef{0, 2, 3}, true).clamp_min(1e-6);
        weight.mul_(scale.view({-1, 1, 1, 1}));
        bias.copy_(-scale * out.mean(c10::IntArrayRef{0, 2, 3}));
        inside = at::conv2d(inside, weight, bias).relu();
    }
    const at::Tensor patches = m_addOn->forward(drawn.cells.unsqueeze(-1).unsqueeze(-1));
    m_vectors.copy_(patches.index_select(0, drawn.ofPrototype));
}

at::Tensor ProtoPNetHead::nearest(const at::Tensor& features)
{
    return least(distancesOf(m_addOn->forward(features), m_vectors));
}

at::Tensor ProtoPNetHead::similarities(const at::Tensor& squaredDistances) const
{
    return at::log((squaredDistances + 1) / (squaredDistances + m_config.epsilon));
}

at::Tensor ProtoPNetHead::forward(const at::Tensor& features)
{
    return m_lastLayer->forward(similarities(nearest(features)));
}

PrototypeHead::Objective ProtoPNetHead::objective(const at::Tensor& features, const at::Tensor& labels)
{
    const at::Tensor distances = nearest(at::feature_dropout(features, m_recipe.dropout, is_training()));
    const at::Tensor logits = m_lastLayer->forward(similarities(distances));
    const at::Tensor isOwn = m_identity.to(labels.device()).index_select(0, labels);
    const at::Tensor cluster = meanOfNearest(distances, isOwn, m_config.channels());
    const at::Tensor separation = meanOfNearest(distances, isOwn.logical_not(), m_config.channels());
    return {at::cross_entropy_loss(logits, labels) + m_recipe.cluster * cluster - m_recipe.separation * separation,
            logits};
}

bool ProtoPNetHead::isPush(const EpochPlace& place) const
{
    for (int number = 1; number <= m_recipe.pushes; ++number)
        if (pushEpoch(number, place, m_recipe.pushes) == static_cast<std::size_t>(place.epoch) + 1)
            return true;
    return false;
}

void ProtoPNetHead::finishEpoch(const EpochPlace& place, const FeatureWalk& walk, const Progress& progress)
{
    if (!isPush(place))
        return;
    const torch::NoGradGuard values;
    std::vector<std::vector<int>> classesOf;
    for (const int owner : m_config.classOf)
        classesOf.push_back({owner});
    NearestPatches found = nearestPatches(walk, classesOf, [this](const at::Tensor& features) {
        const at::Tensor cells = m_addOn->forward(features);
        return EmbeddedCells{cells, distancesOf(cells, m_vectors)};
    });
    takeSimilarities(found);
    const Activations seen = activationsOf(walk, found.vectors);
    const SparseLastLayer convex{m_recipe.lastLayerPenalty, m_recipe.lastLayerIterations};
    const at::Tensor weights =
        convex.minimise(seen.values, seen.labels, m_identity.to(m_vectors.device()), m_lastLayer->weight, progress);
    m_vectors.copy_(found.vectors); // from here on nothing can fail: all has changed, or nothing
    m_lastLayer->weight.copy_(weights);
    m_origins = std::move(found.origins);
}

void ProtoPNetHead::takeSimilarities(NearestPatches& found) const
{
    for (std::size_t prototype = 0; prototype < found.origins.size(); ++prototype)
        if (found.origins[prototype])
            found.origins[prototype]->similarities = valuesOf(similarities(at::tensor(found.distances[prototype])));
}

/// Of all pictures with prototypes of these `vectors`.
ProtoPNetHead::Activations ProtoPNetHead::activationsOf(const FeatureWalk& walk, const at::Tensor& vectors)
{
    std::vector<at::Tensor> activations;
    std::vector<at::Tensor> labels;
    walk.each([&](const WalkedFeatures& walked) {
        activations.push_back(similarities(least(distancesOf(m_addOn->forward(walked.features), vectors))));
        labels.push_back(walked.labels);
    });
    return {at::cat(activations), at::cat(labels)};
}

nlohmann::json ProtoPNetHead::facts() const
{
    return {{"prototype_activation_function", toString(m_config.similarity)}};
}

std::string ProtoPNetHead::backbonePrefix() const
{
    return "features.";
}

} // namespace ocellus
