// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>

#include <CLI/CLI.hpp>

#include "core/engine/engine.h"

namespace ocellus {

/// `ocellus-cli bench` as written.
struct BenchOptions {
    std::string checkpoint;
    std::string size;      ///< HEIGHTxWIDTH of the model's input; empty: what preprocessing gives for a 3:2 picture
    std::string imageSize; ///< that preprocessing, as parsePreprocess reads it; empty: the checkpoint's own or released
    int repeat = 5;
    bool json = false;
    EngineOptions engine;
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addBenchCommand(CLI::App& app, BenchOptions& options);

/// Times every stage that the model has, without caches, after one warm-up, on a picture by formula of twice the size,
/// and prints median, least and most milliseconds:
///   preprocess   resize and normalisation
///   backbone, encoder, decoder
///   total        from the preprocessed picture to results
///   next_class   all heads' maps of another class in the last layer
///   all_classes  decoding an encoded picture again without a limit
///   limit_zero_2, limit_zero_20, limit_drop_2, limit_drop_5, limit_drop_20
///                decoding an encoded picture again with so many active classes (or all, where there are fewer)
///   limit        the same as limit_zero_20
/// Returns an exit code; throws Error.
int runBench(const BenchOptions& options, const std::stop_token& stop);

} // namespace ocellus
