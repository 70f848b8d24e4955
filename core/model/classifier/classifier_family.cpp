// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier/classifier_family.h"

#include "core/model/classifier/classifier_model.h"
#include "core/model/shape_reading.h"
#include "core/model/state_dict.h"
#include "core/model/torch_headers.h"
#include "core/model/torchvision_names.h"

namespace ocellus {
namespace {

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    RecognisedModel model;
    model.renamed = fromTorchvision(source);
    const TensorSource& own = model.renamed ? *model.renamed : source;
    if (!own.find("fc.weight") || !hasNameWith(own, "backbone.0.body."))
        return std::nullopt;
    if (model.renamed) {
        model.layout = "torchvision";
        model.usualPreprocessing = "fixed:224"; // torchvision cuts the middle 224 pixels out of 256
    }
    const InferredConfig inferred = inferConfig(own, args);
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
