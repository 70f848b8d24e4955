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
        const auto bytesOf = [](const at::Tensor& tensor) { return tensor.defined() ? tensor.nbytes() : 0; };
        return PictureMemory::bytes() + (arrays.logits.size() + arrays.outputs.size()) * sizeof(float) +
               arrays.maps->bytes() + bytesOf(found.ofPatches) + bytesOf(found.ofPicture);
    }

    ConceptModel::Findings found; ///< its attention alone
    Decoding::Arrays arrays;      ///< outputs are what each concept gives, [C, K]
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
    if (m_ofPatches)
        found.ofPatches = m_ofPatches->attention(found.tokens);
    if (m_ofPicture)
        found.ofPicture = m_ofPicture->attention(x.slice(0, 0, 1));
    score(found);
    return found;
}

void ConceptModel::score(Findings& found) const
{
    found.logits = at::zeros({m_config.queries}, (m_ofPatches ? found.ofPatches : found.ofPicture).options());
    if (m_ofPatches) {
        found.cellScores = m_ofPatches->scores(found.ofPatches);
        found.logits = found.logits + found.cellScores.mean(0);
    }
    if (m_ofPicture)
        found.logits = found.logits + m_ofPicture->scores(found.ofPicture).squeeze(0);
}

Decoding::Arrays ConceptModel::arraysOf(const Findings& found) const
{
    const ConceptConfig& concepts = *m_config.concepts;
    Decoding::Arrays arrays;
    arrays.logits = toVector(found.logits);
    arrays.maps = std::make_shared<const ConceptMaps>(
        static_cast<std::size_t>(found.rows) * static_cast<std::size_t>(found.columns),
        static_cast<std::size_t>(concepts.heads), arrays.logits.size(),
        streamOf(m_ofPatches, concepts.ofPatches, found.ofPatches),
        streamOf(m_ofPicture, concepts.ofPicture, found.ofPicture),
        found.cellScores.defined() ? toVector(found.cellScores) : std::vector<float>());
    for (int c = 0; c < m_config.queries; ++c)
        for (int place = 0; place < this->concepts(); ++place)
            arrays.outputs.push_back(static_cast<float>(arrays.maps->part(0, place, c)->contribution()));
    return arrays;
}

std::unique_ptr<const PictureMemory> ConceptModel::encode(const at::Tensor& image, const Progress& progress) const
{
    Findings found = find(image, progress);
    requireFinite(found.logits);
    auto memory = std::make_unique<ConceptMemory>();
    memory->tokens = found.tokens;
    memory->rows = found.rows;
    memory->columns = found.columns;
    memory->arrays = arraysOf(found);
    memory->found = {{}, found.rows, found.columns, found.ofPatches, found.ofPicture, {}, {}};
    return memory;
}

Decoding::Answer ConceptModel::without(const PictureMemory& picture, const Decoding& whole,
                                       const AttentionIntervention& intervention) const
{
    validate(intervention, whole);
    Findings left = dynamic_cast<const ConceptMemory&>(picture).found;
    for (at::Tensor* attention : {&left.ofPatches, &left.ofPicture})
        if (attention->defined())
            *attention = attention->clone();
    const int ofPatches = m_config.concepts->ofPatches;
    const int cells = static_cast<int>(whole.extent().cells());
    for (int place = 0; place < concepts(); ++place) {
        const bool isOfPatches = place < ofPatches;
        const at::Tensor own =
            isOfPatches ? left.ofPatches.select(2, place) : left.ofPicture.select(2, place - ofPatches);
        const auto lost = intervention.cells.find(place);
        if (intervention.suppressesHead(place, cells))
            own.zero_();
        else if (isOfPatches && lost != intervention.cells.end()) // the whole picture has no places
            for (const int cell : lost->second)
                own.select(1, cell).zero_();
    }
    score(left);
    Decoding::Arrays arrays = arraysOf(left);
    Decoding::Answer answer;
    answer.logits = std::exchange(arrays.logits, {});
    answer.arrays = std::make_shared<const Decoding::Arrays>(std::move(arrays));
    return answer;
}

std::vector<float> ConceptModel::logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                            const std::vector<float>& attention) const
{
    const Decoding::Extent& extent = whole.extent();
    const std::size_t cells = extent.cells();
    std::vector<float> logits;
    for (std::size_t from = 0; from < attention.size(); from += static_cast<std::size_t>(extent.heads) * cells) {
        AttentionIntervention taken{classIndex, {}, {}, extent.rows, extent.columns};
        for (std::size_t place = 0; place < static_cast<std::size_t>(extent.heads) * cells; ++place)
            if (!(attention[from + place] > 0))
                taken.cells[static_cast<int>(place / cells)].push_back(static_cast<int>(place % cells));
        logits.push_back(without(picture, whole, taken).logits[static_cast<std::size_t>(classIndex)]);
    }
    return logits;
}

Model::Decoded ConceptModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress&) const
{
    if (set.mode != LimitMode::All)
        throw Error(ErrorCode::BadArgument, "active classes",
                    "a Concept Transformer has no class queries to limit, got mode " + std::string(toString(set.mode)));
    const auto& memory = dynamic_cast<const ConceptMemory&>(picture);
    const int classes = m_config.queries;
    return {
        {1, concepts(), classes, memory.rows, memory.columns, classes, concepts()}, allClasses(classes), memory.arrays};
}

} // namespace ocellus
