// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/concept_transformer/concept_family.h"

#include <utility>

#include "core/model/concept_transformer/concept_model.h"
#include "core/model/concept_transformer/concept_names.h"
#include "core/model/torch_headers.h"

namespace ocellus {

namespace {

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    std::optional<ConceptNames> names = conceptNames(source);
    if (!names)
        return std::nullopt;
    RecognisedModel model;
    model.renamed = std::make_unique<const MappedSource>(source, std::move(names->tensors));
    InferredConfig inferred = inferConcepts(*model.renamed, args);
    model.config = std::move(inferred.config);
    model.assumed = std::move(inferred.assumed);
    model.layout = "timm";
    const std::int64_t side = std::int64_t{model.config.vit->grid} * model.config.vit->patchSize;
    model.usualPreprocessing = "fixed:" + std::to_string(side);
    model.unused = std::move(names->unused);
    return model;
}

ModelOffer offer(const ModelConfig& config)
{
    ModelOffer offer;
    offer.maps = MapSubject::Classes;
    offer.mapKind = MapKind::Concept;
    offer.classes = config.queries;
    offer.canIntervene = true;
    offer.layers = 1;
    offer.heads = config.concepts->ofPatches + config.concepts->ofPicture;
    offer.field = receptiveField(config);
    return offer;
}

std::unique_ptr<const Model> load(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                  const Progress& progress)
{
    return std::make_unique<const ConceptModel>(config, source, compute, progress);
}

} // namespace

ModelFamily conceptFamily()
{
    return {
        "concept-transformer", "Concept Transformer on a Vision Transformer", recognise, conceptTensors, offer, load};
}

} // namespace ocellus
