// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/assumptions_text.h"

#include <string>
#include <vector>

namespace ocellus {

std::string assumptionsText(const ModelDescription& model)
{
    const std::string given = model.given.empty() ? std::string() : "set by hand: " + describe(model.given);
    if (model.config.prototypes) {
        std::string text;
        for (const std::string& field : model.assumed)
            text += (text.empty() ? "assumed: " : ", ") + field;
        return text.empty() || given.empty() ? text + given : text + "; " + given;
    }
    if (!model.config.vit)
        return given;
    const VitConfig& vit = *model.config.vit;
    std::string text;
    for (const std::string& field : model.assumed) {
        ModelSettings assumed;
        if (field == "num_heads")
            assumed.heads = vit.heads;
        else if (field == "activation")
            assumed.activation = vit.activation;
        else if (field == "position_resampling")
            assumed.resampling = vit.resampling;
        else if (field == "norm_eps")
            assumed.eps = vit.eps;
        else if (field == "preprocessing")
            assumed.preprocess = model.preprocess;
        text += (text.empty() ? "assumed: " : ", ") + (assumed.empty() ? field : describe(assumed));
    }
    return text.empty() || given.empty() ? text + given : text + "; " + given;
}

std::string assumptionsText(const ModelDescription& model, const PreprocessOptions& used)
{
    if (!model.preprocess || used == *model.preprocess)
        return assumptionsText(model);
    ModelDescription told = model;
    std::erase(told.assumed, "preprocessing");
    return assumptionsText(told);
}

} // namespace ocellus
