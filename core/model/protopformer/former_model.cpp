// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/protopformer/former_model.h"

#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/engine/kept_prototype_maps.h"
#include "core/engine/prototypes_by_hand.h"
#include "core/model/host_values.h"
#include "core/model/protopformer/former_names.h"
#include "core/model/torch_headers.h"

namespace ocellus {

namespace {

struct FormerMemory : PictureMemory {
    std::size_t bytes() const override
    {
        return PictureMemory::bytes() +
               (logits.size() + activations.size() + found.size() + foundGlobal.size()) * sizeof(float) + maps->bytes();
    }

    std::vector<float> logits;             ///< [C]
    std::vector<float> activations;        ///< [C, R], those of each class's own prototypes
    std::vector<float> found, foundGlobal; ///< by prototypes of patches and of the whole picture
    std::shared_ptr<const KeptPrototypeMaps> maps;
};

at::Tensor placed(const at::Tensor& weight, double share, const Compute& compute)
{
    return (weight * share).to(compute.device, compute.type);
}

/// [P, N] of what was seen of the kept patches: those left out are as unlike as can be.
std::vector<float> onAllCells(const FormerModel::Findings& found, double least)
{
    at::Tensor all =
        at::full({found.similarities.size(0), found.tokens.rollout.size(0)}, least, found.similarities.options());
    all.index_copy_(1, found.tokens.kept, found.similarities);
    return toVector(all);
}

KeptTokens keptOf(const FormerNetwork::Tokens& tokens)
{
    const at::Tensor cells = tokens.kept.to(at::kCPU, at::kInt).contiguous();
    return {{cells.data_ptr<int>(), cells.data_ptr<int>() + cells.numel()}, toVector(tokens.rollout)};
}

} // namespace

FormerModel::FormerModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                         const Progress& progress)
    : FormerModel(config, Weights(source, progress), compute)
{
}

FormerModel::FormerModel(const ModelConfig& config, Weights weights, const Compute& compute)
    : m_config(config),
      m_network(config, weights, compute),
      m_addOn(config.former->addOn, true, formerAddOn, weights, compute),
      m_ofPatches(weights.take("prototype_vectors"), compute),
      m_ofPicture(weights.take("prototype_vectors_global"), compute),
      m_lastLayer(placed(weights.take("last_layer.weight"), 1 - config.former->globalShare, compute)),
      m_globalLastLayer(placed(weights.take("last_layer_global.weight"), config.former->globalShare, compute)),
      m_weights(toVector(m_lastLayer)),
      m_globalWeights(toVector(m_globalLastLayer))
{
}

at::Tensor FormerModel::similarities(const at::Tensor& tokens, const PrototypeDistances& prototypes) const
{
    const FormerConfig& former = *m_config.former;
    const at::Tensor embedded = m_addOn.run(tokens.t().unsqueeze(0).unsqueeze(2)); // as a grid of one row
    return similarityOf(prototypes.squared(embedded).relu_().squeeze(1), former.similarity, former.epsilon);
}

FormerModel::Findings FormerModel::find(const at::Tensor& image, const Progress& progress) const
{
    Findings found;
    found.tokens = m_network.run(image, progress);
    const at::Tensor& tokens = found.tokens.values;
    found.similarities = similarities(tokens.index_select(0, found.tokens.kept + 1), m_ofPatches);
    found.activations = found.similarities.amax(1);
    found.globalActivations = similarities(tokens.slice(0, 0, 1), m_ofPicture).select(1, 0).contiguous();
    found.logits = at::mv(m_lastLayer, found.activations) + at::mv(m_globalLastLayer, found.globalActivations);
    return found;
}

int FormerModel::most() const
{
    return mostOfAClass(m_config.former->classOf) + mostOfAClass(m_config.former->globalClassOf);
}

std::vector<MapSource::Part> FormerModel::partsOf(int classIndex, const std::vector<float>& activations,
                                                  const std::vector<float>& globalActivations) const
{
    const FormerConfig& former = *m_config.former;
    std::vector<MapSource::Part> parts;
    const auto add = [&](const std::vector<int>& owners, const std::vector<float>& found,
                         const std::vector<float>& weights, MapSource::PartKind kind) {
        for (std::size_t prototype = 0; prototype < owners.size(); ++prototype)
            if (owners[prototype] == classIndex)
                parts.push_back({static_cast<int>(prototype), -1, found[prototype],
                                 weights[static_cast<std::size_t>(classIndex) * owners.size() + prototype], kind});
    };
    add(former.classOf, activations, m_weights, MapSource::PartKind::Prototype);
    add(former.globalClassOf, globalActivations, m_globalWeights, MapSource::PartKind::GlobalPrototype);
    return parts;
}

std::unique_ptr<const PictureMemory> FormerModel::encode(const at::Tensor& image, const Progress& progress) const
{
    const Findings found = find(image, progress);
    requireFinite(found.logits);
    auto memory = std::make_unique<FormerMemory>();
    memory->tokens = found.tokens.values.slice(0, 1);
    memory->rows = found.tokens.rows;
    memory->columns = found.tokens.columns;
    memory->logits = toVector(found.logits);
    memory->found = toVector(found.activations);
    memory->foundGlobal = toVector(found.globalActivations);
    const auto heads = static_cast<std::size_t>(most());
    std::vector<std::vector<MapSource::Part>> parts;
    for (int c = 0; c < m_config.queries; ++c) {
        parts.push_back(partsOf(c, memory->found, memory->foundGlobal));
        for (const MapSource::Part& part : parts.back())
            memory->activations.push_back(static_cast<float>(part.similarity));
        memory->activations.resize(parts.size() * heads);
    }
    const double least = leastSimilarity(m_config.former->similarity, m_config.former->channels());
    memory->maps = std::make_shared<const KeptPrototypeMaps>(
        static_cast<std::size_t>(memory->rows) * static_cast<std::size_t>(memory->columns), onAllCells(found, least),
        least, std::move(parts), keptOf(found.tokens));
    return memory;
}

Model::Decoded FormerModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress&) const
{
    if (set.mode != LimitMode::All)
        throw Error(ErrorCode::BadArgument, "active classes",
                    "a ProtoPFormer has no class queries to limit, got mode " + std::string(toString(set.mode)));
    const auto& memory = dynamic_cast<const FormerMemory&>(picture);
    const int classes = m_config.queries;
    return {{1, most(), classes, memory.rows, memory.columns, classes, most()},
            allClasses(classes),
            {memory.logits, memory.activations, {}, memory.maps}};
}

std::vector<float> FormerModel::logitsOf(std::vector<float> found, std::vector<float> foundGlobal,
                                         const std::vector<MapSource::Part>& changed) const
{
    for (const MapSource::Part& part : changed)
        (part.isGlobal() ? foundGlobal : found)[static_cast<std::size_t>(part.prototype)] =
            static_cast<float>(part.similarity);
    const auto placed = [](std::vector<float>& values, const at::Tensor& like) {
        return at::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}, at::kFloat).to(like);
    };
    return toVector(at::mv(m_lastLayer, placed(found, m_lastLayer)) +
                    at::mv(m_globalLastLayer, placed(foundGlobal, m_globalLastLayer)));
}

Decoding::Answer FormerModel::answer(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                     std::vector<float> attention) const
{
    const auto& memory = dynamic_cast<const FormerMemory&>(picture);
    const std::vector<MapSource::Part> parts = partsWhere(whole, classIndex, attention);
    return answerByHand(whole, classIndex, logitsOf(memory.found, memory.foundGlobal, parts), parts,
                        std::move(attention));
}

std::vector<float> FormerModel::logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                           const std::vector<float>& attention) const
{
    const auto& memory = dynamic_cast<const FormerMemory&>(picture);
    return logitsWhere(whole, classIndex, attention, [&](const std::vector<MapSource::Part>& parts) {
        return logitsOf(memory.found, memory.foundGlobal, parts);
    });
}

} // namespace ocellus
