// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/dataset/dataset_opening.h"

namespace ocellus {

/// `ocellus-cli dataset` as written.
struct DatasetCommandOptions {
    std::vector<std::string> sources; ///< folders and tables, or one data set's file
    TableColumns columns;
    std::vector<std::string> fix;   ///< kinds of problems whose remedy is done
    std::vector<std::string> merge; ///< "A=B": A is called B
    std::optional<double> valShare, testShare;
    std::string group = "stem";
    bool notStratified = false;
    std::uint64_t seed = 1;
    std::string boxes;
    bool crop = false;
    double margin = 0.1;
    int undo = 0;
    bool json = false;
    std::string out;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addDatasetCommand(CLI::App& app, DatasetCommandOptions& options);

/// Opens the sources, opens every picture, does what was asked, and tells classes, counts and problems on stdout, as
/// text or as one JSON object; writes the data set's file with --out. Returns an exit code; throws Error.
int runDataset(const DatasetCommandOptions& options, const std::stop_token& stop);

} // namespace ocellus
