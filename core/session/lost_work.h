// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/base/progress.h"
#include "core/session/journal_replay.h"
#include "core/session/record_file.h"

namespace ocellus {

/// Unsaved work in the journal of a program that is gone. While this or a copy lives, no other program offers it.
class LostWork {
public:
    LostWork(std::shared_ptr<RecordFile> file, ReplayedJournal content);

    const ReplayedJournal& content() const { return m_content; }
    const std::filesystem::path& journal() const { return m_file->path(); }
    std::filesystem::file_time_type lastChange() const { return m_lastChange; }

    /// Takes the journal away: the work is in a new journal, or not wanted any more at all.
    void discard() { m_file->remove(); }
    /// Puts the journal into another folder, which is made: the user does not want the work now. Throws
    /// Error(Unreadable).
    void moveTo(const std::filesystem::path& folder);

private:
    std::shared_ptr<RecordFile> m_file;
    ReplayedJournal m_content;
    std::filesystem::file_time_type m_lastChange;
};

/// The journals of a folder that no living program holds and that have unsaved work, newest first. Those without are
/// removed; those that cannot be read are left alone. No folder means no work. Throws Error(Cancelled).
std::vector<LostWork> findLostWork(const std::filesystem::path& folder, const Progress& progress = {});

} // namespace ocellus
