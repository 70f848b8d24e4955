// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_list.h"

#include <algorithm>
#include <utility>

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include "core/base/error.h"
#include "core/train/run_lock.h"
#include "ui/engine/paths.h"
#include "ui/training/model_card.h"

namespace ocellus {

namespace {

constexpr int watchedPause = 1000, usualPause = 10'000; ///< milliseconds

/// A model is told of as soon as it is there.
void tellOfModel(const TrainingRun& run)
{
    if (run.state != TrainingRun::State::Done || !run.hasBest() || std::filesystem::exists(modelCardOf(run.folder)))
        return;
    try {
        writeModelCard(run);
    } catch (const std::exception&) { // whoever asks for it learns why
    }
}

std::vector<TrainingRun> runsBelow(const std::filesystem::path& root)
{
    std::vector<TrainingRun> runs;
    std::error_code none;
    const std::int64_t now = QDateTime::currentSecsSinceEpoch();
    for (const auto& entry : std::filesystem::directory_iterator(root, none)) {
        try {
            runs.push_back(readTrainingRun(entry.path(), now));
            tellOfModel(runs.back());
        } catch (const std::exception&) { // no run, or one that is being begun or removed: looked at again soon
        }
    }
    std::ranges::sort(runs, [](const TrainingRun& a, const TrainingRun& b) {
        return std::pair(a.record.created, a.folder) > std::pair(b.record.created, b.folder);
    });
    return runs;
}

} // namespace

RunList::RunList(std::filesystem::path root, QObject* parent)
    : QObject(parent),
      m_root(std::move(root)),
      m_reading(this)
{
    m_timer.setInterval(usualPause);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (!m_reading.isReading())
            lookAgain();
    });
    m_timer.start();
    lookAgain();
}

const TrainingRun* RunList::find(const std::filesystem::path& folder) const
{
    const auto found = std::ranges::find(m_runs, folder, &TrainingRun::folder);
    return found == m_runs.end() ? nullptr : &*found;
}

std::vector<std::filesystem::path> RunList::alive() const
{
    std::vector<std::filesystem::path> folders;
    for (const TrainingRun& run : m_runs)
        if (run.state == TrainingRun::State::Running || run.state == TrainingRun::State::Waiting)
            folders.push_back(run.folder);
    return folders;
}

void RunList::add(const std::filesystem::path& folder)
{
    readTrainingRun(folder, QDateTime::currentSecsSinceEpoch());
    std::error_code failure;
    std::filesystem::create_directories(m_root, failure);
    std::filesystem::create_directory_symlink(std::filesystem::absolute(folder), m_root / folder.filename(), failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, (m_root / folder.filename()).string(), failure.message());
    lookAgain();
}

void RunList::remove(const TrainingRun& run)
{
    std::error_code failure;
    if (std::filesystem::is_symlink(run.folder, failure)) {
        std::filesystem::remove(run.folder, failure);
    } else {
        if (RunLock::isHeld(run.folder))
            throw Error(ErrorCode::Mismatch, run.folder.string(), "expected a run that has ended, got one that works",
                        "Stop it first");
        // Where there is no such folder yet, Qt 6.4 moves things into one below the working folder.
        QDir().mkpath(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation));
        if (!QFile::moveToTrash(toQString(run.folder)))
            failure = std::make_error_code(std::errc::operation_not_permitted);
    }
    if (failure)
        throw Error(ErrorCode::Unreadable, run.folder.string(), "cannot be moved to the trash",
                    "Remove the folder by hand");
    lookAgain();
}

void RunList::lookAgain()
{
    m_reading.read<std::vector<TrainingRun>>(
        Step::Training, [root = m_root] { return runsBelow(root); },
        [this](std::vector<TrainingRun> runs) { take(std::move(runs)); }, [](const Failure&) {});
}

void RunList::setWatched(bool isWatched)
{
    m_timer.setInterval(isWatched ? watchedPause : usualPause);
    if (isWatched)
        lookAgain();
}

void RunList::take(std::vector<TrainingRun> runs)
{
    m_runs = std::move(runs);
    emit changed();
}

} // namespace ocellus
