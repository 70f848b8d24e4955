// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/engine/model_settings.h"
#include "core/engine/settings_text.h"

namespace ocellus {

/// "num_heads=12", with the words of `*.ocellus-model.json`. Throws Error(BadArgument, Damaged) for other words and for
/// values that no model can have.
ModelSettings modelSettingsOf(const std::vector<std::string>& words);

/// Adds --set KEY=VALUE, or what `name` calls it, which may be repeated: what the user knows of a model that its file
/// does not tell.
CLI::Option* addModelSettingsOption(CLI::App& command, ModelSettings& settings, const std::string& name = "--set");

} // namespace ocellus
