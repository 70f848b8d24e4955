// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/engine/model_settings.h"

namespace ocellus {

struct ModelDescription;

/// "num_heads=12", with the words of `*.ocellus-model.json`. Throws Error(BadArgument, Damaged) for other words and for
/// values that no model can have.
ModelSettings modelSettingsOf(const std::vector<std::string>& words);

/// Adds --set KEY=VALUE, or what `name` calls it, which may be repeated: what the user knows of a model that its file
/// does not tell.
CLI::Option* addModelSettingsOption(CLI::App& command, ModelSettings& settings, const std::string& name = "--set");

/// What a model's results depend on beside its file: what the user and the files beside it say. For fingerprints of
/// runs that go on.
std::string settingsText(const ModelDescription& model);

} // namespace ocellus
