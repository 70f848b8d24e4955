// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/model/model_config.h"

namespace ocellus {

/// A model that is quick to run: resnet18, D 32, 4 heads, 2 + 2 layers, `classes` queries.
ModelConfig smallConfig(int classes);

/// Writes weights by formula as a safetensors checkpoint of about 45 MB for smallConfig; `metadata` is added to what
/// the architecture needs.
void writeFormulaCheckpoint(const std::filesystem::path& path, const ModelConfig& config,
                            std::map<std::string, std::string> metadata = {});

} // namespace ocellus
