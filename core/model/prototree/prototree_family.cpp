// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototree/prototree_family.h"

#include "core/model/prototree/prototree_model.h"
#include "core/model/prototree/prototree_names.h"
#include "core/model/prototypes/prototype_tensors.h"
#include "core/model/prototypes/recognised_prototypes.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    return recognisedPrototypes(inferProtoTree(source, args));
}

ModelOffer offer(const ModelConfig& config)
{
    ModelOffer offer;
    offer.maps = MapSubject::Picture;
    offer.mapKind = MapKind::Node;
    offer.classes = config.queries;
    offer.canIntervene = true;
    offer.layers = 1;
    offer.heads = config.prototypes->tree->depth;
    offer.field = prototypeField(config);
    return offer;
}

std::unique_ptr<const Model> load(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                  const Progress& progress)
{
    return std::make_unique<const ProtoTreeModel>(config, source, compute, progress);
}

} // namespace

ModelFamily protoTreeFamily()
{
    return {"prototree", "ProtoTree on VGG, ResNet, DenseNet or MobileNetV2", recognise, protoTreeTensors, offer, load};
}

} // namespace ocellus
