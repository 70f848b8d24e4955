// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/randomisation.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/model/backbone_stage.h"

namespace ocellus {

namespace {

const std::string body = "backbone.0.body.";

/// The module that a block belongs to below the backbone's body: a ResNet's stage, or a block of its own.
std::string moduleOf(const PlannedBlock& block, bool resnet)
{
    const std::string& name = block.path.front().name;
    const std::size_t dot = name.find('.');
    return resnet ? name.substr(0, dot) : name.substr(0, name.find('.', dot + 1));
}

/// The last stage first; a ResNet's stem is one of its own.
void addBackbone(const ModelConfig& config, std::vector<RandomisationStage>& all)
{
    const bool resnet = isResnet(config.backbone);
    const BackbonePlan plan = backbonePlan(config);
    const std::vector<BackboneStage> stages = backboneStages(config);
    for (std::size_t i = stages.size(); i-- > 0;) {
        RandomisationStage stage{stages[i].name, {}};
        for (std::size_t block = i == 0 ? std::size_t{resnet ? 1U : 0U} : stages[i - 1].blocks;
             block < stages[i].blocks; ++block)
            if (std::string prefix = body + moduleOf(plan[block], resnet) + ".";
                std::ranges::find(stage.prefixes, prefix) == stage.prefixes.end())
                stage.prefixes.push_back(std::move(prefix));
        all.push_back(std::move(stage));
    }
    if (resnet)
        all.push_back({"stem", {body + "conv1", body + "bn1"}});
}

/// `below` stands before its tensors' names. Maps without a decoder are the attention of its blocks: what lies behind
/// the last one cannot move them.
void addVit(const ModelConfig& config, const std::string& below, std::vector<RandomisationStage>& all)
{
    const VitConfig& vit = *config.vit;
    all.push_back({"norm", {below + "norm."}, !hasDecoder(config)});
    if (config.head == HeadKind::Prompts)
        all.push_back({"prompts", {"vpt.prompt_embeddings"}});
    for (int block = vit.depth - 1; block >= 0; --block) {
        const std::string name = "blocks." + std::to_string(block);
        all.push_back({name, {below + name + "."}});
    }
    if (vit.normBefore)
        all.push_back({"norm_pre", {below + "norm_pre."}});
    all.push_back({"patch_embed",
                   {below + "patch_embed.", below + "cls_token", below + "dist_token", below + "register_tokens"}});
}

std::vector<RandomisationStage> stagesWithoutDecoder(const ModelConfig& config)
{
    std::vector<RandomisationStage> all;
    if (config.head == HeadKind::Linear) {
        all.push_back({"fc", {"fc."}});
        addBackbone(config, all);
        return all;
    }
    if (config.head == HeadKind::Prompts || config.vit->classes > 0)
        all.push_back({"head", {"head.", "head_dist."}, true});
    addVit(config, {}, all);
    return all;
}

} // namespace

bool hasDecoder(const ModelConfig& config)
{
    return config.head == HeadKind::Shared || config.head == HeadKind::PerClass;
}

std::vector<RandomisationStage> randomisationStages(const ModelConfig& config)
{
    if (config.hasParts())
        throw Error(ErrorCode::Unsupported, "randomisation",
                    std::string("expected INTR or a plain classifier, got ") +
                        (config.concepts ? "concepts" : "prototypes"));
    if (!hasDecoder(config))
        return stagesWithoutDecoder(config);
    std::vector<RandomisationStage> all;
    const std::string transformer = "transformer.";
    all.push_back({"presence_vector", {"presence_vector."}, true});
    all.push_back({"decoder.norm", {transformer + "decoder.norm."}, true});
    for (int layer = config.decoderLayers - 1; layer >= 0; --layer)
        all.push_back(
            {"decoder." + std::to_string(layer), {transformer + "decoder.layers." + std::to_string(layer) + "."}});
    all.push_back({"query_embed", {"query_embed."}});
    if (config.preNorm)
        all.push_back({"encoder.norm", {transformer + "encoder.norm."}});
    for (int layer = config.encoderLayers - 1; layer >= 0; --layer)
        all.push_back(
            {"encoder." + std::to_string(layer), {transformer + "encoder.layers." + std::to_string(layer) + "."}});
    all.push_back({"input_proj", {"input_proj."}});
    if (config.vit)
        addVit(config, body, all);
    else
        addBackbone(config, all);
    return all;
}

RandomisedSource::RandomisedSource(const TensorSource& base, std::span<const RandomisationStage> stages,
                                   std::uint64_t seed)
    : m_base(base),
      m_drawn(base.tensors(), "random/" + std::to_string(seed) + "/")
{
    for (const RandomisationStage& stage : stages)
        m_prefixes.insert(m_prefixes.end(), stage.prefixes.begin(), stage.prefixes.end());
}

void RandomisedSource::read(const TensorInfo& tensor, std::span<float> out) const
{
    const bool drawn =
        std::ranges::any_of(m_prefixes, [&](const std::string& prefix) { return tensor.name.starts_with(prefix); });
    if (drawn)
        m_drawn.read(tensor, out);
    else
        m_base.read(tensor, out);
}

} // namespace ocellus
