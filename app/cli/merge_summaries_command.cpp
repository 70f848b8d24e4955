// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/merge_summaries_command.h"

#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <utility>

#include "app/cli/console.h"
#include "app/cli/shard.h"
#include "app/cli/summary_csv.h"
#include "app/cli/summary_reader.h"
#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t namedMissing = 10; ///< more are counted

/// The lines of every picture, in the order in which listImages goes through them.
using LinesOfPicture = std::map<std::string, std::string>;

/// How many shards there are. Throws where they are not those of one whole run.
int requireAllShards(const fs::path& folder)
{
    std::set<int> indices;
    int count = 0;
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
        const std::optional<Shard> shard = shardOfSummary(entry.path().filename().string());
        if (!shard)
            continue;
        if (count != 0 && shard->count != count)
            throw Error(ErrorCode::Mismatch, folder.string(),
                        "expected the summaries of one run, got shards of " + std::to_string(count) + " and of " +
                            std::to_string(shard->count),
                        "Remove those of the earlier run");
        count = shard->count;
        indices.insert(shard->index);
    }
    if (failure)
        throw Error(ErrorCode::NotFound, folder.string(), failure.message());
    if (indices.empty())
        throw Error(ErrorCode::NotFound, folder.string(), "expected summary.1-of-N.csv and the others, found none",
                    "explain --shard I/N writes them to its --out");
    std::string missing;
    std::size_t missed = 0;
    for (int index = 1; index <= count; ++index)
        if (!indices.contains(index) && ++missed <= namedMissing)
            missing += (missing.empty() ? "" : ", ") + summaryName({index, count});
    if (missed > namedMissing)
        missing += " and " + std::to_string(missed - namedMissing) + " more";
    if (missed > 0)
        throw Error(ErrorCode::NotFound, folder.string(),
                    "expected " + std::to_string(count) + " shards, missing " + missing,
                    "Run explain with these --shard again");
    return count;
}

void addShard(const fs::path& path, LinesOfPicture& all)
{
    for (auto& [picture, summarised] : readSummary(path))
        if (!all.emplace(picture, std::move(summarised.lines)).second)
            throw Error(ErrorCode::Mismatch, path.string(), "expected a picture in one shard only, got " + picture,
                        "Shards of different runs lie here: remove them and run all again");
}

} // namespace

CLI::App* addMergeSummariesCommand(CLI::App& app, MergeSummariesOptions& options)
{
    CLI::App* command = app.add_subcommand("merge-summaries", "Make one summary.csv of those of explain --shard");
    command->add_option("folder", options.folder, "The --out of the shards")->required();
    return command;
}

int runMergeSummaries(const MergeSummariesOptions& options)
{
    const fs::path folder = options.folder;
    const int count = requireAllShards(folder);
    LinesOfPicture all;
    for (int index = 1; index <= count; ++index)
        addShard(folder / summaryName({index, count}), all);
    const fs::path merged = folder / "summary.csv";
    AtomicFile file(merged);
    file.write(summaryHeader);
    for (const auto& [picture, lines] : all)
        file.write(lines);
    file.commit();
    std::cout << merged.string() << ": " << all.size() << " pictures of " << count << " shards" << std::endl;
    return ExitSuccess;
}

} // namespace ocellus
