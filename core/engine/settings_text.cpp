// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settings_text.h"

#include <nlohmann/json.hpp>

#include "core/engine/engine.h"

namespace ocellus {

namespace {

std::string text(SimilarityKind kind, double epsilon)
{
    return ' ' + std::string(toString(kind)) + ' ' + nlohmann::json(epsilon).dump();
}

} // namespace

std::string settingsText(const ModelDescription& model)
{
    const ModelConfig& config = model.config;
    std::string all =
        toString(model.given) + '\n' + std::to_string(config.heads) + (config.preNorm ? " pre-norm" : " post-norm");
    if (const std::optional<VitConfig>& vit = config.vit)
        all += ' ' + std::to_string(vit->heads) + ' ' + std::string(toString(vit->resampling)) + ' ' +
               std::string(toString(vit->activation)) + ' ' + nlohmann::json(vit->eps).dump();
    if (config.prototypes)
        all += text(config.prototypes->similarity, config.prototypes->epsilon);
    if (config.former)
        all += text(config.former->similarity, config.former->epsilon) + ' ' +
               std::to_string(config.former->keepLayer) + ' ' + std::to_string(config.former->keep);
    return all;
}

} // namespace ocellus
