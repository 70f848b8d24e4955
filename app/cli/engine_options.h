// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "core/engine/engine.h"

namespace ocellus {

/// Adds --image-size SHORT:LONG or fixed:SIDE, read by parsePreprocess; empty where it is not given: the checkpoint's
/// own, else the released sizes.
CLI::Option* addImageSizeOption(CLI::App& command, std::string& text);

/// Adds --state KEY, which Checkpoint::open takes.
CLI::Option* addStateOption(CLI::App& command, std::string& key);

/// Adds --device, --threads and --state to a command.
void addEngineOptions(CLI::App& command, EngineOptions& options);

} // namespace ocellus
