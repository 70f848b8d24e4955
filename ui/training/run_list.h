// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QObject>
#include <QTimer>

#include "ui/engine/newest_reading.h"
#include "ui/training/training_run.h"

namespace ocellus {

/// All training runs below a folder, looked at again and again on a thread of its own: also those that an earlier
/// window started.
class RunList : public QObject {
    Q_OBJECT

public:
    explicit RunList(std::filesystem::path root, QObject* parent = nullptr);

    const std::filesystem::path& root() const { return m_root; }
    /// The newest first.
    const std::vector<TrainingRun>& runs() const { return m_runs; }
    const TrainingRun* find(const std::filesystem::path& folder) const; ///< null where there is none
    /// Those that work or wait on this machine.
    std::vector<std::filesystem::path> alive() const;

    /// A run of elsewhere is listed too, where it lies. Throws Error: what readTrainingRun throws, Unreadable.
    void add(const std::filesystem::path& folder);
    /// Takes it off the list: its folder goes to the trash, or stays where it lies outside root(). Throws Error:
    /// Mismatch (it is working), Unreadable (there is no trash).
    void remove(const TrainingRun& run);
    /// At once; otherwise every second while `isWatched`, else now and then.
    void lookAgain();
    void setWatched(bool isWatched);

signals:
    void changed();

private:
    void take(std::vector<TrainingRun> runs);

    std::filesystem::path m_root;
    std::vector<TrainingRun> m_runs;
    QTimer m_timer;
    NewestReading m_reading; // last: it goes first
};

} // namespace ocellus
