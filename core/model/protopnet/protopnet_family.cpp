// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/protopnet/protopnet_family.h"

#include "core/model/protopnet/protopnet_model.h"
#include "core/model/protopnet/protopnet_names.h"
#include "core/model/prototypes/prototype_tensors.h"
#include "core/model/prototypes/recognised_prototypes.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    return recognisedPrototypes(inferProtoPNet(source, args));
}

ModelOffer offer(const ModelConfig& config)
{
    ModelOffer offer;
    offer.maps = MapSubject::Classes;
    offer.mapKind = MapKind::Prototype;
    offer.classes = config.queries;
    offer.layers = 1;
    offer.canIntervene = true;
    offer.heads = mostOfAClass(config.prototypes->classOf);
    offer.field = prototypeField(config);
    return offer;
}

std::unique_ptr<const Model> load(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                  const Progress& progress)
{
    return std::make_unique<const ProtoPNetModel>(config, source, compute, progress);
}

} // namespace

ModelFamily protoPNetFamily()
{
    return {"protopnet", "ProtoPNet on VGG, ResNet, DenseNet or MobileNetV2", recognise, protoPNetTensors, offer, load};
}

} // namespace ocellus
