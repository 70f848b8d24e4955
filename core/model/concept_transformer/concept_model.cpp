// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/concept_transformer/concept_model.h"

#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/engine/concept_maps.h"
#include "core/model/host_values.h"
#include "core/model/torch_headers.h"

namespace ocellus {

namespace {

struct ConceptMemory : PictureMemory {
    std::size_t bytes() const override
    {
        return PictureMemory::bytes() + (logits.size() + contributions.size()) * sizeof(float) + maps->bytes();
    }

    std::vector<float> logits;        ///< [C]
    std::vector<float> contributions; ///< [C, K] of every concept
    std::shared_ptr<const ConceptMaps> maps;
};

ConceptMaps::Stream streamOf(const std::optional<ConceptAttention>& concepts, int count, const at::Tensor& attention)
{
    if (!concepts)
        return {};
    return {static_cast<std::size_t>(count), toVector(attention), concepts->gains()};
}

} // namespace

ConceptModel::ConceptModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                           const Progress& progress)
    : ConceptModel(config, Weights(source, progress), compute)
{
}

ConceptModel::ConceptModel(const ModelConfig& config, Weights weights, const Compute& compute)
    : m_config(config),
      m_vit(*config.vit, weights, compute, conceptVit)
{
    const ConceptConfig& concepts = *config.concepts;
    if (concepts.ofPatches > 0)
        m_ofPatches.emplace(conceptsOfPatches, concepts.heads, weights, compute);
    if (concepts.ofPicture > 0)
        m_ofPicture.emplace(conceptsOfPicture, concepts.heads, weights, compute);
}

ConceptModel::Findings ConceptModel::find(const at::Tensor& image, const Progress& progress) const
{
    const Vit::Tokens embedded = m_vit.embed(image);
    const at::Tensor x = m_vit.normed(m_vit.runBlocks(0, m_vit.blocks().size(), embedded.values, progress));
    Findings found;
    found.tokens = x.slice(0, 1);
    found.rows = embedded.rows;
    found.columns = embedded.columns;
    found.logits = at::zeros({m_config.queries}, x.options());
    if (m_ofPatches) {
        found.ofPatches = m_ofPatches->attention(found.tokens);
        found.cellScores = m_ofPatches->scores(found.ofPatches);
        found.logits = found.logits + found.cellScores.mean(0);
    }
    if (m_ofPicture) {
        found.ofPicture = m_ofPicture->attention(x.slice(0, 0, 1));
        found.logits = found.logits + m_ofPicture->scores(found.ofPicture).squeeze(0);
    }
    return found;
}

std::unique_ptr<const PictureMemory> ConceptModel::encode(const at::Tensor& image, const Progress& progress) const
{
    const ConceptConfig& concepts = *m_config.concepts;
    const Findings found = find(image, progress);
    requireFinite(found.logits);
    auto memory = std::make_unique<ConceptMemory>();
    memory->tokens = found.tokens;
    memory->rows = found.rows;
    memory->columns = found.columns;
    memory->logits = toVector(found.logits);
    memory->maps = std::make_shared<const ConceptMaps>(
        static_cast<std::size_t>(found.rows) * static_cast<std::size_t>(found.columns),
        static_cast<std::size_t>(concepts.heads), memory->logits.size(),
        streamOf(m_ofPatches, concepts.ofPatches, found.ofPatches),
        streamOf(m_ofPicture, concepts.ofPicture, found.ofPicture),
        found.cellScores.defined() ? toVector(found.cellScores) : std::vector<float>());
    for (int c = 0; c < m_config.queries; ++c)
        for (int place = 0; place < this->concepts(); ++place)
            memory->contributions.push_back(static_cast<float>(memory->maps->part(0, place, c)->contribution()));
    return memory;
}

Model::Decoded ConceptModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress&) const
{
    if (set.mode != LimitMode::All)
        throw Error(ErrorCode::BadArgument, "active classes",
                    "a Concept Transformer has no class queries to limit, got mode " + std::string(toString(set.mode)));
    const auto& memory = dynamic_cast<const ConceptMemory&>(picture);
    const int classes = m_config.queries;
    return {{1, concepts(), classes, memory.rows, memory.columns, classes, concepts()},
            allClasses(classes),
            {memory.logits, memory.contributions, {}, memory.maps}};
}

} // namespace ocellus
