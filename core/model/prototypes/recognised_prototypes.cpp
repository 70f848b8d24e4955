// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/recognised_prototypes.h"

#include <string>
#include <utility>

namespace ocellus {

std::optional<RecognisedModel> recognisedPrototypes(std::optional<InferredConfig> inferred)
{
    if (!inferred)
        return std::nullopt;
    RecognisedModel model;
    model.usualPreprocessing = "fixed:" + std::to_string(inferred->config.prototypes->imageSize);
    model.config = std::move(inferred->config);
    model.assumed = std::move(inferred->assumed);
    return model;
}

} // namespace ocellus
