// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include <CLI/CLI.hpp>

namespace ocellus {

/// `ocellus-cli convert` as written.
struct ConvertOptions {
    std::filesystem::path checkpoint;
    std::filesystem::path out;
    std::string state;              ///< key of the state dict, or empty
    std::filesystem::path energies; ///< evaluation.json of `evaluate`, or empty
    bool temperature = false;       ///< and its temperature
    bool half = false;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addConvertCommand(CLI::App& app, ConvertOptions& options);

/// Writes any checkpoint's weights and what it says about itself as .safetensors. Returns an exit code; throws Error.
int runConvert(const ConvertOptions& options, const std::stop_token& stop);

} // namespace ocellus
