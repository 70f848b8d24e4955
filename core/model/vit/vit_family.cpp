// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_family.h"

#include <algorithm>

#include "core/model/mapped_source.h"
#include "core/model/torch_headers.h"
#include "core/model/vit/vit_model.h"
#include "core/model/vit/vit_names.h"
#include "core/model/vit/vit_tensors.h"

namespace ocellus {
namespace {

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    std::optional<VitNames> names = vitNames(source);
    if (!names)
        return std::nullopt;
    RecognisedModel model;
    const bool hasMaskToken =
        std::ranges::any_of(names->unused, [](const std::string& name) { return name.ends_with("mask_token"); });
    model.renamed = std::make_unique<const MappedSource>(source, std::move(names->tensors));
    InferredVit vit = inferVit(*model.renamed, args.vit, hasMaskToken, true);
    model.config.head = HeadKind::None;
    model.config.queries = vit.config.classes;
    model.config.vit = vit.config;
    model.assumed = std::move(vit.assumed);
    model.layout = names->layout;
    model.usualPreprocessing = usualPreprocessing(vit.config);
    model.unused = std::move(names->unused);
    return model;
}

std::vector<TensorInfo> tensors(const ModelConfig& config)
{
    return vitTensors(*config.vit);
}

ModelOffer offer(const ModelConfig& config)
{
    const VitConfig& vit = *config.vit;
    ModelOffer offer;
    offer.maps = MapSubject::Picture;
    offer.hasLogits = vit.classes > 0;
    if (!offer.hasLogits) {
        offer.rowNames.emplace_back("[CLS]");
        if (vit.distillation)
            offer.rowNames.emplace_back("distillation token");
        for (int i = 1; i <= vit.registers; ++i)
            offer.rowNames.push_back("register " + std::to_string(i));
    }
    offer.classes = offer.hasLogits ? vit.classes : vit.prefix();
    offer.layerKind = LayerKind::Block;
    offer.layers = vit.depth;
    offer.heads = vit.heads;
    offer.sharesAttention = true;
    offer.field = receptiveField(config);
    return offer;
}

std::unique_ptr<const Model> load(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                  const Progress& progress)
{
    return std::make_unique<const VitModel>(*config.vit, source, compute, progress);
}

} // namespace

ModelFamily vitFamily()
{
    return {"vit", "Vision Transformer (timm, DeiT, DINO, DINOv2, CLIP, Hugging Face)", recognise, tensors, offer,
            load};
}

} // namespace ocellus
