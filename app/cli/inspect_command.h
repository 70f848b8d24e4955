// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>

#include <CLI/CLI.hpp>

#include "core/engine/model_settings.h"

namespace ocellus {

/// `ocellus-cli inspect` as written.
struct InspectOptions {
    std::string checkpoint;
    std::string state; ///< key of the state dict, or empty
    ModelSettings settings;
    bool json = false;
    bool tensors = false;
    bool families = false;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addInspectCommand(CLI::App& app, InspectOptions& options);

/// Loads the checkpoint as the other commands would and prints what it is.
/// Returns ExitSuccess; throws Error where the model would not load.
int runInspect(const InspectOptions& options, const std::stop_token& stop);

} // namespace ocellus
