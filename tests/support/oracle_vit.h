// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/model/vit/vit_config.h"
#include "core/model/vit/vit_tensors.h"

namespace ocellus {

/// A Vision Transformer as the reference's configurations write it.
inline VitConfig oracleVitConfig(const nlohmann::json& json)
{
    VitConfig config;
    config.patchSize = json.at("patch_size");
    config.grid = json.at("img_size").get<int>() / config.patchSize;
    config.width = json.at("embed_dim");
    config.depth = json.at("depth");
    config.heads = json.at("num_heads");
    config.activation = vitActivation(json.at("ffn").get<std::string>());
    config.feedForward = static_cast<int>(config.width * json.at("mlp_ratio").get<double>());
    if (config.activation == VitActivation::SwiGlu)
        config.feedForward = (config.feedForward * 2 / 3 + 7) / 8 * 8;
    config.qkvBias = json.at("qkv_bias");
    config.layerScale = json.at("layer_scale");
    config.normBefore = json.at("pre_norm");
    config.patchBias = !config.normBefore;
    config.distillation = json.at("dist_token");
    config.registers = json.at("registers");
    config.prefixHasPosition = json.at("embed_prefix");
    config.resampling = positionResampling(json.at("position").get<std::string>());
    config.eps = json.at("eps");
    config.classes = json.at("num_classes");
    config.distilledHead = config.distillation && config.classes > 0;
    return config;
}

/// The tensors that the reference's model of this configuration has, under its own names.
inline std::vector<TensorInfo> oracleVitTensors(const nlohmann::json& json, const std::string& prefix = {})
{
    const VitConfig config = oracleVitConfig(json);
    std::vector<TensorInfo> tensors = vitTensors(config, prefix);
    for (TensorInfo& tensor : tensors)
        if (tensor.name == prefix + "register_tokens")
            tensor.name = prefix + json.at("register_name").get<std::string>();
    if (json.at("mask_token"))
        tensors.push_back({prefix + "mask_token", DType::Float32, {1, config.width}});
    std::ranges::sort(tensors, {}, &TensorInfo::name);
    return tensors;
}

} // namespace ocellus
