// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/protopnet/protopnet_model.h"

#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/engine/prototype_maps.h"
#include "core/engine/prototypes_by_hand.h"
#include "core/model/host_values.h"
#include "core/model/protopnet/protopnet_names.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

struct ProtoPNetMemory : PictureMemory {
    std::size_t bytes() const override
    {
        return PictureMemory::bytes() + (logits.size() + activations.size() + found.size()) * sizeof(float) +
               maps->bytes();
    }

    std::vector<float> logits;      ///< [C]
    std::vector<float> activations; ///< [C, R], those of each class's own prototypes
    std::vector<float> found;       ///< [P], those of all prototypes
    std::shared_ptr<const PrototypeMaps> maps;
};

} // namespace

ProtoPNetModel::ProtoPNetModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                               const Progress& progress)
    : ProtoPNetModel(config, Weights(source, progress), compute)
{
}

ProtoPNetModel::ProtoPNetModel(const ModelConfig& config, Weights weights, const Compute& compute)
    : m_config(config),
      m_network(*config.prototypes, protoPNetNames(), weights, compute),
      m_lastLayer(weights.take("last_layer.weight").to(compute.device, compute.type)),
      m_prototypesOf(static_cast<std::size_t>(config.queries)),
      m_weights(toVector(m_lastLayer))
{
    const std::vector<int>& owners = m_config.prototypes->classOf;
    for (std::size_t prototype = 0; prototype < owners.size(); ++prototype)
        if (owners[prototype] >= 0)
            m_prototypesOf[static_cast<std::size_t>(owners[prototype])].push_back(static_cast<int>(prototype));
}

ProtoPNetModel::Findings ProtoPNetModel::find(const at::Tensor& embedded) const
{
    const PrototypeConfig& prototypes = *m_config.prototypes;
    Findings found;
    found.distances = m_network.squaredDistances(embedded).relu_();
    found.similarities = similarityOf(found.distances, prototypes.similarity, prototypes.epsilon);
    found.activations = similarityOf(found.distances.flatten(1).amin(1), prototypes.similarity, prototypes.epsilon);
    found.logits = at::mv(m_lastLayer, found.activations);
    return found;
}

std::unique_ptr<const PictureMemory> ProtoPNetModel::encode(const at::Tensor& input, const Progress& progress) const
{
    const PrototypeConfig& prototypes = *m_config.prototypes;
    const at::Tensor embedded = m_network.embed(input, progress);
    const Findings found = find(embedded);
    requireFinite(found.logits);
    auto memory = std::make_unique<ProtoPNetMemory>();
    memory->tokens = patchTokens(embedded, prototypes);
    memory->rows = static_cast<int>(found.distances.size(1));
    memory->columns = static_cast<int>(found.distances.size(2));
    memory->logits = toVector(found.logits);

    memory->found = toVector(found.activations);
    const std::vector<float>& activations = memory->found;
    const auto most = static_cast<std::size_t>(mostOfAClass(prototypes.classOf));
    std::vector<std::vector<MapSource::Part>> parts(m_prototypesOf.size());
    for (std::size_t c = 0; c < parts.size(); ++c) {
        for (const int prototype : m_prototypesOf[c]) {
            const auto place = static_cast<std::size_t>(prototype);
            parts[c].push_back({prototype, -1, activations[place], m_weights[c * activations.size() + place]});
            memory->activations.push_back(activations[place]);
        }
        memory->activations.resize((c + 1) * most);
    }
    const double least =
        leastSimilarity(prototypes.similarity, prototypes.channels() * prototypes.rows * prototypes.columns);
    memory->maps = std::make_shared<const PrototypeMaps>(static_cast<std::size_t>(memory->rows) *
                                                             static_cast<std::size_t>(memory->columns),
                                                         toVector(found.similarities), least, std::move(parts));
    return memory;
}

Model::Decoded ProtoPNetModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress&) const
{
    if (set.mode != LimitMode::All)
        throw Error(ErrorCode::BadArgument, "active classes",
                    "a ProtoPNet has no class queries to limit, got mode " + std::string(toString(set.mode)));
    const auto& memory = dynamic_cast<const ProtoPNetMemory&>(picture);
    const int most = mostOfAClass(m_config.prototypes->classOf);
    const int classes = m_config.queries;
    return {{1, most, classes, memory.rows, memory.columns, classes, most},
            allClasses(classes),
            {memory.logits, memory.activations, {}, memory.maps}};
}

std::vector<float> ProtoPNetModel::logitsOf(std::vector<float> activations,
                                            const std::vector<MapSource::Part>& changed) const
{
    for (const MapSource::Part& part : changed)
        activations[static_cast<std::size_t>(part.prototype)] = static_cast<float>(part.similarity);
    const auto count = static_cast<std::int64_t>(activations.size());
    return toVector(at::mv(m_lastLayer, at::from_blob(activations.data(), {count}, at::kFloat).to(m_lastLayer)));
}

Decoding::Answer ProtoPNetModel::answer(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                        std::vector<float> attention) const
{
    const std::vector<MapSource::Part> parts = partsWhere(whole, classIndex, attention);
    return answerByHand(whole, classIndex, logitsOf(dynamic_cast<const ProtoPNetMemory&>(picture).found, parts), parts,
                        std::move(attention));
}

std::vector<float> ProtoPNetModel::logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                              const std::vector<float>& attention) const
{
    const auto& memory = dynamic_cast<const ProtoPNetMemory&>(picture);
    return logitsWhere(whole, classIndex, attention,
                       [&](const std::vector<MapSource::Part>& parts) { return logitsOf(memory.found, parts); });
}

} // namespace ocellus
