// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/backbone_stage.h"

namespace ocellus {

namespace {

/// "layer3" of "layer3.0.conv1", "features.13" of "features.13.conv.0.0".
std::string stageName(const PlannedBlock& block, bool resnet)
{
    const std::string& name = block.path.front().name;
    const std::size_t dot = name.find('.');
    return name.substr(0, resnet ? dot : name.find('.', dot + 1));
}

} // namespace

std::vector<BackboneStage> backboneStages(const ModelConfig& config)
{
    if (config.vit || (config.prototypes && config.prototypes->features.kind == FeatureKind::Densenet))
        return {};
    const bool resnet =
        config.prototypes ? config.prototypes->features.kind == FeatureKind::Resnet : isResnet(config.backbone);
    const BackbonePlan plan = backbonePlan(config);
    std::vector<BackboneStage> stages;
    for (std::size_t blocks = 1; blocks <= plan.size(); ++blocks) {
        const BackboneStage stage{stageName(plan[blocks - 1], resnet), blocks, receptiveField(plan, blocks)};
        const bool isStem = resnet && blocks == 1;
        const bool goesOn = !stages.empty() && (resnet ? stages.back().name == stage.name
                                                       : stages.back().field.stride == stage.field.stride);
        if (goesOn)
            stages.back() = stage;
        else if (!isStem)
            stages.push_back(stage);
    }
    return stages;
}

} // namespace ocellus
