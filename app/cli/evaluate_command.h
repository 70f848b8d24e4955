// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include <CLI/CLI.hpp>

#include "app/cli/dataset_choice.h"
#include "app/cli/decode_flags.h"
#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli evaluate` as written; the text of --image-size is read when it runs.
struct EvaluateOptions {
    std::string checkpoint;
    std::string data; ///< a folder with a folder a class; empty: `dataset`
    DatasetChoice dataset;
    std::string classTable;
    std::string classOrder; ///< empty: as torchvision has it, where no name contradicts that
    std::string split;      ///< empty: all pictures
    std::string imageSize;  ///< empty: the checkpoint's own
    DecodeFlags decode;
    bool json = false;
    std::string points;
    bool parts = false; ///< the points of the data set itself
    bool stability = false;
    std::string masks;
    std::optional<int> maskLabel;
    std::string groups;
    std::string unusual;    ///< a folder of pictures of none of the classes; empty: none
    double coverage = 0.95; ///< of known pictures, that thresholds keep
    std::string against;    ///< another checkpoint to compare with; empty: none
    std::uint64_t seed = 1;
    bool resume = false;
    std::string out;
    EngineOptions engine;

    bool hasPoints() const { return parts || !points.empty(); }
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addEvaluateCommand(CLI::App& app, EvaluateOptions& options);

/// Names every picture below DATA/CLASS and writes what that adds up to below `out`; a table on stdout, or one JSON
/// object. Pictures that cannot be read are listed on stderr, left out, and make the exit code ExitFailure. A stop
/// leaves nothing but what `resume` goes on from: pictures go class by class, so a part's figures say nothing of the
/// whole. Returns an exit code; throws Error for what stops the run before its first picture, or leaves it without any.
int runEvaluate(const EvaluateOptions& options, const std::stop_token& stop);

} // namespace ocellus
