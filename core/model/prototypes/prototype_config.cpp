// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/prototype_config.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace ocellus {

namespace {

struct Named {
    FeatureKind kind;
    bool hasBottlenecks;
    std::string_view name;
    std::array<int, 4> stages;
};

constexpr std::array named{
    Named{FeatureKind::Resnet, false, "resnet18", {2, 2, 2, 2}},
    Named{FeatureKind::Resnet, false, "resnet34", {3, 4, 6, 3}},
    Named{FeatureKind::Resnet, true, "resnet50", {3, 4, 6, 3}},
    Named{FeatureKind::Resnet, true, "resnet101", {3, 4, 23, 3}},
    Named{FeatureKind::Resnet, true, "resnet152", {3, 8, 36, 3}},
    Named{FeatureKind::Densenet, false, "densenet121", {6, 12, 24, 16}},
    Named{FeatureKind::Densenet, false, "densenet161", {6, 12, 36, 24}},
    Named{FeatureKind::Densenet, false, "densenet169", {6, 12, 32, 32}},
    Named{FeatureKind::Densenet, false, "densenet201", {6, 12, 48, 32}},
};

std::string listed(const std::vector<int>& numbers)
{
    std::string text;
    for (const int number : numbers)
        text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

/// With its three linear layers, as it is named by.
std::string vggName(const FeatureConfig& features)
{
    const auto convolutions = features.stages.size() - static_cast<std::size_t>(std::ranges::count(features.stages, 0));
    const std::string name = "vgg" + std::to_string(convolutions + 3) + (features.hasBatchNorm ? "_bn" : "");
    return convolutions >= 8 ? name : name + " of " + listed(features.stages) + " channels";
}

std::string undilatedName(const FeatureConfig& features)
{
    if (features.kind == FeatureKind::Mobilenet)
        return "mobilenet_v2";
    if (features.kind == FeatureKind::Vgg)
        return vggName(features);
    for (const Named& known : named)
        if (known.kind == features.kind && known.hasBottlenecks == features.hasBottlenecks &&
            std::ranges::equal(known.stages, features.stages))
            return std::string(known.name);
    return (features.kind == FeatureKind::Resnet ? "resnet of " : "densenet of ") + listed(features.stages) + " blocks";
}

} // namespace

std::string nameOf(const FeatureConfig& features)
{
    return undilatedName(features) + (features.dilation ? " with dilation" : "");
}

} // namespace ocellus
