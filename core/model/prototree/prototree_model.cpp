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
#include "core/engine/prototypes_by_hand.h"
#include "core/model/host_values.h"
#include "core/model/prototree/prototree_names.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

struct ProtoTreeMemory : PictureMemory {
    std::size_t bytes() const override
    {
        return PictureMemory::bytes() + (arrays.logits.size() + arrays.outputs.size()) * sizeof(float) +
               arrays.maps->bytes();
    }

    Decoding::Arrays arrays; ///< outputs are what each prototype finds, [P]
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

Decoding::Arrays ProtoTreeModel::answered(std::size_t cells, std::vector<float> similarities,
                                          std::vector<float> presence) const
{
    const std::vector<TreeNode>& nodes = m_config.prototypes->tree->nodes;
    Decoding::Arrays arrays;
    std::vector<double> soft;
    TreeAnswer answer = walk(presence, soft);
    const std::vector<int> places = largestCells(similarities, cells);
    for (TreeAnswer::Node& node : answer.nodes)
        if (!node.isLeaf())
            node.cell = places[static_cast<std::size_t>(node.prototype)];
    std::ranges::transform(soft, std::back_inserter(arrays.logits), logarithm);

    std::vector<MapSource::Part> parts; // of the branches on the way, not of the leaf at its end
    for (std::size_t step = 0; step + 1 < answer.path.size(); ++step) {
        const auto place =
            static_cast<std::size_t>(std::ranges::find(nodes, answer.path[step], &TreeNode::index) - nodes.begin());
        const int prototype = nodes[place].prototype;
        parts.push_back(
            {prototype, answer.path[step], presence[static_cast<std::size_t>(prototype)], answer.nodes[place].reached});
    }
    arrays.outputs = std::move(presence);
    arrays.maps = std::make_shared<const PrototypeMaps>(cells, std::move(similarities), 0.0,
                                                        std::vector<std::vector<MapSource::Part>>{std::move(parts)},
                                                        std::move(answer));
    return arrays;
}

std::unique_ptr<const PictureMemory> ProtoTreeModel::encode(const at::Tensor& input, const Progress& progress) const
{
    const at::Tensor embedded = m_network.embed(input, progress);
    Findings found = find(embedded);
    auto memory = std::make_unique<ProtoTreeMemory>();
    memory->tokens = patchTokens(embedded, *m_config.prototypes);
    memory->rows = static_cast<int>(found.distances.size(1));
    memory->columns = static_cast<int>(found.distances.size(2));
    memory->arrays = answered(static_cast<std::size_t>(memory->rows) * static_cast<std::size_t>(memory->columns),
                              toVector(found.similarities), std::move(found.presence));
    requireFinite(at::tensor(memory->arrays.logits));
    return memory;
}

Decoding::Answer ProtoTreeModel::without(const PictureMemory&, const Decoding& whole,
                                         const AttentionIntervention& intervention) const
{
    validate(intervention, whole);
    const std::size_t cells = whole.extent().cells();
    std::vector<float> similarities;
    const std::span<const float> found = whole.output(intervention.classIndex);
    std::vector<float> presence(found.begin(), found.end());
    for (std::size_t prototype = 0; prototype < presence.size(); ++prototype) {
        const int number = static_cast<int>(prototype);
        std::vector<float> own = whole.similarities(number);
        if (intervention.suppressesHead(number, static_cast<int>(cells)))
            std::ranges::fill(own, 0.0F);
        const auto lost = intervention.cells.find(number);
        if (lost != intervention.cells.end())
            for (const int cell : lost->second)
                own[static_cast<std::size_t>(cell)] = 0; // below every similarity that there can be
        // What nothing was taken from keeps what the model found, to the bit.
        if (lost != intervention.cells.end() || intervention.suppressesHead(number, static_cast<int>(cells)))
            presence[prototype] = std::ranges::max(own);
        similarities.insert(similarities.end(), own.begin(), own.end());
    }
    Decoding::Arrays arrays = answered(cells, std::move(similarities), std::move(presence));
    Decoding::Answer answer;
    answer.logits = std::exchange(arrays.logits, {});
    answer.arrays = std::make_shared<const Decoding::Arrays>(std::move(arrays));
    return answer;
}

std::vector<float> ProtoTreeModel::logitsWith(const PictureMemory&, const Decoding& whole, int classIndex,
                                              const std::vector<float>& attention) const
{
    return logitsWhere(whole, classIndex, attention, [&](const std::vector<MapSource::Part>& parts) {
        const std::span<const float> found = whole.output(classIndex);
        std::vector<float> presence(found.begin(), found.end());
        for (const MapSource::Part& part : parts)
            presence[static_cast<std::size_t>(part.prototype)] = static_cast<float>(part.similarity);
        std::vector<double> soft;
        walk(presence, soft);
        std::vector<float> logits;
        std::ranges::transform(soft, std::back_inserter(logits), logarithm);
        return logits;
    });
}

Model::Decoded ProtoTreeModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress&) const
{
    if (set.mode != LimitMode::All)
        throw Error(ErrorCode::BadArgument, "active classes",
                    "a ProtoTree has no class queries to limit, got mode " + std::string(toString(set.mode)));
    const auto& memory = dynamic_cast<const ProtoTreeMemory&>(picture);
    const int classes = m_config.queries;
    const auto prototypes = static_cast<int>(memory.arrays.outputs.size());
    return {{1, m_config.prototypes->tree->depth, 1, memory.rows, memory.columns, classes, prototypes},
            std::vector<int>(static_cast<std::size_t>(classes), 0),
            memory.arrays};
}

} // namespace ocellus
