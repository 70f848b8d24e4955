// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/backbone_plan.h"

#include "core/model/prototypes/feature_plan.h"

namespace ocellus {

BackbonePlan backbonePlan(const ModelConfig& config)
{
    if (config.prototypes)
        return featurePlan(config.prototypes->features);
    return config.backbone == BackboneKind::MobileNetV2 ? mobilenetPlan(config) : resnetPlan(config);
}

int backboneChannels(const ModelConfig& config)
{
    if (config.prototypes)
        return featureChannels(config.prototypes->features);
    return config.vit ? config.vit->width : backbonePlan(config).back().path.back().outChannels;
}

} // namespace ocellus
