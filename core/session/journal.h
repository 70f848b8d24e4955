// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/base/serial_thread.h"
#include "core/edit/step_store.h"
#include "core/session/journal_file.h"

namespace ocellus {

/// Writes every change of a session to the disk as it happens, so that the work can be had back when the program is
/// killed (see LostWork). Each change is one record, which a thread of the journal's own writes at once: a kill loses
/// those that are on their way. The disk is told to keep them every few seconds: a loss of power loses those of since.
///
/// The file is locked for as long as the journal lives: by that others see that its program does. It stays when the
/// journal goes; once it holds nothing unsaved, the next search for lost work removes it.
///
/// Records, one JSON object each; paths are absolute:
///     {"session": session without edits and results, "file": path or null, "unsaved"}, which comes first; the edits of
///     a picture as EditRecordWriter has them, {"pictures": [files]}, {"model": file or null, "classes": file or null},
///     {"byHand": [interventions, each with the key of the edits that it is of], "picture": path},
///     {"notes": [notes]}, {"input": input}, {"view": view}, {"file": path or null}, {"saved": path}
class Journal {
public:
    struct Options {
        std::uint64_t slackBytes = 16U << 20; ///< what a file may waste before it is written anew
        std::chrono::milliseconds syncDelay{2'000};
    };

    /// Makes the folder and a new file in it, later and on the journal's thread, as all that follows; `report` is
    /// called there too, once for each spell in which nothing can be written.
    Journal(const std::filesystem::path& folder, JournalStart start, JournalFile::Report report,
            const Options& options);
    Journal(const std::filesystem::path& folder, JournalStart start, JournalFile::Report report);
    /// Writes what is left.
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    /// After the change was made.
    void record(JournalChange change);
    /// `then` is called on the journal's thread as soon as all that was recorded before is on the disk, or is not
    /// needed any more because of discard(). Where that is never so it is not called.
    void whenSafe(std::function<void()> then);
    /// Waits until all that was recorded before is written, or was tried in vain. Not for the GUI thread.
    void wait();
    /// `then` is called on the journal's thread where wait() would return.
    void whenWritten(std::function<void()> then);

    /// For the histories of the session's pictures; lives on after the journal.
    const std::shared_ptr<StepStore>& steps() const { return m_steps; }

    /// Takes the file away: the work is saved, or is in another journal. Nothing may be recorded after it.
    void discard();
    /// Puts the file into another folder, which is made: the work is not wanted now. Nothing may be recorded after it.
    void moveTo(const std::filesystem::path& folder);

private:
    std::filesystem::path m_path;
    std::shared_ptr<StepStore> m_steps;
    std::atomic<bool> m_isDiscarded = false;
    JournalFile m_file;    // the thread's
    SerialThread m_thread; // last: it ends before what it uses
};

} // namespace ocellus
