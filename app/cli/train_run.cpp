// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_run.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include "app/cli/class_choice.h"
#include "app/cli/console.h"
#include "app/cli/offscreen_gui.h"
#include "app/cli/output_plan.h"
#include "app/cli/run_status_writer.h"
#include "app/cli/train_reporter.h"
#include "app/cli/watched_maps.h"
#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "core/train/data/training_set.h"
#include "core/train/rank_environment.h"
#include "core/train/run_files.h"
#include "core/train/run_lock.h"
#include "core/train/trainer.h"

namespace ocellus {
namespace {

int finish(TrainReporter& reporter, bool done)
{
    if (done) {
        reporter.sayDone();
        return ExitSuccess;
    }
    reporter.say("Stopped and saved; go on with the same command and --resume");
    return ExitFailure;
}

void requireStart(const TrainOptions& train)
{
    const RunFiles files(train.out);
    if (train.resume)
        files.requireRun();
    else
        files.requireFresh();
}

TrainingSet readPictures(const TrainOptions& train, const TrainingSetOptions& reading, bool isDataset,
                         const Progress& progress)
{
    return isDataset ? readTrainingSet(openNamedDataset(train.data), reading, progress)
                     : readTrainingSet(train.data, reading, progress);
}

TrainingSetOptions setOptions(const TrainCommandOptions& options)
{
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    TrainingSetOptions result;
    result.strict = options.train.strict;
    result.order = order.value_or(FolderOrder::Bytes);
    result.classes = givenClasses(options.classTable, order);
    result.valShare = options.valShare;
    result.seed = options.train.seed;
    return result;
}

/// Which pictures were drawn, for `evaluate --split`.
void writeSplit(const std::filesystem::path& path, const TrainingSet& set)
{
    std::string text = "picture,split\n";
    for (const auto& [split, pictures] : {std::pair("train", &set.train), std::pair("val", &set.val)})
        for (const TrainingPicture& picture : *pictures)
            text += CsvLine().text(picture.relative.generic_string()).text(split).str();
    writeFileAtomically(path, text);
}

/// Until none of these runs is trained by a process of this machine. False where this one is to end before it began.
bool waitForOthers(const std::vector<std::string>& runs, const std::filesystem::path& out, const std::stop_token& stop)
{
    // One that was begun a moment ago has neither lock nor sign of life yet.
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const auto isUnderWay = [patience](const std::string& run) {
        return RunLock::isHeld(run) || (std::filesystem::exists(run) && !std::filesystem::exists(runStatusFile(run)) &&
                                        std::chrono::steady_clock::now() < patience);
    };
    // For each once: whichever is resumed meanwhile waits for this one.
    std::vector<std::string> left = runs;
    while (std::erase_if(left, [&](const std::string& run) { return !isUnderWay(run); }), !left.empty()) {
        if (stop.stop_requested() || std::filesystem::exists(stopRequestFile(out)))
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    return true;
}

int trainFollowed(const TrainOptions& train, const TrainCommandOptions& options, const RankEnvironment& environment,
                  TrainReporter& reporter, const std::stop_token& stop)
{
    const TrainingSetOptions reading = setOptions(options);
    const bool isDataset = !options.dataset.empty();
    const TrainingSet set = readPictures(train, reading, isDataset, reporter.readingProgress(stop));
    reporter.describe(set);
    if (environment.ranks > 1)
        reporter.say("Waiting for " + std::to_string(environment.ranks) + " processes at " + environment.masterAddress +
                     ":" + std::to_string(environment.masterPort) + ", for " +
                     std::to_string(environment.joinLimit.count()) + " s at most");
    const WatchedMaps maps(train, set, options.watchedMaps);
    if (options.watchedMaps > 0)
        reporter.setMaps(maps);
    Trainer trainer(train, set, reporter.observer());
    const std::stop_callback told(stop,
                                  [] { printError("stopping: finishes the step and saves; once more gives that up"); });
    if (options.dryRun) {
        const TrainEstimate estimate = trainer.estimate(stop);
        options.json ? reporter.describeAsJson(estimate) : reporter.describe(estimate);
        return ExitSuccess;
    }
    if (reading.valShare > 0 || isDataset) {
        createFolder(train.out);
        writeSplit(train.out / "split.csv", set);
    }
    return finish(reporter, trainer.run(stop));
}

/// The same with a lock and a sign of life in the run's folder, for whoever follows it.
int trainInFolder(const TrainOptions& train, const TrainCommandOptions& options, const RankEnvironment& environment,
                  TrainReporter& reporter, const std::stop_token& stop)
{
    createFolder(train.out);
    const RunLock lock(train.out);
    std::filesystem::remove(stopRequestFile(train.out)); // of an earlier process
    RunStatusWriter status(train.out);
    reporter.setStatus(status);
    try {
        status.setPhase(RunPhase::Waiting);
        const bool isTurn = waitForOthers(options.after, train.out, stop);
        const int code = isTurn ? trainFollowed(train, options, environment, reporter, stop) : ExitFailure;
        status.setPhase(code == ExitSuccess ? RunPhase::Done : RunPhase::Stopped, 1);
        return code;
    } catch (const std::exception& error) {
        stop.stop_requested() ? status.setPhase(RunPhase::Stopped) : status.fail(error.what());
        throw;
    }
}

int trainAndTell(const TrainOptions& train, const TrainCommandOptions& options, const RankEnvironment& environment,
                 const std::stop_token& stop)
{
    const OffscreenGui gui; // the curves have text
    TrainReporter reporter(train);
    requireStart(train); // before every picture is read
    return options.dryRun ? trainFollowed(train, options, environment, reporter, stop)
                          : trainInFolder(train, options, environment, reporter, stop);
}

/// Of several processes one tells; the others say nothing but what fails, with their rank before it.
int trainSilently(const TrainOptions& train, const TrainingSetOptions& reading, bool isDataset, bool dryRun,
                  const std::string& rank, const std::stop_token& stop)
{
    try {
        const TrainingSet set = readPictures(train, reading, isDataset, Progress(stop));
        Trainer trainer(train, set, {});
        if (!dryRun)
            return trainer.run(stop) ? ExitSuccess : ExitFailure;
        trainer.estimate(stop);
        return ExitSuccess;
    } catch (const Error& error) {
        throw Error(error.code(), rank + ", " + error.subject(), error.detail(), error.wayOut());
    } catch (const std::exception& error) {
        throw Error(ErrorCode::Internal, rank, describe(error, "training"));
    }
}

} // namespace

int runTraining(const TrainOptions& train, const TrainCommandOptions& options, const std::stop_token& stop)
{
    const RankEnvironment environment = readRankEnvironment();
    return environment.isLeader() ? trainAndTell(train, options, environment, stop)
                                  : trainSilently(train, setOptions(options), !options.dataset.empty(), options.dryRun,
                                                  environment.name(), stop);
}

} // namespace ocellus
