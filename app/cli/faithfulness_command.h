// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/decode_flags.h"
#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli faithfulness` as written.
struct FaithfulnessOptions {
    std::string checkpoint;
    std::string judge; ///< empty: the checkpoint itself
    std::string data;
    std::vector<std::string> sources; ///< empty: mean and gradcam, as far as the model has them
    std::string classTable;
    std::string classOrder;
    std::string split;
    std::string shard;
    std::string imageSize;
    std::string judgeImageSize;
    ModelSettings judgeSettings = {}; ///< of a judge of its own
    std::string unit = "cells";
    int step = 1;
    std::string substrate = "zero";
    std::string insertionSubstrate = "blur";
    int randomOrders = 20;
    std::uint64_t seed = 0;
    std::optional<int> limit;
    bool wrongToo = false;
    bool json = false;
    DecodeFlags decode;
    EngineOptions engine;
    std::string out;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addFaithfulnessCommand(CLI::App& app, FaithfulnessOptions& options);

/// Insertion and deletion of every source in the pictures of a data set, with their nulls. Goes on where an earlier run
/// with the same settings was stopped. Returns an exit code; throws Error for what stops it before its first picture.
int runFaithfulness(const FaithfulnessOptions& options, const std::stop_token& stop);

} // namespace ocellus
