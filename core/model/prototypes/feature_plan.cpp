// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/feature_plan.h"

#include <utility>

#include "core/model/state_dict.h"

namespace ocellus {

namespace {

const std::string inSequence = "features."; // the released code's VGG and DenseNet lie in a module of their own

BackbonePlan vggPlan(const FeatureConfig& features)
{
    BackbonePlan plan;
    int place = 0; // in the sequence: convolution, batch norm, ReLU, max pooling
    int channels = 3;
    for (const int stage : features.stages) {
        if (stage == 0) {
            plan.back().maxPooling = Window{2, 2, 0, 1};
            ++place;
            continue;
        }
        PlannedConvolution convolution{
            inSequence + std::to_string(place), {}, channels, stage, {3, 1, 1, 1}, 1, Activation::Relu, true};
        if (features.hasBatchNorm)
            convolution.batchNorm = inSequence + std::to_string(++place);
        place += 2;
        channels = stage;
        plan.emplace_back().path.push_back(std::move(convolution));
    }
    return plan;
}

PlannedBlock windows(std::vector<Window> all)
{
    PlannedBlock block;
    for (const Window& window : all)
        block.path.push_back({.window = window});
    return block;
}

BackbonePlan densenetPlan(const FeatureConfig& features)
{
    BackbonePlan plan{windows({{7, 2, 3, 1}, {3, 2, 1, 1}})};
    for (std::size_t block = 0; block < features.stages.size(); ++block) {
        for (int layer = 0; layer < features.stages[block]; ++layer)
            plan.push_back(windows({{1, 1, 0, 1}, {3, 1, 1, 1}}));
        if (block + 1 < features.stages.size())
            plan.push_back(windows({{1, 1, 0, 1}, {2, 2, 0, 1}}));
    }
    return plan;
}

/// Names, shapes and channels of a DenseNet, in its order.
int addDensenet(TensorList* list, const std::string& prefix, const FeatureConfig& features)
{
    const auto norm = [&](const std::string& name, int channels) {
        if (!list)
            return;
        list->addNorm(prefix + name, channels);
        list->add(prefix + name + ".running_mean", {channels});
        list->add(prefix + name + ".running_var", {channels});
    };
    const auto convolution = [&](const std::string& name, int in, int out, int kernel) {
        if (list)
            list->add(prefix + name + ".weight", {out, in, kernel, kernel});
    };
    int channels = features.width;
    convolution("conv0", 3, channels, 7);
    norm("norm0", channels);
    for (std::size_t block = 0; block < features.stages.size(); ++block) {
        const std::string number = std::to_string(block + 1);
        for (int i = 1; i <= features.stages[block]; ++i, channels += features.growth) {
            const std::string layer = "denseblock" + number + ".denselayer" + std::to_string(i) + ".";
            norm(layer + "norm1", channels);
            convolution(layer + "conv1", channels, features.layerWidth, 1);
            norm(layer + "norm2", features.layerWidth);
            convolution(layer + "conv2", features.layerWidth, features.growth, 3);
        }
        if (block + 1 == features.stages.size())
            break;
        norm("transition" + number + ".norm", channels);
        convolution("transition" + number + ".conv", channels, channels / 2, 1);
        channels /= 2;
    }
    norm("norm5", channels);
    return channels;
}

} // namespace

BackbonePlan featurePlan(const FeatureConfig& features)
{
    switch (features.kind) {
    case FeatureKind::Vgg: return vggPlan(features);
    case FeatureKind::Densenet: return densenetPlan(features);
    case FeatureKind::Mobilenet: {
        ModelConfig mobilenet;
        mobilenet.backbone = BackboneKind::MobileNetV2;
        mobilenet.dilation = features.dilation;
        return mobilenetPlan(mobilenet);
    }
    case FeatureKind::Resnet: break;
    }
    return resnetPlan({features.stages, features.hasBottlenecks, features.width, features.dilation});
}

FeatureConfig featuresOf(const ModelConfig& config)
{
    FeatureConfig features;
    features.dilation = config.dilation;
    if (config.backbone == BackboneKind::MobileNetV2) {
        features.kind = FeatureKind::Mobilenet;
        features.width = mobilenetPlan(config).front().path.front().outChannels;
        return features;
    }
    features.stages = resnetBlockCounts(config.backbone);
    features.stages.resize(static_cast<std::size_t>(config.lastStage));
    features.hasBottlenecks = hasBottlenecks(config.backbone);
    features.width = config.backboneWidth;
    return features;
}

int featureChannels(const FeatureConfig& features)
{
    if (features.kind == FeatureKind::Densenet)
        return addDensenet(nullptr, {}, features);
    const BackbonePlan plan = featurePlan(features);
    return plan.back().path.back().outChannels;
}

void addFeatureTensors(TensorList& list, const std::string& prefix, const FeatureConfig& features)
{
    if (features.kind == FeatureKind::Densenet)
        addDensenet(&list, prefix + inSequence, features);
    else
        addBackboneTensors(list, prefix, featurePlan(features));
}

} // namespace ocellus
