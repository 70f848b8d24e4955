// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/decode_flags.h"
#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli predict` as written.
struct PredictOptions {
    std::string checkpoint;
    std::vector<std::string> images;
    std::string imageFolder;
    std::string classTable;
    std::string classOrder; ///< empty: as torchvision has it
    std::string imageSize;  ///< empty: the checkpoint's own
    DecodeFlags decode;
    std::string evaluation; ///< what is usual and, with `temperature`, how sure; empty: what the checkpoint keeps
    bool temperature = false;
    std::string sortInto; ///< a folder that gets one a species; empty: none
    bool copy = false;    ///< copies instead of links
    bool dryRun = false;  ///< tells where pictures would go
    bool replace = false; ///< a table of that name may be there
    std::string out;
    EngineOptions engine;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addPredictCommand(CLI::App& app, PredictOptions& options);

/// Names every picture: a table with Darwin Core's terms in `out`, a line a picture on stdout, and links or copies by
/// species. Pictures that fail are told on stderr, left out, and make the exit code ExitFailure; a stop leaves the
/// table of those that are done and sorts nothing. Throws Error for what stops the run before its first picture.
int runPredict(const PredictOptions& options, const std::stop_token& stop);

} // namespace ocellus
