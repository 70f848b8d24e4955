// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settings_text.h"

#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/engine/engine.h"
#include "core/model/prototree/tree_rows.h"

namespace ocellus {

namespace {

std::string text(SimilarityKind kind, double epsilon)
{
    return ' ' + std::string(toString(kind)) + ' ' + nlohmann::json(epsilon).dump();
}

/// Beside a state dict they tell which node uses which prototype.
std::string text(const TreeConfig& tree)
{
    return ' ' + sha256(treeRows(tree).dump()) + (tree.isNormed ? " normed" : "");
}

std::string text(const PrototypeConfig& config)
{
    return text(config.similarity, config.epsilon) + ' ' + std::to_string(config.imageSize) +
           (config.features.dilation ? " dilated" : "") + (config.tree ? text(*config.tree) : std::string());
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
    if (config.dilation)
        all += " dilated";
    if (config.prototypes)
        all += text(*config.prototypes);
    if (config.former)
        all += text(config.former->similarity, config.former->epsilon) + ' ' +
               std::to_string(config.former->keepLayer) + ' ' + std::to_string(config.former->keep) + ' ' +
               nlohmann::json(config.former->globalShare).dump();
    return all;
}

} // namespace ocellus
