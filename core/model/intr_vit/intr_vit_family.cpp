// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr_vit/intr_vit_family.h"

#include <algorithm>

#include "core/model/intr/intr_family.h"
#include "core/model/intr_vit/intr_vit_names.h"
#include "core/model/mapped_source.h"

namespace ocellus {
namespace {

/// A pre-norm encoder ends with a norm of its own, but for INTR-Encoders' files, where only the settings tell.
void decideNorms(const TensorSource& source, const DeclaredArgs& args, bool isEncoders, ModelConfig& config)
{
    const bool encoderNorm = source.find("transformer.encoder.norm.weight") != nullptr;
    config.preNorm = encoderNorm || (isEncoders && args.preNorm.value_or(false));
    config.encoderNorm = encoderNorm || !config.preNorm;
}

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    std::optional<VitNames> names = intrVitNames(source);
    if (!names)
        return std::nullopt;
    const bool isEncoders = names->layout == "INTR-Encoders";
    const bool hasMaskToken =
        std::ranges::any_of(names->unused, [](const std::string& name) { return name.ends_with(".mask_token"); });
    RecognisedModel model;
    model.renamed = std::make_unique<const MappedSource>(source, std::move(names->tensors));
    ModelConfig& config = model.config;
    inferTransformer(*model.renamed, config);
    decideNorms(*model.renamed, args, isEncoders, config);
    InferredVit vit = inferVit(*model.renamed, args.vit, hasMaskToken, false, "backbone.0.body.");
    config.vit = vit.config;
    model.assumed = std::move(vit.assumed);
    if (args.heads)
        config.heads = *args.heads;
    else
        model.assumed.emplace_back("nheads");
    if (isEncoders && !args.preNorm)
        model.assumed.emplace_back("pre_norm");
    validate(config);
    model.layout = names->layout;
    // INTR-Encoders' default is Hugging Face's processor of google/vit-base-patch16-224.
    const int side = vit.config.grid * vit.config.patchSize;
    model.usualPreprocessing = "fixed:" + std::to_string(side == 518 ? 224 : side) + ",half";
    model.unused = std::move(names->unused);
    return model;
}

} // namespace

ModelFamily intrVitFamily()
{
    ModelFamily family = intrFamily();
    family.name = "intr-vit";
    family.title = "INTR on a Vision Transformer (our names, and INTR-Encoders')";
    family.recognise = recognise;
    return family;
}

} // namespace ocellus
