// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/engine/model_settings.h"

namespace ocellus {

/// What lies beside a checkpoint and says of it what no tensor tells.
struct ModelCompanions {
    /// The checkpoint's own settings with those of its companions over them, as CheckpointHints read them.
    nlohmann::json settings;
    std::vector<std::string> remarks; ///< sentences without a full stop: which file says what, and what was ignored
};

/// `args` as Checkpoint gives them. Over them come `config.json` and `preprocessor_config.json` of the same folder,
/// where the first names one of Hugging Face's Vision Transformers (only with `isHuggingFace`: other programs have
/// files of that name), and over all of it `<file>.ocellus-model.json`, with or without the file's own ending, whose
/// keys are num_heads, position_resampling, activation, norm_eps, preprocessing, class_names and those of INTR's
/// settings.
///
/// A companion that is no JSON object, or too large, is ignored with a remark; none is run.
ModelCompanions readCompanions(const std::filesystem::path& checkpoint, const nlohmann::json& args, bool isHuggingFace);

/// Where what is said of a checkpoint is kept beside it: `<file>.ocellus-model.json`.
std::filesystem::path sidecarOf(const std::filesystem::path& checkpoint);

/// Writes `settings` there, whole or not at all; what else the file says stays. Throws Error(Unreadable), and
/// Error(Damaged) where a file of that name is no JSON object.
void keepBeside(const std::filesystem::path& checkpoint, const ModelSettings& settings);
/// The same of what a checkpoint's metadata could hold; an empty text takes a key away. Throws the same.
void keepBeside(const std::filesystem::path& checkpoint, const std::map<std::string, std::string>& metadata);

} // namespace ocellus
