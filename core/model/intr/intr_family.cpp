// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr/intr_family.h"

#include "core/model/intr/intr_model.h"
#include "core/model/state_dict.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    const bool isIntr = source.find("query_embed.weight") && source.find("presence_vector.weight");
    if (!isIntr || source.find("backbone.0.body.patch_embed.proj.weight"))
        return std::nullopt;
    const InferredConfig inferred = inferConfig(source, args);
    RecognisedModel model;
    model.config = inferred.config;
    model.assumed = inferred.assumed;
    return model;
}

ModelOffer offer(const ModelConfig& config)
{
    ModelOffer offer;
    offer.maps = MapSubject::Classes;
    offer.classes = config.queries;
    offer.layers = config.decoderLayers;
    offer.heads = config.heads;
    offer.canLimit = offer.canDrop = offer.canIntervene = true;
    offer.field = receptiveField(config);
    return offer;
}

std::unique_ptr<const Model> load(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                  const Progress& progress)
{
    return std::make_unique<const IntrModel>(config, source, compute, progress);
}

} // namespace

ModelFamily intrFamily()
{
    return {"intr", "INTR on a convolutional backbone", recognise, expectedTensors, offer, load};
}

} // namespace ocellus
