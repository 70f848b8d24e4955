// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prompt_cam/prompt_cam_model.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/engine/token_maps.h"
#include "core/model/host_values.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Above it the prompts of all blocks take more memory than the picture's tokens several times over.
constexpr int mostClassesWithEarlierMaps = 1000;

struct PromptCamMemory : PictureMemory {
    std::size_t bytes() const override
    {
        std::size_t sum = picture.tokens.nbytes() + picture.keys.nbytes() + picture.values.nbytes();
        if (picture.prompts.defined())
            sum += picture.prompts.nbytes();
        for (const TokenMaps::Layer& layer : earlier)
            sum += (layer.rows + layer.tokens) * static_cast<std::size_t>(picture.tokens.size(1)) * sizeof(float);
        return sum;
    }

    PromptCam::Picture picture;
    std::vector<TokenMaps::Layer> earlier;
};

TokenMaps::Layer layerOf(const PromptCam::Looks& looks, std::size_t prompts)
{
    return {static_cast<std::size_t>(looks.queries.size(1)),
            static_cast<std::size_t>(looks.keys.size(2)),
            prompts,
            toShared(looks.queries),
            toShared(looks.keys),
            {}};
}

} // namespace

int promptCamLayers(const ModelConfig& config)
{
    return config.queries > mostClassesWithEarlierMaps ? 1 : config.vit->depth;
}

PromptCamModel::PromptCamModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                               const Progress& progress)
    : m_network(config, source, promptCamLayers(config) > 1, compute, progress)
{
}

const PromptCam::Picture& PromptCamModel::pictureOf(const PictureMemory& picture)
{
    return dynamic_cast<const PromptCamMemory&>(picture).picture;
}

std::unique_ptr<const PictureMemory> PromptCamModel::encode(const at::Tensor& image, const Progress& progress) const
{
    const ModelConfig& config = m_network.config();
    auto memory = std::make_unique<PromptCamMemory>();
    memory->picture = m_network.encode(image, progress);
    for (const PromptCam::Looks& looks : std::exchange(memory->picture.earlier, {}))
        memory->earlier.push_back(layerOf(looks, static_cast<std::size_t>(config.queries)));
    memory->tokens = memory->picture.tokens.slice(0, config.vit->prefix());
    memory->rows = memory->picture.rows;
    memory->columns = memory->picture.columns;
    return memory;
}

Model::Decoded PromptCamModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const
{
    const ModelConfig& config = m_network.config();
    if (set.mode == LimitMode::Zero || (set.mode == LimitMode::Drop && !m_network.isDeep()))
        throw Error(ErrorCode::BadArgument, "active classes",
                    set.mode == LimitMode::Zero
                        ? "Prompt-CAM has no zero queries: its prompts can only be left out (mode drop)"
                        : "prompts that run through all blocks cannot be left out of the last one alone");
    const auto& memory = dynamic_cast<const PromptCamMemory&>(picture);
    const std::vector<int> classes = set.mode == LimitMode::Drop ? set.active : allClasses(config.queries);
    const PromptCam::Decoded decoded = m_network.decode(memory.picture, classes, progress);
    requireFinite(decoded.logits);
    const int layers = promptCamLayers(config);
    std::vector<TokenMaps::Layer> looks = memory.earlier;
    for (TokenMaps::Layer& layer : looks)
        layer.rowOfQuery = classes;
    looks.push_back(layerOf(decoded.looks, classes.size()));
    const int heads = config.vit->heads;
    std::vector<int> queryOfClass(static_cast<std::size_t>(config.queries), -1);
    for (std::size_t i = 0; i < classes.size(); ++i)
        queryOfClass[static_cast<std::size_t>(classes[i])] = static_cast<int>(i);
    return {{layers, heads, static_cast<int>(classes.size()), memory.rows, memory.columns, config.queries,
             config.vit->width},
            std::move(queryOfClass),
            {toVector(decoded.logits), toVector(decoded.outputs), toVector(decoded.entered),
             std::make_shared<const TokenMaps>(static_cast<std::size_t>(heads),
                                               static_cast<std::size_t>(config.vit->width / heads),
                                               static_cast<std::size_t>(config.vit->prefix()), std::move(looks))}};
}

BlurredHeads PromptCamModel::blurHeads(const PictureMemory& picture, const QuerySet& set, int classIndex,
                                       const Progress& progress) const
{
    const std::vector<int> classes = set.mode == LimitMode::Drop ? set.active : allClasses(m_network.config().queries);
    const auto place = std::ranges::find(classes, classIndex);
    if (place == classes.end())
        throw Error(ErrorCode::BadArgument, "class " + std::to_string(classIndex), "takes no part in this decoding");
    return rankHeadsByBlurring(m_network, m_network.decode(pictureOf(picture), classes, progress),
                               static_cast<int>(place - classes.begin()), progress);
}

} // namespace ocellus
