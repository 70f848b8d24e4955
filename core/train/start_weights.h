// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace ocellus {

/// What a file of weights can start, told by its tensors' names before a run is begun with it.
struct StartWeights {
    enum class Kind {
        Backbone, ///< of a classifier: for --backbone-weights
        Whole     ///< a DETR or INTR: for --finetune
    };
    Kind kind = Kind::Backbone;
    std::string backbone; ///< "mobilenet_v2", "resnet50", "vit_small_patch14_dinov2": for --backbone
    std::string words;    ///< "MobileNetV2, 53 convolutions", for people

    bool isVit() const { return backbone.starts_with("vit_"); }
};

/// Reads the names and shapes alone. Throws Error: what Checkpoint::open throws, and Unsupported where the tensors are
/// of no backbone that can be trained here.
StartWeights readStartWeights(const std::filesystem::path& path);

} // namespace ocellus
