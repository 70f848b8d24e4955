// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prompt_cam/prompt_cam_family.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/model/mapped_source.h"
#include "core/model/prompt_cam/prompt_cam_model.h"
#include "core/model/shape_reading.h"
#include "core/model/torch_headers.h"
#include "core/model/vit/vit_names.h"
#include "core/model/vit/vit_tensors.h"

namespace ocellus {
namespace {

constexpr const char* promptsName = "vpt.prompt_embeddings";

std::optional<RecognisedModel> recognise(const TensorSource& source, const DeclaredArgs& args)
{
    std::optional<VitNames> names = source.find(promptsName) ? vitNames(source) : std::nullopt;
    if (!names)
        return std::nullopt;
    RecognisedModel model;
    const bool hasMaskToken = std::ranges::find(names->unused, "mask_token") != names->unused.end();
    model.renamed = std::make_unique<const MappedSource>(source, std::move(names->tensors));
    InferredVit vit = inferVit(*model.renamed, args.vit, hasMaskToken, false);
    model.config.head = HeadKind::Prompts;
    model.config.promptLayers = extentOf(*model.renamed, promptsName, 3, 0);
    model.config.queries = extentOf(*model.renamed, promptsName, 3, 1);
    model.config.vit = vit.config;
    if (model.config.promptLayers > vit.config.depth)
        throw Error(ErrorCode::Mismatch, promptsName,
                    "expected prompts for at most " + std::to_string(vit.config.depth) + " blocks, got " +
                        std::to_string(model.config.promptLayers));
    model.assumed = std::move(vit.assumed);
    model.layout = names->layout;
    const int side = vit.config.grid * vit.config.patchSize;
    model.usualPreprocessing =
        "fixed:" + std::to_string(side == 518 ? 224 : side) + ",half"; // as the released code does
    model.unused = std::move(names->unused);
    return model;
}

ModelOffer offer(const ModelConfig& config)
{
    ModelOffer offer;
    offer.maps = MapSubject::Classes;
    offer.classes = config.queries;
    offer.layerKind = LayerKind::Block;
    offer.layers = promptCamLayers(config);
    offer.heads = config.vit->heads;
    offer.canDrop = config.promptLayers == config.vit->depth;
    offer.canBlurHeads = offer.sharesAttention = true;
    offer.field = receptiveField(config);
    return offer;
}

std::unique_ptr<const Model> load(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                  const Progress& progress)
{
    return std::make_unique<const PromptCamModel>(config, source, compute, progress);
}

} // namespace

std::vector<TensorInfo> promptCamTensors(const ModelConfig& config)
{
    std::vector<TensorInfo> tensors = vitTensors(*config.vit);
    tensors.push_back({promptsName, DType::Float32, {config.promptLayers, config.queries, config.vit->width}});
    tensors.push_back({"head.weight", DType::Float32, {1, config.vit->width}});
    tensors.push_back({"head.bias", DType::Float32, {1}});
    std::ranges::sort(tensors, {}, &TensorInfo::name);
    return tensors;
}

ModelFamily promptCamFamily()
{
    return {"prompt-cam", "Prompt-CAM on a frozen Vision Transformer", recognise, promptCamTensors, offer, load};
}

} // namespace ocellus
