// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/decode_flags.h"
#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli sanity` as written.
struct SanityOptions {
    std::string checkpoint;
    std::vector<std::string> images;
    std::string imageFolder;
    int limit = 20;
    std::vector<std::string> sources = {"heads", "mean", "gradcam", "hirescam"};
    std::string imageSize;
    std::uint64_t seed = 0;
    bool json = false;
    DecodeFlags decode;
    EngineOptions engine;
    std::string out; ///< a JSON file; empty: none
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addSanityCommand(CLI::App& app, SanityOptions& options);

/// Cascading randomisation: how alike each source's maps stay to those of the trained network. Returns an exit code.
int runSanity(const SanityOptions& options, const std::stop_token& stop);

} // namespace ocellus
