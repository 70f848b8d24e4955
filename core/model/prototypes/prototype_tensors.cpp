// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/prototype_tensors.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/model/backbone_stage.h"
#include "core/model/prototypes/feature_plan.h"
#include "core/model/shape_reading.h"

namespace ocellus {

namespace {

constexpr int mostAddOnLayers = 32; // a bottleneck from 2048 channels to 1 has 22

std::vector<int> addOnChannels(const TensorSource& source, const std::string& addOn)
{
    const int places = countNumbered(source, addOn);
    if (places < 1 || places > 2 * mostAddOnLayers)
        throw Error(ErrorCode::Unsupported, addOn,
                    "expected 1 to " + std::to_string(mostAddOnLayers) + " convolutions, got " +
                        std::to_string(places) + " places for them");
    std::vector<int> channels;
    for (int place = 0; place < places; place += 2)
        channels.push_back(extentOf(source, addOn + std::to_string(place) + ".weight", 4, 0));
    return channels;
}

} // namespace

PrototypeConfig inferPrototypes(const TensorSource& source, const PrototypeNames& names)
{
    PrototypeConfig config;
    config.features = inferFeatures(source, names.features);
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
    int channels = featureChannels(config.features);
    for (std::size_t i = 0; i < config.addOn.size(); ++i) {
        const std::string name = names.addOn + std::to_string(2 * i);
        list.add(name + ".weight", {config.addOn[i], channels, 1, 1});
        if (config.addOnBias)
            list.add(name + ".bias", {config.addOn[i]});
        channels = config.addOn[i];
    }
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
