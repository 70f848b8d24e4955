// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "core/model/model_config.h"

namespace ocellus {

/// The architecture as the scripts in tests/scripts write it beside PyTorch's numbers; what they leave out is INTR's.
inline ModelConfig oracleConfig(const nlohmann::json& json)
{
    ModelConfig config;
    config.backbone = backboneKind(json.at("backbone").get<std::string>());
    config.backboneWidth = json.value("backbone_width", config.backboneWidth);
    config.lastStage = json.value("last_stage", config.lastStage);
    config.head = headKind(json.value("head", "shared"));
    config.dilation = json.at("dilation");
    config.position = json.at("position_embedding") == "sine" ? PositionKind::Sine : PositionKind::Learned;
    config.hiddenDim = json.at("hidden_dim");
    config.heads = json.at("nheads");
    config.encoderLayers = json.at("enc_layers");
    config.decoderLayers = json.at("dec_layers");
    config.feedForward = json.at("dim_feedforward");
    config.queries = json.at("num_queries");
    config.preNorm = json.at("pre_norm");
    return config;
}

} // namespace ocellus
