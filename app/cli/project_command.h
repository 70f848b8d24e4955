// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>

#include <CLI/CLI.hpp>

#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli project` as written.
struct ProjectOptions {
    std::string checkpoint;
    std::string data;
    std::string classTable;
    std::string classOrder;
    std::string cache; ///< empty: the user's; "none": nothing is kept
    std::string out;   ///< empty: the table alone is printed
    bool strict = false;
    EngineOptions engine;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addProjectCommand(CLI::App& app, ProjectOptions& options);

/// Each prototype's nearest patch on a folder of training pictures. Returns an exit code.
int runProject(const ProjectOptions& options, const std::stop_token& stop);

} // namespace ocellus
