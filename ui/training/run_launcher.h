// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QStringList>

namespace ocellus {

class DatasetDocument;
struct RunRecord;
struct TrainingRun;

/// Begins, resumes and stops training runs, each a process of its own that outlives the window.
namespace launcher {

/// The command line: what OCELLUS_CLI says, else beside this program, else in PATH; empty where there is none.
std::filesystem::path program();
/// The same. Throws Error(NotFound) with what can be done.
std::filesystem::path requireProgram();

/// `train` and all its words for a run of that folder.
QStringList arguments(const std::filesystem::path& run, const QStringList& options, bool resumes,
                      const std::vector<std::filesystem::path>& after = {});

/// As one line that QProcess::splitCommand takes apart again.
QString commandText(const QStringList& words);

/// Writes the record and the data set into a folder of its own below `root`, and starts the process once `after` have
/// ended. Throws Error: NotFound, Unreadable, and what writeDatasetFile throws; then there is no run.
std::filesystem::path start(const std::filesystem::path& root, const RunRecord& record, const DatasetDocument& dataset,
                            const std::vector<std::filesystem::path>& after, bool keepsAwake);

/// Goes on where it was; from the beginning where it never saved. Does nothing where it goes on already. Throws Error:
/// NotFound, Unreadable, Damaged.
void resume(const TrainingRun& run, const std::vector<std::filesystem::path>& after, bool keepsAwake);

/// Throws Error(Unreadable).
void stopAfterEpoch(const TrainingRun& run);
void takeBackStop(const TrainingRun& run);
bool isStopAsked(const TrainingRun& run);
/// It finishes the step that it is in, and saves. Does nothing to a process that is no longer that run's.
void stopNow(const TrainingRun& run);

} // namespace launcher

} // namespace ocellus
