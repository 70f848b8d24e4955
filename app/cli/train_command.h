// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/engine/engine.h"
#include "core/train/train_options.h"

namespace ocellus {

/// `ocellus-cli train` as written; words that name a kind are read when it runs.
struct TrainCommandOptions {
    TrainOptions train;
    EngineOptions engine; ///< device and threads
    std::string backbone = "resnet50";
    std::string stage = "layer4";
    std::string head = "shared";
    std::string imageSize;
    std::string augmentation;
    std::string batchNorm = "frozen";
    std::string schedule = "step";
    std::optional<int> frozenEpochs; ///< none: one, where there are several
    std::string classTable;
    std::string classOrder; ///< empty: as torchvision has it
    double valShare = 0;    ///< 0: there is a folder val
    std::string dataset;    ///< a data set's file, instead of a folder; empty: none
    std::string featurePrecision = "half";
    double featureGigabytes = 0; ///< 0: no limit
    int promptLayers = 0;        ///< 0: all blocks
    int trainedPrompts = 0;      ///< 0: of all blocks
    int backboneDepth = 0;       ///< 0: as the backbone's name says
    bool trainBackbone = false;
    std::function<bool(const std::string&)> isGiven; ///< whether an option stands in the command
    bool dryRun = false;
    bool json = false;              ///< with dryRun: the estimate as JSON
    int watchedMaps = 0;            ///< pictures whose maps are drawn after each epoch
    std::vector<std::string> after; ///< folders of runs that are to end first
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addTrainCommand(CLI::App& app, TrainCommandOptions& options);

/// Trains, with a line an epoch on stdout; `command` is the command as the user wrote it. Returns an exit code; throws
/// Error for what ends the run.
int runTrain(const TrainCommandOptions& options, const std::string& command, const std::stop_token& stop);

} // namespace ocellus
