// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/start_weights.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/io/checkpoint.h"
#include "core/model/vit/named_vits.h"

namespace ocellus {
namespace {

bool has(const Checkpoint& file, const std::string& name)
{
    return file.find(name) != nullptr;
}

/// Numbers from 0 for which there is PREFIX NUMBER SUFFIX.
int countOf(const Checkpoint& file, const std::string& prefix, const std::string& suffix)
{
    int count = 0;
    while (has(file, prefix + std::to_string(count) + suffix))
        ++count;
    return count;
}

/// By the blocks of the third stage, which set those of one kind apart.
std::optional<std::string> resnetOf(const Checkpoint& file, const std::string& prefix)
{
    if (!has(file, prefix + "conv1.weight") || !has(file, prefix + "layer1.0.conv1.weight"))
        return std::nullopt;
    const bool hasBottlenecks = has(file, prefix + "layer1.0.conv3.weight");
    switch (countOf(file, prefix + "layer3.", ".conv1.weight")) {
    case 2: return hasBottlenecks ? std::nullopt : std::optional<std::string>("resnet18");
    case 6: return hasBottlenecks ? "resnet50" : "resnet34";
    case 23: return hasBottlenecks ? std::optional<std::string>("resnet101") : std::nullopt;
    default: return std::nullopt;
    }
}

/// One of the published forms; those of one form differ in what the file does not tell, and any of them serves.
std::optional<NamedVit> vitOf(const Checkpoint& file)
{
    const TensorInfo* patches = file.find("patch_embed.proj.weight");
    if (!patches || patches->shape.size() != 4)
        return std::nullopt;
    const int depth = countOf(file, "blocks.", ".attn.qkv.weight");
    const bool hasScales = has(file, "blocks.0.ls1.gamma");
    const auto fits = [&](const NamedVit& vit) {
        return vit.config.width == patches->shape[0] && vit.config.patchSize == patches->shape[2] &&
               vit.config.depth == depth && (vit.name.find("dinov2") != std::string::npos) == hasScales;
    };
    const auto found = std::ranges::find_if(namedVits(), fits);
    return found == namedVits().end() ? std::nullopt : std::optional(*found);
}

} // namespace

StartWeights readStartWeights(const std::filesystem::path& path)
{
    const std::unique_ptr<Checkpoint> file = Checkpoint::open(path);
    if (const auto body = resnetOf(*file, "backbone.0.body.");
        body && has(*file, "input_proj.weight") && has(*file, "query_embed.weight"))
        return {StartWeights::Kind::Whole, *body, "a DETR or INTR on " + *body};
    if (const auto body = resnetOf(*file, ""))
        return {StartWeights::Kind::Backbone, *body, *body};
    if (has(*file, "features.0.0.weight") && has(*file, "features.17.conv.0.0.weight"))
        return {StartWeights::Kind::Backbone, "mobilenet_v2", "MobileNetV2"};
    if (const auto vit = vitOf(*file))
        return {StartWeights::Kind::Backbone, vit->name, "Vision Transformer, " + vit->what};
    throw Error(ErrorCode::Unsupported, path.string(),
                "expected the weights of a ResNet, a MobileNetV2 or a Vision Transformer, or a whole DETR or INTR on a "
                "ResNet, got other tensors",
                "ocellus-cli inspect tells what the file holds");
}

} // namespace ocellus
