// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/model/prototypes/feature_plan.h"
#include "core/model/shape_reading.h"

namespace ocellus {

namespace {

constexpr int mostLayers = 400; // of a network, so that its plan stays small whatever a file says

void requireDepth(const std::string& prefix, int layers)
{
    if (layers < 1 || layers > mostLayers)
        throw Error(ErrorCode::Unsupported, prefix,
                    "expected a network of 1 to " + std::to_string(mostLayers) + " layers, got " +
                        std::to_string(layers));
}

/// The places of the sequence tell where the grid is halved: a convolution is followed by its ReLU, and by its batch
/// norm before that.
FeatureConfig inferVgg(const TensorSource& source, const std::string& sequence)
{
    FeatureConfig features;
    features.kind = FeatureKind::Vgg;
    features.hasBatchNorm = source.find(sequence + "1.running_mean") != nullptr;
    const int step = features.hasBatchNorm ? 3 : 2;
    const int places = countNumbered(source, sequence);
    requireDepth(sequence, places);
    int next = 0; // where a convolution or a halving is due
    while (next < places) {
        const std::string name = sequence + std::to_string(next) + ".weight";
        const TensorInfo* tensor = source.find(name);
        const bool isConvolution = tensor && tensor->shape.size() == 4;
        if (!isConvolution && (features.stages.empty() || features.stages.back() == 0))
            throw Error(ErrorCode::Unsupported, name,
                        "expected the convolutions of a VGG with its halvings between them, got another sequence");
        features.stages.push_back(isConvolution ? extentOf(source, name, 4, 0) : 0);
        next += isConvolution ? step : 1;
    }
    features.stages.push_back(0); // the last halving has nothing behind it
    features.width = features.stages.front();
    return features;
}

FeatureConfig inferDensenet(const TensorSource& source, const std::string& sequence)
{
    FeatureConfig features;
    features.kind = FeatureKind::Densenet;
    features.width = extentOf(source, sequence + "conv0.weight", 4, 0);
    const std::string first = sequence + "denseblock1.denselayer1.";
    features.layerWidth = extentOf(source, first + "conv1.weight", 4, 0);
    features.growth = extentOf(source, first + "conv2.weight", 4, 0);
    const int blocks = countNumbered(source, sequence + "denseblock") - 1; // counted from 1
    requireDepth(sequence, blocks);
    int layers = 0;
    for (int block = 1; block <= blocks; ++block) {
        features.stages.push_back(
            countNumbered(source, sequence + "denseblock" + std::to_string(block) + ".denselayer") - 1);
        requireDepth(sequence, features.stages.back());
        layers += features.stages.back();
    }
    requireDepth(sequence, layers);
    return features;
}

FeatureConfig inferMobilenet(const TensorSource& source, const std::string& first)
{
    FeatureConfig features;
    features.kind = FeatureKind::Mobilenet;
    features.width = extentOf(source, first, 4, 0);
    return features;
}

FeatureConfig inferResnet(const TensorSource& source, const std::string& prefix)
{
    FeatureConfig features;
    features.width = extentOf(source, prefix + "conv1.weight", 4, 0);
    features.hasBottlenecks = source.find(prefix + "layer1.0.conv3.weight") != nullptr;
    int layers = 0;
    for (int stage = 1; stage <= 4; ++stage) {
        const std::string layer = prefix + "layer" + std::to_string(stage) + ".";
        if (stage > 2 && !hasNameWith(source, layer))
            break; // it ends early, as INTR's backbones can
        features.stages.push_back(countNumbered(source, layer));
        requireDepth(prefix, features.stages.back());
        layers += features.stages.back();
    }
    requireDepth(prefix, layers);
    return features;
}

} // namespace

FeatureConfig inferFeatures(const TensorSource& source, const std::string& prefix)
{
    const std::string sequence = prefix + "features.";
    if (source.find(sequence + "0.weight"))
        return inferVgg(source, sequence);
    if (source.find(sequence + "0.0.weight") && source.find(sequence + "18.0.weight"))
        return inferMobilenet(source, sequence + "0.0.weight");
    if (source.find(sequence + "conv0.weight"))
        return inferDensenet(source, sequence);
    if (source.find(prefix + "conv1.weight") && source.find(prefix + "layer1.0.conv1.weight"))
        return inferResnet(source, prefix);
    throw Error(ErrorCode::Unsupported, prefix,
                "expected a VGG, ResNet, DenseNet or MobileNetV2 in front of the prototypes, got another network");
}

} // namespace ocellus
