// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/nearest_patch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/engine/tree_answer.h"

namespace ocellus {

namespace {

/// Squared. Features that were stored in half precision differ by some 1e-7 from what is computed anew; patches that
/// are only alike begin at 3e-6 where vectors of few values lie close together, as a narrow ProtoTree's do.
constexpr double toleranceOfAValue = 1e-6;

struct Similarity {
    SimilarityKind kind;
    double epsilon;
    int values; ///< of a prototype
};

Similarity similarityOf(const ModelConfig& config)
{
    if (config.former)
        return {config.former->similarity, config.former->epsilon, config.former->channels()};
    const PrototypeConfig& own = *config.prototypes;
    return {own.tree ? SimilarityKind::Exponential : own.similarity, own.epsilon,
            own.channels() * own.rows * own.columns};
}

int largestCell(const std::vector<float>& map)
{
    return static_cast<int>(std::ranges::max_element(map) - map.begin());
}

void addOfClass(const Decoding& decoding, int classIndex, Size input, std::vector<NearestPatch>& found)
{
    const Decoding::Extent& extent = decoding.extent();
    for (int head = 0; head < extent.heads; ++head) {
        const std::optional<MapSource::Part> part = decoding.part(0, head, classIndex);
        if (!part || part->kind != MapSource::PartKind::Prototype)
            continue;
        const std::vector<float> map = decoding.scores(0, head, classIndex);
        if (const auto box = publishedBox(map, extent.rows, extent.columns, input, BoxRule::Percentile)) {
            const int cell = largestCell(map);
            found.push_back({part->prototype, map[static_cast<std::size_t>(cell)], cell, *box});
        }
    }
}

void addOfTree(const Decoding& decoding, int classIndex, Size input, std::vector<NearestPatch>& found)
{
    const std::vector<TreeAnswer::Node>& nodes = decoding.tree()->nodes;
    const Decoding::Extent& extent = decoding.extent();
    std::vector<bool> leadsToClass(nodes.size());
    for (std::size_t i = nodes.size(); i-- > 0;) { // children lie behind their parents
        const TreeAnswer::Node& node = nodes[i];
        if (node.isLeaf()) {
            leadsToClass[i] = node.leafClass == classIndex;
            continue;
        }
        leadsToClass[i] =
            leadsToClass[static_cast<std::size_t>(node.left)] || leadsToClass[static_cast<std::size_t>(node.right)];
        if (!leadsToClass[i] || !std::isfinite(node.presence))
            continue;
        std::vector<float> peak(extent.cells());
        peak[static_cast<std::size_t>(node.cell)] = 1;
        if (const auto box = publishedBox(peak, extent.rows, extent.columns, input, BoxRule::Peak))
            found.push_back({node.prototype, node.presence, node.cell, *box});
    }
    std::ranges::sort(found, {}, &NearestPatch::prototype);
}

void addOwned(const std::vector<int>& owners, std::vector<int>& searched)
{
    for (std::size_t prototype = 0; prototype < owners.size(); ++prototype)
        if (owners[prototype] >= 0)
            searched.push_back(static_cast<int>(prototype));
}

} // namespace

bool hasPrototypes(const ModelConfig& config)
{
    return config.prototypes || config.former;
}

void requirePrototypes(const ModelDescription& model, const std::string& subject)
{
    if (!hasPrototypes(model.config))
        throw Error(ErrorCode::Unsupported, subject,
                    "expected a model with prototypes, got one of the family " + model.offer.family,
                    "Open a ProtoPNet, a ProtoTree or a ProtoPFormer");
}

std::vector<int> searchedPrototypes(const ModelConfig& config)
{
    std::vector<int> searched;
    if (config.former) {
        addOwned(config.former->classOf, searched);
    } else if (config.prototypes && config.prototypes->tree) {
        std::set<int> ofBranches;
        for (const TreeNode& node : config.prototypes->tree->nodes)
            if (!node.isLeaf())
                ofBranches.insert(node.prototype);
        searched.assign(ofBranches.begin(), ofBranches.end());
    } else if (config.prototypes) {
        addOwned(config.prototypes->classOf, searched);
    }
    return searched;
}

std::vector<NearestPatch> nearestPatches(const Decoding& decoding, int classIndex, Size input)
{
    std::vector<NearestPatch> found;
    if (decoding.tree())
        addOfTree(decoding, classIndex, input, found);
    else if (decoding.extent().layers > 0)
        addOfClass(decoding, classIndex, input, found);
    return found;
}

double distanceOf(double similarity, const ModelConfig& config)
{
    const Similarity own = similarityOf(config);
    switch (own.kind) {
    case SimilarityKind::Log: {
        const double above = std::expm1(similarity); // of (d + 1) / (d + epsilon)
        return above > 0 ? std::max(0.0, (1 - own.epsilon * (above + 1)) / above)
                         : std::numeric_limits<double>::infinity();
    }
    case SimilarityKind::Linear: return std::max(0.0, -similarity);
    case SimilarityKind::Exponential: return std::max(0.0, -std::log(similarity));
    }
    return 0;
}

double largestSimilarity(const ModelConfig& config)
{
    const Similarity own = similarityOf(config);
    switch (own.kind) {
    case SimilarityKind::Log: return std::log(1 / own.epsilon);
    case SimilarityKind::Linear: return 0;
    case SimilarityKind::Exponential: return 1;
    }
    return 0;
}

bool isThePrototype(double similarity, const ModelConfig& config)
{
    const Similarity own = similarityOf(config);
    const double distance = distanceOf(similarity, config);
    return (own.kind == SimilarityKind::Exponential ? distance * distance : distance) <= toleranceOfAValue * own.values;
}

} // namespace ocellus
