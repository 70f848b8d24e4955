// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/model/backbone_plan.h"
#include "core/model/receptive_field.h"

namespace ocellus {

/// A grid on the way through the backbone that maps can lie on.
struct BackboneStage {
    std::string name;       ///< a ResNet's "layer1" to "layer4"; elsewhere the block that it ends with, "features.13"
    std::size_t blocks = 0; ///< of the plan, from the picture on
    ReceptiveField field;
};

/// The stages of a backbone, the last one its grid: a ResNet's four (or as many as there are), elsewhere the last grid
/// of each stride. None of a Vision Transformer or DenseNet.
std::vector<BackboneStage> backboneStages(const ModelConfig& config);

/// As receptiveField(config), of the grid behind the first `blocks` blocks; the picture's own pixels for none.
ReceptiveField receptiveField(const BackbonePlan& plan, std::size_t blocks);

} // namespace ocellus
