// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>

#include <CLI/CLI.hpp>

#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli run` as written.
struct RunOptions {
    std::string session;
    bool check = false;
    bool json = false;
    std::string relink; ///< a folder; empty: files are where the session says
    std::string write;  ///< a session file; empty: none
    EngineOptions engine;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addRunCommand(CLI::App& app, RunOptions& options);

/// Computes the numbers of a session again: a line for each on stdout (picture, original or edited, limit, best class,
/// name, its logit and probability, tabs between), or JSON with all of them. Returns an exit code: with --check
/// ExitFailure where they are not those of the session. Throws Error for what stops the run before its first picture.
int runSession(const RunOptions& options, const std::stop_token& stop);

} // namespace ocellus
