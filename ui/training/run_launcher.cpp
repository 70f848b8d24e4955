// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_launcher.h"

#include <algorithm>
#include <csignal>
#include <system_error>

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/file_name.h"
#include "core/train/run_lock.h"
#include "ui/dataset/dataset_document.h"
#include "ui/engine/paths.h"
#include "ui/training/training_run.h"

namespace ocellus::launcher {

namespace {

/// "birds-2026-11-28-1412", with a number where that is taken.
std::filesystem::path freeFolder(const std::filesystem::path& root, const RunRecord& record)
{
    const QString name = record.dataset + record.created.toString(QStringLiteral("-yyyy-MM-dd-HHmm"));
    const std::filesystem::path first = root / safeFileName(name.toStdString());
    std::filesystem::path folder = first;
    for (int number = 2; std::filesystem::exists(folder); ++number)
        folder = first.string() + "-" + std::to_string(number);
    return folder;
}

/// Holds sleep back where that is allowed, which it is not for whoever came by ssh, and runs the rest in any case.
constexpr const char* awakeOrNot = "i=$1; shift; \"$i\" --what=sleep true >/dev/null 2>&1 && "
                                   "exec \"$i\" --what=sleep --who=Ocellus --why=Training \"$@\"; exec \"$@\"";

/// Of its own session: neither the window's end nor a closed terminal ends it.
void launch(const std::filesystem::path& run, const QStringList& arguments, bool keepsAwake)
{
    QProcess process;
    process.setProgram(toQString(requireProgram()));
    process.setArguments(arguments);
    const QString inhibitor = QStandardPaths::findExecutable(QStringLiteral("systemd-inhibit"));
    if (keepsAwake && !inhibitor.isEmpty() && QFileInfo::exists(QStringLiteral("/run/systemd/system"))) {
        process.setArguments(QStringList{QStringLiteral("-c"), QLatin1String(awakeOrNot), QStringLiteral("sh"),
                                         inhibitor, process.program()} +
                             arguments);
        process.setProgram(QStringLiteral("/bin/sh"));
    }
    process.setWorkingDirectory(toQString(run));
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(toQString(outputOf(run)), QIODevice::Append);
    process.setStandardErrorFile(toQString(outputOf(run)), QIODevice::Append);
    if (!process.startDetached())
        throw Error(ErrorCode::Unreadable, process.program().toStdString(),
                    "cannot be started: " + process.errorString().toStdString());
}

} // namespace

std::filesystem::path program()
{
    const QString told = qEnvironmentVariable("OCELLUS_CLI");
    if (!told.isEmpty())
        return toPath(told);
    const QString name = QStringLiteral("ocellus-cli");
    const QString beside = QStandardPaths::findExecutable(name, {QCoreApplication::applicationDirPath()});
    return toPath(beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside);
}

std::filesystem::path requireProgram()
{
    const std::filesystem::path found = program();
    if (found.empty())
        throw Error(ErrorCode::NotFound, "ocellus-cli", "expected the command line beside this program, got none",
                    "Install it, or say where it is by OCELLUS_CLI");
    return found;
}

QStringList arguments(const std::filesystem::path& run, const QStringList& options, bool resumes,
                      const std::vector<std::filesystem::path>& after)
{
    QStringList words{QStringLiteral("train"), QStringLiteral("--dataset"), toQString(datasetOf(run)),
                      QStringLiteral("--out"), toQString(run)};
    words += options;
    if (resumes)
        words << QStringLiteral("--resume");
    for (const std::filesystem::path& other : after)
        words << QStringLiteral("--after") << toQString(other);
    return words;
}

QString commandText(const QStringList& words)
{
    QStringList text;
    for (QString word : words) {
        const bool isApart = word.isEmpty() || std::ranges::any_of(word, [](QChar letter) { return letter.isSpace(); });
        word.replace('"', QStringLiteral("\"\"\""));
        text << (isApart ? '"' + word + '"' : word);
    }
    return text.join(' ');
}

std::filesystem::path start(const std::filesystem::path& root, const RunRecord& record, const DatasetDocument& dataset,
                            const std::vector<std::filesystem::path>& after, bool keepsAwake)
{
    requireProgram();
    const std::filesystem::path run = freeFolder(root, record);
    try {
        writeRunRecord(run, record);
        dataset.writeCopy(datasetOf(run));
        launch(run, arguments(run, record.options, false, after), keepsAwake);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove_all(run, ignored);
        throw;
    }
    return run;
}

void resume(const TrainingRun& run, const std::vector<std::filesystem::path>& after, bool keepsAwake)
{
    requireProgram();
    const std::int64_t now = QDateTime::currentSecsSinceEpoch();
    if (!readTrainingRun(run.folder, now).canResume()) // it was, a moment ago
        return;
    takeBackStop(run);
    std::error_code ignored; // what it was is over, and others wait for what it is now
    std::filesystem::remove(runStatusFile(run.folder), ignored);
    std::filesystem::last_write_time(run.folder, std::filesystem::file_time_type::clock::now(), ignored);
    const bool hasSaved = std::filesystem::exists(run.folder / "checkpoint.pth");
    launch(run.folder, arguments(run.folder, run.record.options, hasSaved, after), keepsAwake);
}

void stopAfterEpoch(const TrainingRun& run)
{
    writeFileAtomically(stopRequestFile(run.folder), "");
}

void takeBackStop(const TrainingRun& run)
{
    std::error_code ignored;
    std::filesystem::remove(stopRequestFile(run.folder), ignored);
}

bool isStopAsked(const TrainingRun& run)
{
    std::error_code unknown;
    return std::filesystem::exists(stopRequestFile(run.folder), unknown);
}

void stopNow(const TrainingRun& run)
{
    // Whoever holds the lock has written the status: the number is no other process's, unless of another machine.
    if (run.status && run.status->process > 1 && isOfThisMachine(*run.status) && RunLock::isHeld(run.folder))
        kill(static_cast<pid_t>(run.status->process), SIGTERM);
}

} // namespace ocellus::launcher
