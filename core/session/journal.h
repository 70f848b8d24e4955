// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/error.h"
#include "core/edit/step_store.h"
#include "core/session/session.h"

namespace ocellus {

class RecordFile;

/// Where a piece of work begins.
struct JournalStart {
    Session session;
    std::filesystem::path sessionFile; ///< which it was opened from or last saved to; empty: none
    bool unsaved = false;              ///< `session` differs from that file, as after recovery
};

/// Writes every change of a session to the disk as it happens, so that the work can be had back when the program is
/// killed (see LostWork). Each change is one record, written at once: a kill in the middle of one loses that one. A
/// loss of power can lose more, because the disk is not waited for.
///
/// The file is locked for as long as the journal lives: by that others see that its program does. It stays when the
/// journal goes; once it holds nothing unsaved, the next search for lost work removes it.
///
/// A record that cannot be written, for example because the disk is full, is kept and written before the next one;
/// `report` is called once for each such spell. Where more than maxPendingBytes wait, no more is recorded.
///
/// Records, one JSON object each; paths are absolute:
///     {"session": session, "file": path or null, "unsaved"}, which comes first, {"picture": path, "step": step},
///     {"undo": path}, {"redo": path}, {"picture": path, "goTo": position}, {"pictures": [files]},
///     {"model": file or null, "classes": file or null}, {"notes": [notes]}, {"input": input}, {"view": view},
///     {"saved": path}, {"old": done}
class Journal {
public:
    using Report = std::function<void(const Error&)>;

    static constexpr std::size_t maxPendingBytes = 64U << 20;

    /// Makes the folder and a new file in it. Throws Error: NotFound, Unreadable.
    Journal(const std::filesystem::path& folder, const JournalStart& start, Report report);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    const std::filesystem::path& path() const;

    // After the change was made. A picture is named by its FileReference::path.
    void recordStep(const std::filesystem::path& picture, const EditStep& step);
    void recordUndo(const std::filesystem::path& picture);
    void recordRedo(const std::filesystem::path& picture);
    void recordGoTo(const std::filesystem::path& picture, std::size_t position);
    /// All pictures in order, with or without their SHA-256: new ones have no edits yet, and those that are gone take
    /// theirs with them.
    void recordPictures(const std::vector<FileReference>& pictures);
    void recordModel(const std::optional<FileReference>& model, const std::optional<FileReference>& classes);
    void recordNotes(const std::vector<HeadNote>& notes);
    void recordInput(const SessionInput& input);
    void recordView(const SessionView& view);
    /// All is in that file now.
    void recordSaved(const std::filesystem::path& sessionFile);

    /// For the histories of the session's pictures; lives on after the journal.
    const std::shared_ptr<StepStore>& steps() const { return m_steps; }

    /// Takes the file away: the work is saved, or not wanted. Nothing may be recorded after it.
    void discard();

private:
    void record(const nlohmann::json& value);
    void writePending();

    Report m_report;
    std::shared_ptr<RecordFile> m_file;
    std::shared_ptr<StepStore> m_steps;
    std::vector<std::string> m_pending;
    std::size_t m_pendingBytes = 0;
    bool m_failing = false; ///< and it was reported
    bool m_stopped = false; ///< what follows would not fit what is missing
};

} // namespace ocellus
