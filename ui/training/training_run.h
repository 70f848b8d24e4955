// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <QDateTime>
#include <QString>
#include <QStringList>

#include "core/train/epoch_report.h"
#include "core/train/run_status.h"

namespace ocellus {

/// What a run was begun with, as run.json in its folder tells whoever finds it.
struct RunRecord {
    QString title;
    QString recipe;      ///< TrainingRecipe::key
    QStringList options; ///< of `train`, besides data and folder
    QString dataset;     ///< its name
    int classes = 0, train = 0, val = 0;
    QDateTime created;

    bool operator==(const RunRecord&) const = default;
};

/// A training run as its folder shows it.
struct TrainingRun {
    enum class State {
        Waiting, ///< for others, or for its process
        Running,
        Done,
        Stopped,  ///< on request
        Failed,   ///< says why
        Killed,   ///< the process is gone without a word; it goes on where it was
        Elsewhere ///< on another machine that gave a sign of life lately
    };

    std::filesystem::path folder;
    RunRecord record;
    std::optional<RunStatus> status;
    std::vector<EpochReport> epochs;
    State state = State::Killed;
    QString words;                           ///< the last ones of a run that failed
    std::vector<std::filesystem::path> maps; ///< a picture an epoch, of those that are watched

    bool isAlive() const { return state == State::Waiting || state == State::Running || state == State::Elsewhere; }
    bool canResume() const;
    bool hasBest() const;
    std::filesystem::path best() const { return folder / "best.safetensors"; }
    /// As the trainer chooses: highest accuracy, among equals the lower loss; nothing before the first epoch.
    std::optional<EpochReport> bestEpoch() const;
    double secondsSoFar() const;
};

/// "Running", "Stopped", ...
QString toText(TrainingRun::State state);

/// Makes the folder where it is missing. Throws Error(Unreadable).
void writeRunRecord(const std::filesystem::path& folder, const RunRecord& record);

/// What the folder holds by now. `now` in seconds since 1970. Throws Error: NotFound where it is no run's, Damaged,
/// Unreadable.
TrainingRun readTrainingRun(const std::filesystem::path& folder, std::int64_t now);

/// Whether its process has its number here.
bool isOfThisMachine(const RunStatus& status);

/// Where a run's data set lies, and where its process writes what it says.
std::filesystem::path datasetOf(const std::filesystem::path& run);
std::filesystem::path outputOf(const std::filesystem::path& run);

} // namespace ocellus
