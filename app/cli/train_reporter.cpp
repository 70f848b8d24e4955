// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_reporter.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/peak_memory.h"
#include "app/cli/run_status_writer.h"
#include "app/cli/watched_maps.h"
#include "ui/figures/training_curves.h"

namespace ocellus {
namespace {

std::string fixed(double value, int digits)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string megabytes(double bytes)
{
    return fixed(bytes / 1e6, 0) + " MB";
}

} // namespace

TrainReporter::TrainReporter(const TrainOptions& options) : m_options(options) {}

Progress TrainReporter::readingProgress(const std::stop_token& stop)
{
    return Progress(stop, [this](Stage, double fraction) {
        m_line.show("checking pictures " + StatusLine::bar(fraction));
        if (m_status)
            m_status->setPhase(RunPhase::Reading, fraction);
    });
}

TrainObserver TrainReporter::observer()
{
    TrainObserver observer;
    observer.featuresFilled = [this](double fraction) {
        m_line.show("features of the frozen backbone " + StatusLine::bar(fraction));
        if (m_status)
            m_status->setPhase(RunPhase::Features, fraction);
    };
    observer.progressed = [this](const TrainProgress& progress) { showStep(progress); };
    observer.epochFinished = [this](const std::vector<EpochReport>& reports) { showEpoch(reports); };
    observer.isEnoughWanted = [this] { return std::filesystem::exists(stopRequestFile(m_options.out)); };
    observer.noted = [this](const std::string& sentence) { say(sentence); };
    return observer;
}

void TrainReporter::say(const std::string& sentence)
{
    m_line.clear();
    std::cout << oneLine(sentence) << '\n' << std::flush;
}

void TrainReporter::describe(const TrainingSet& set)
{
    for (const Error& error : set.unreadable) {
        m_line.clear();
        printError("left out: " + std::string(error.what()));
    }
    if (!set.skipped.empty()) {
        m_line.clear();
        printSkipped(set.skipped);
    }
    for (const std::string& note : set.notes) {
        m_line.clear();
        printError(note);
    }
    m_classes = set.classNames.size();
    say(std::to_string(m_classes) + " classes, " + std::to_string(set.train.size()) + " pictures to train on, " +
        std::to_string(set.val.size()) + " to validate on");
}

void TrainReporter::describe(const TrainEstimate& estimate)
{
    say("Steps an epoch       " + std::to_string(estimate.stepsPerEpoch));
    if (estimate.featureSeconds > 0)
        say("Features, once       " + durationText(estimate.featureSeconds));
    say("An epoch             " + durationText(estimate.secondsPerEpoch));
    say("The whole run        " + durationText(estimate.totalSeconds) + " for " + std::to_string(m_options.epochs) +
        " epochs");
    say("Memory               " + fixed(peakMegabytes(), 0) + " MiB" + " at most in the steps tried");
    say("Disk                 " + megabytes(static_cast<double>(estimate.diskBytes)));
}

void TrainReporter::describeAsJson(const TrainEstimate& estimate)
{
    const nlohmann::ordered_json json = {{"steps_per_epoch", estimate.stepsPerEpoch},
                                         {"feature_seconds", estimate.featureSeconds},
                                         {"epoch_seconds", estimate.secondsPerEpoch},
                                         {"seconds", estimate.totalSeconds},
                                         {"epochs", m_options.epochs},
                                         {"memory_bytes", peakMegabytes() * (1 << 20)},
                                         {"disk_bytes", estimate.diskBytes}};
    m_line.clear();
    std::cout << json.dump() << '\n' << std::flush;
}

void TrainReporter::sayDone()
{
    say("Done: " + (m_options.out / "best.safetensors").string() +
        (m_best ? " of epoch " + std::to_string(m_best->epoch) + ", acc@1 " + fixed(m_best->accuracy1, 2) : ""));
}

void TrainReporter::showStep(const TrainProgress& progress)
{
    if (m_status)
        m_status->setProgress(progress);
    const double fraction = static_cast<double>(progress.step) / progress.steps;
    m_line.show(
        "epoch " + std::to_string(progress.epoch) + "/" + std::to_string(progress.epochs) + " " +
        StatusLine::bar(fraction) + " " +
        (progress.validating ? "validating" : std::to_string(progress.step) + "/" + std::to_string(progress.steps)) +
        " loss " + fixed(progress.loss, 4) + ", " + durationText(progress.secondsLeft) + " left");
}

void TrainReporter::showEpoch(const std::vector<EpochReport>& reports)
{
    const EpochReport& last = reports.back();
    m_best = bestEpoch(reports);
    say("epoch " + std::to_string(last.epoch) + "/" + std::to_string(m_options.epochs) + "  loss " +
        fixed(last.trainLoss, 4) + "  val loss " + fixed(last.valLoss, 4) + "  acc@1 " + fixed(last.accuracy1, 2) +
        "  acc@" + std::to_string(std::min<std::size_t>(5, m_classes)) + ' ' + fixed(last.accuracy5, 2) + "  " +
        fixed(last.picturesPerSecond, 1) + " pictures/s  " + durationText(last.seconds));
    drawPictures(reports);
}

/// Pictures of the run are not worth the run.
void TrainReporter::drawPictures(const std::vector<EpochReport>& reports)
{
    try {
        writeTrainingCurves(m_options.out / "curves.png", reports);
        if (!m_maps)
            return;
        if (m_status)
            m_status->setPhase(RunPhase::Maps);
        if (const std::string remark = m_maps->draw(reports.back().epoch); !remark.empty()) {
            say(remark);
            m_maps = nullptr;
        }
    } catch (const std::exception& error) {
        m_line.clear();
        printError(error.what());
    }
}

} // namespace ocellus
