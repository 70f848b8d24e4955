// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/dataset_choice.h"
#include "app/cli/decode_flags.h"
#include "app/cli/recipe_options.h"
#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli edit-experiment` as written.
struct EditExperimentOptions {
    std::string checkpoint;
    std::vector<std::string> images;
    std::string imageFolder;
    std::string data; ///< a folder a class: the true classes are known
    DatasetChoice dataset;
    std::string classTable;
    std::string classOrder; ///< empty: as torchvision has it, where no name contradicts that
    std::string imageSize;  ///< empty: the checkpoint's own
    DecodeFlags decode;
    RecipeOptions recipe;
    int controls = 0;
    std::string on = "animal"; ///< or "anywhere"
    std::uint64_t seed = 1;
    std::optional<int> pictures; ///< so many, drawn at random; none: all
    int sheets = 10;             ///< contact sheets at most
    bool json = false;
    bool resume = false;
    std::string out;
    EngineOptions engine;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addEditExperimentCommand(CLI::App& app, EditExperimentOptions& options);

/// Edits every picture as the recipe says and asks the model before and after: pictures.csv, summary.json, summary.md,
/// recipe.json and contact sheets below `out`, the summary on stdout. Pictures that fail are lines on stderr and in the
/// CSV and make the exit code ExitFailure. What is finished when a stop comes is written, and `resume` goes on from it.
/// Returns an exit code; throws Error for what stops the run before its first picture, or leaves it without any.
int runEditExperiment(const EditExperimentOptions& options, const std::stop_token& stop);

} // namespace ocellus
