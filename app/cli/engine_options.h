// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include "core/engine/engine.h"

namespace ocellus {

/// Adds --device and --threads to a command.
void addEngineOptions(CLI::App& command, EngineOptions& options);

} // namespace ocellus
