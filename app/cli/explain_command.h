// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/dataset_choice.h"
#include "app/cli/decode_flags.h"
#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli explain` as written; the text of --query, --active... and --layer is read when it runs.
struct ExplainOptions {
    std::vector<std::string> checkpoints; ///< several: they are set beside each other
    std::vector<std::string> images;
    std::string imageFolder;
    DatasetChoice dataset;
    std::string shard; ///< "3/8"; empty: all pictures
    std::vector<std::string> sources = {"heads"};
    std::string classTable;
    std::string classOrder; ///< empty: as torchvision has it
    std::vector<std::string> query = {"top:5"};
    std::string active;
    std::string activeFile;
    std::string activeTaxon;
    std::string mode;
    std::string layer;            ///< from 1, or "all"; empty: the last
    std::string imageSize;        ///< "800:1333" or "fixed:224"; empty: see the next two
    std::optional<int> shortSide; ///< without any of the three, the checkpoint's own, else the released sizes
    std::optional<int> longSide;
    DecodeFlags decode;
    std::string overlay = "transparent";
    bool boxes = false; ///< of prototypes, as published
    std::string style = "honest";
    std::string figures = "png";
    std::optional<int> width; ///< of figures, in pixels; nothing: what a page needs
    bool compress = false;    ///< the arrays
    bool resume = false;
    std::string out;
    EngineOptions engine;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addExplainCommand(CLI::App& app, ExplainOptions& options);

/// Explains every picture: arrays and figures below `out`, and summary.csv over all. A line per picture on stdout
/// (picture, class, name, probability of the best class, tabs between), a line per failure on stderr.
/// Returns an exit code; throws Error for what stops the run before its first picture.
int runExplain(const ExplainOptions& options, const std::stop_token& stop);

} // namespace ocellus
