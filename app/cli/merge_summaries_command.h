// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace ocellus {

/// `ocellus-cli merge-summaries` as written.
struct MergeSummariesOptions {
    std::string folder; ///< the --out of the shards
};

/// Adds the command and its options, which are written to `options` while parsing.
CLI::App* addMergeSummariesCommand(CLI::App& app, MergeSummariesOptions& options);

/// Makes of all summary.I-of-N.csv the summary.csv that one run without --shard would have written, byte for byte, and
/// leaves the shards. Throws Error: NotFound where some are missing, Mismatch for shards of several runs, Damaged,
/// Unreadable, TooLarge; an earlier summary.csv then stays.
int runMergeSummaries(const MergeSummariesOptions& options);

} // namespace ocellus
