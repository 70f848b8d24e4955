// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/protopformer/former_family.h"

#include <utility>

#include "core/model/protopformer/former_model.h"
#include "core/model/protopformer/former_names.h"
#include "core/model/torch_headers.h"

namespace ocellus {

namespace {

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    std::optional<FormerNames> names = formerNames(source);
    if (!names)
        return std::nullopt;
    RecognisedModel model;
    model.renamed = std::make_unique<const MappedSource>(source, std::move(names->tensors));
    InferredConfig inferred = inferFormer(*model.renamed, args);
    model.config = std::move(inferred.config);
    model.assumed = std::move(inferred.assumed);
    model.layout = "timm";
    model.usualPreprocessing = usualPreprocessing(*model.config.vit);
    model.unused = std::move(names->unused);
    return model;
}

ModelOffer offer(const ModelConfig& config)
{
    ModelOffer offer;
    offer.maps = MapSubject::Classes;
    offer.mapKind = MapKind::Prototype;
    offer.classes = config.queries;
    offer.layers = 1;
    offer.canIntervene = true;
    offer.heads = mostOfAClass(config.former->classOf) + mostOfAClass(config.former->globalClassOf);
    offer.field = receptiveField(config);
    return offer;
}

std::unique_ptr<const Model> load(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                  const Progress& progress)
{
    return std::make_unique<const FormerModel>(config, source, compute, progress);
}

} // namespace

ModelFamily protoPFormerFamily()
{
    return {"protopformer", "ProtoPFormer on DeiT or CaiT", recognise, formerTensors, offer, load};
}

} // namespace ocellus
