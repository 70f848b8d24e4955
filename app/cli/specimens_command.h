// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include <CLI/CLI.hpp>

#include "tools/specimens/dataset_writer.h"

namespace ocellus {

/// Adds `ocellus-cli specimens`, whose options are written to `options` while parsing.
CLI::App* addSpecimensCommand(CLI::App& app, DatasetOptions& options);

/// Draws the data set. Returns an exit code; throws Error.
int runSpecimens(const DatasetOptions& options, const std::stop_token& stop);

} // namespace ocellus
