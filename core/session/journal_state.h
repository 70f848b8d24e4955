// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>

#include "core/session/journal_change.h"

namespace ocellus {

/// Where a piece of work begins.
struct JournalStart {
    Session session;
    std::filesystem::path sessionFile; ///< which it was opened from or last saved to; empty: none
    bool unsaved = false;              ///< `session` differs from that file, as after recovery
};

/// What a journal has told up to now.
class JournalState {
public:
    /// Results are left out: they can be computed again.
    explicit JournalState(JournalStart start = {});

    const Session& session() const { return m_work.session; }
    const std::filesystem::path& sessionFile() const { return m_work.sessionFile; }
    /// There are edits or notes that this file has not; where there is a file, also pictures, model and input.
    bool isUnsaved() const { return m_work.unsaved; }
    void setUnsaved(bool unsaved) { m_work.unsaved = unsaved; }

    bool hasPicture(const std::filesystem::path& picture) const { return m_places.contains(picture); }
    /// Throws std::out_of_range for a picture that is not in the list.
    const PictureEdits& editsOf(const std::filesystem::path& picture) const;

    /// Throws Error(BadArgument), with nothing changed, for a picture that is not in the list, or twice.
    void apply(const JournalChange& change);

private:
    struct Applier;

    void indexPictures();
    void clampView();

    JournalStart m_work;
    std::map<std::filesystem::path, std::size_t> m_places; ///< in the session's pictures
};

} // namespace ocellus
