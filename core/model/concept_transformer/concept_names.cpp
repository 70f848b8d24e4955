// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/concept_transformer/concept_names.h"

#include <utility>

#include "core/base/error.h"
#include "core/model/shape_reading.h"
#include "core/model/vit/vit_names.h"
#include "core/model/vit/vit_tensors.h"

namespace ocellus {

namespace {

constexpr const char* unnamedConcepts = "classifier.unsup_concepts";

std::string projectionOf(const ConceptPlace& place)
{
    return std::string(place.attention) + "proj.weight";
}

int countOf(const TensorSource& source, const ConceptPlace& place)
{
    return source.find(place.concepts) ? extentOf(source, place.concepts, 3, 1) : 0;
}

void addAttention(TensorList& list, const ConceptPlace& place, int concepts, int width, int classes)
{
    if (concepts == 0)
        return;
    const std::string name = place.attention;
    list.add(place.concepts, {1, concepts, width});
    list.add(name + "q.weight", {width, width});
    list.add(name + "kv.weight", {2 * width, width});
    list.addPair(name + "proj", {classes, width});
}

} // namespace

std::optional<ConceptNames> conceptNames(const TensorSource& source)
{
    if (!source.find(conceptsOfPicture.concepts) && !source.find(conceptsOfPatches.concepts))
        return std::nullopt;
    std::optional<VitNames> vit = vitNames(source, conceptVit);
    if (!vit)
        throw Error(ErrorCode::Unsupported, "checkpoint",
                    "this is a Concept Transformer on another network than a Vision Transformer, as the one of "
                    "handwritten digits is",
                    "Open one on a Vision Transformer: it has " + std::string(conceptVit) + "patch_embed.proj.weight");
    ConceptNames names;
    for (MappedTensor& tensor : vit->tensors) {
        tensor.info.name = conceptVit + tensor.info.name;
        names.tensors.push_back(std::move(tensor));
    }
    for (const TensorInfo& tensor : source.tensors())
        if (!tensor.name.starts_with(conceptVit) && tensor.count() > 0)
            names.tensors.emplace_back(tensor.name, tensor);
    names.unused = std::move(vit->unused);
    return names;
}

InferredConfig inferConcepts(const TensorSource& source, const DeclaredArgs& args)
{
    if (source.find(unnamedConcepts))
        throw Error(ErrorCode::Unsupported, unnamedConcepts,
                    "expected concepts that have a meaning, got " + shapeText(source.find(unnamedConcepts)->shape) +
                        " without one, for which the released code has no attention");
    InferredConfig result;
    result.config.head = HeadKind::Concepts;
    InferredVit vit = inferVit(source, args.vit, false, false, conceptVit);
    if (vit.config.prefix() != 1 || !vit.config.prefixHasPosition)
        throw Error(ErrorCode::Unsupported, conceptVit,
                    "expected a plain Vision Transformer in front of the concepts, got one with further tokens");
    result.config.vit = vit.config;
    result.assumed = std::move(vit.assumed);
    ConceptConfig concepts;
    concepts.ofPicture = countOf(source, conceptsOfPicture);
    concepts.ofPatches = countOf(source, conceptsOfPatches);
    if (concepts.ofPicture + concepts.ofPatches == 0)
        throw Error(ErrorCode::Mismatch, conceptsOfPicture.concepts, "expected at least one concept, got none");
    if (vit.config.width % concepts.heads != 0)
        throw Error(ErrorCode::Mismatch, conceptsOfPicture.concepts,
                    "expected a width that " + std::to_string(concepts.heads) + " heads divide, got " +
                        std::to_string(vit.config.width));
    result.config.queries =
        extentOf(source, projectionOf(concepts.ofPicture > 0 ? conceptsOfPicture : conceptsOfPatches), 2, 0);
    result.config.concepts = concepts;
    result.assumed.emplace_back("concept_heads");
    validate(result.config);
    return result;
}

std::vector<TensorInfo> conceptTensors(const ModelConfig& config)
{
    const int width = config.vit->width;
    TensorList list;
    for (const TensorInfo& tensor : vitTensors(*config.vit, conceptVit))
        list.add(tensor.name, tensor.shape);
    addAttention(list, conceptsOfPicture, config.concepts->ofPicture, width, config.queries);
    addAttention(list, conceptsOfPatches, config.concepts->ofPatches, width, config.queries);
    return list.sorted();
}

} // namespace ocellus
