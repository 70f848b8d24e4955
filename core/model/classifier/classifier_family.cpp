// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier/classifier_family.h"

#include "core/model/classifier/classifier_model.h"
#include "core/model/shape_reading.h"
#include "core/model/state_dict.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    if (!source.find("fc.weight") || !hasNameWith(source, "backbone.0.body."))
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
    offer.classes = config.queries;
    offer.field = receptiveField(config);
    return offer;
}

std::unique_ptr<const Model> load(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                  const Progress& progress)
{
    return std::make_unique<const ClassifierModel>(config, source, compute, progress);
}

} // namespace

ModelFamily classifierFamily()
{
    return {"classifier", "plain classifier on a convolutional backbone", recognise, expectedTensors, offer, load};
}

} // namespace ocellus
