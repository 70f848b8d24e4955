// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototree/prototree_model.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/engine/prototype_maps.h"
#include "core/model/host_values.h"
#include "core/model/prototree/prototree_names.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

struct ProtoTreeMemory : PictureMemory {
    std::size_t bytes() const override
    {
        return PictureMemory::bytes() + (logits.size() + presence.size()) * sizeof(float) + maps->bytes();
    }

    std::vector<float> logits;   ///< [C]
    std::vector<float> presence; ///< [P]
    std::shared_ptr<const PrototypeMaps> maps;
};

/// A probability that float32 has lost is still a score.
float logarithm(double probability)
{
    return static_cast<float>(std::log(std::max(probability, std::numeric_limits<double>::min())));
}

/// Of each of `similarities` [P, cells] the first place where it is largest.
std::vector<int> largestCells(const std::vector<float>& similarities, std::size_t cells)
{
    std::vector<int> largest;
    for (std::size_t first = 0; first < similarities.size(); first += cells) {
        const auto own = std::span(similarities).subspan(first, cells);
        largest.push_back(static_cast<int>(std::ranges::max_element(own) - own.begin()));
    }
    return largest;
}

} // namespace

ProtoTreeModel::ProtoTreeModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                               const Progress& progress)
    : ProtoTreeModel(config, Weights(source, progress), compute)
{
}

ProtoTreeModel::ProtoTreeModel(const ModelConfig& config, Weights weights, const Compute& compute)
    : m_config(config),
      m_network(*config.prototypes, protoTreeNames(), weights, compute)
{
    const TreeConfig& tree = *m_config.prototypes->tree;
    for (const TreeNode& node : tree.nodes) {
        std::vector<float>& distribution = m_distributions.emplace_back();
        if (!node.isLeaf())
            continue;
        const at::Tensor stored = weights.take(node.leaf);
        distribution = toVector(tree.isNormed ? stored / stored.sum() : stored.softmax(0));
        if (!std::ranges::all_of(distribution, [](float share) { return std::isfinite(share); }))
            throw Error(ErrorCode::Damaged, node.leaf, "expected values that make a distribution, got a sum of 0");
    }
}

ProtoTreeModel::Findings ProtoTreeModel::find(const at::Tensor& embedded) const
{
    Findings found;
    found.distances = at::sqrt(m_network.squaredDistances(embedded).abs() + 1e-14);
    found.similarities = at::exp(-found.distances);
    found.presence = toVector(at::exp(-found.distances.flatten(1).amin(1)));
    return found;
}

TreeAnswer ProtoTreeModel::walk(const std::vector<float>& presence, std::vector<double>& soft) const
{
    const std::vector<TreeNode>& nodes = m_config.prototypes->tree->nodes;
    TreeAnswer answer;
    answer.nodes.resize(nodes.size());
    answer.nodes.front().reached = 1;
    soft.assign(static_cast<std::size_t>(m_config.queries), 0.0);
    double largest = -1;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const TreeNode& node = nodes[i];
        const double reached = answer.nodes[i].reached;
        answer.nodes[i].index = node.index;
        if (!node.isLeaf()) {
            const double right = presence[static_cast<std::size_t>(node.prototype)];
            answer.nodes[static_cast<std::size_t>(node.left)].reached = reached * (1 - right);
            answer.nodes[static_cast<std::size_t>(node.right)].reached = reached * right;
            answer.nodes[i].left = node.left;
            answer.nodes[i].right = node.right;
            answer.nodes[i].prototype = node.prototype;
            answer.nodes[i].presence = right;
            continue;
        }
        const auto most = std::ranges::max_element(m_distributions[i]);
        answer.nodes[i].leafClass = static_cast<int>(most - m_distributions[i].begin());
        answer.nodes[i].leafShare = *most;
        for (std::size_t c = 0; c < soft.size(); ++c)
            soft[c] += reached * m_distributions[i][c];
        if (reached > largest) {
            largest = reached;
            answer.best = node.index;
            answer.bestDistribution = m_distributions[i];
        }
    }
    std::size_t at = 0;
    answer.path.push_back(nodes[at].index);
    while (!nodes[at].isLeaf()) {
        const bool right = presence[static_cast<std::size_t>(nodes[at].prototype)] > 0.5F;
        at = static_cast<std::size_t>(right ? nodes[at].right : nodes[at].left);
        answer.path.push_back(nodes[at].index);
    }
    answer.greedy = m_distributions[at];
    return answer;
}

std::unique_ptr<const PictureMemory> ProtoTreeModel::encode(const at::Tensor& input, const Progress& progress) const
{
    const PrototypeConfig& prototypes = *m_config.prototypes;
    const at::Tensor embedded = m_network.embed(input, progress);
    Findings found = find(embedded);
    auto memory = std::make_unique<ProtoTreeMemory>();
    memory->tokens = patchTokens(embedded, prototypes);
    memory->rows = static_cast<int>(found.distances.size(1));
    memory->columns = static_cast<int>(found.distances.size(2));
    const std::size_t cells = static_cast<std::size_t>(memory->rows) * static_cast<std::size_t>(memory->columns);
    std::vector<float> similarities = toVector(found.similarities);
    std::vector<double> soft;
    TreeAnswer answer = walk(found.presence, soft);
    const std::vector<int> places = largestCells(similarities, cells);
    for (TreeAnswer::Node& node : answer.nodes)
        if (!node.isLeaf())
            node.cell = places[static_cast<std::size_t>(node.prototype)];
    std::ranges::transform(soft, std::back_inserter(memory->logits), logarithm);
    requireFinite(at::tensor(memory->logits));

    std::vector<MapSource::Part> parts; // of the branches on the way, not of the leaf at its end
    for (std::size_t step = 0; step + 1 < answer.path.size(); ++step) {
        const auto place =
            static_cast<std::size_t>(std::ranges::find(prototypes.tree->nodes, answer.path[step], &TreeNode::index) -
                                     prototypes.tree->nodes.begin());
        const int prototype = prototypes.tree->nodes[place].prototype;
        parts.push_back({prototype, answer.path[step], found.presence[static_cast<std::size_t>(prototype)],
                         answer.nodes[place].reached});
    }
    memory->presence = std::move(found.presence);
    memory->maps = std::make_shared<const PrototypeMaps>(cells, std::move(similarities), 0.0,
                                                         std::vector<std::vector<MapSource::Part>>{std::move(parts)},
                                                         std::move(answer));
    return memory;
}

Model::Decoded ProtoTreeModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress&) const
{
    if (set.mode != LimitMode::All)
        throw Error(ErrorCode::BadArgument, "active classes",
                    "a ProtoTree has no class queries to limit, got mode " + std::string(toString(set.mode)));
    const auto& memory = dynamic_cast<const ProtoTreeMemory&>(picture);
    const int classes = m_config.queries;
    const auto prototypes = static_cast<int>(memory.presence.size());
    return {{1, m_config.prototypes->tree->depth, 1, memory.rows, memory.columns, classes, prototypes},
            std::vector<int>(static_cast<std::size_t>(classes), 0),
            {memory.logits, memory.presence, {}, memory.maps}};
}

} // namespace ocellus
