// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/prototype_tensors.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/model/backbone_stage.h"
#include "core/model/prototypes/feature_plan.h"
#include "core/model/shape_reading.h"

namespace ocellus {

std::vector<int> addOnChannels(const TensorSource& source, const std::string& addOn)
{
    constexpr int mostLayers = 32; // a bottleneck from 2048 channels to 1 has 22
    const int places = countNumbered(source, addOn);
    if (places < 1 || places > 2 * mostLayers)
        throw Error(ErrorCode::Unsupported, addOn,
                    "expected 1 to " + std::to_string(mostLayers) + " convolutions, got " + std::to_string(places) +
                        " places for them");
    std::vector<int> channels;
    for (int place = 0; place < places; place += 2)
        channels.push_back(extentOf(source, addOn + std::to_string(place) + ".weight", 4, 0));
    return channels;
}

void addAddOnTensors(TensorList& list, const std::string& addOn, int channels, const std::vector<int>& after,
                     bool hasBias)
{
    for (std::size_t i = 0; i < after.size(); ++i) {
        const std::string name = addOn + std::to_string(2 * i);
        list.add(name + ".weight", {after[i], channels, 1, 1});
        if (hasBias)
            list.add(name + ".bias", {after[i]});
        channels = after[i];
    }
}

namespace {

bool canDilate(const FeatureConfig& features)
{
    return features.kind == FeatureKind::Mobilenet ||
           (features.kind == FeatureKind::Resnet && features.hasBottlenecks && features.stages.size() == 4);
}

} // namespace

PrototypeConfig inferPrototypes(const TensorSource& source, const PrototypeNames& names, const DeclaredArgs& args,
                                std::vector<std::string>& assumed)
{
    PrototypeConfig config;
    config.features = inferFeatures(source, names.features);
    if (canDilate(config.features))
        config.features.dilation = args.dilation.value_or(false);
    if (config.features.kind == FeatureKind::Mobilenet && !args.dilation)
        assumed.emplace_back("dilation");
    config.addOn = addOnChannels(source, names.addOn);
    config.addOnBias = source.find(names.addOn + "0.bias") != nullptr;
    config.prototypes = extentOf(source, names.vectors, 4, 0);
    config.rows = extentOf(source, names.vectors, 4, 2);
    config.columns = extentOf(source, names.vectors, 4, 3);
    return config;
}

void addPrototypeTensors(TensorList& list, const PrototypeConfig& config, const PrototypeNames& names)
{
    addFeatureTensors(list, names.features, config.features);
    addAddOnTensors(list, names.addOn, featureChannels(config.features), config.addOn, config.addOnBias);
    list.add(names.vectors, {config.prototypes, config.channels(), config.rows, config.columns});
}

ReceptiveField prototypeField(const ModelConfig& config)
{
    BackbonePlan plan = backbonePlan(config);
    const int side = std::max(config.prototypes->rows, config.prototypes->columns);
    PlannedBlock patch;
    patch.path.push_back({.window = {side, 1, 0, 1}});
    plan.push_back(patch);
    return receptiveField(plan, plan.size());
}

} // namespace ocellus
