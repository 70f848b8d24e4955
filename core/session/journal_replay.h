// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>

#include "core/base/progress.h"
#include "core/session/session.h"

namespace ocellus {

class RecordFile;

/// What a journal tells.
struct ReplayedJournal {
    Session session;                   ///< without results
    std::filesystem::path sessionFile; ///< which it was opened from or saved to, or was about to be; empty: none
    /// There are edits or notes that this file has not; where there is a file, also pictures, model and input.
    bool unsaved = false;
    bool cut = false;          ///< the last record was not finished
    std::size_t records = 0;   ///< that could be read
    std::size_t damaged = 0;   ///< that could not, or do not fit what came before, and were left out
    std::size_t lostEdits = 0; ///< edits, masks and selections of now whose content was in a damaged record
};

/// Goes through a journal up to its end; what is damaged is left out. Memory is bounded by masks and patches of
/// `maxBytes`, and, of journals of before EditRecordWriter, the names of their steps. Throws Error: Unreadable,
/// Cancelled; and where the beginning is damaged and no picture's edits follow, Damaged, TooLarge, or Unsupported for a
/// newer schema.
ReplayedJournal replayJournal(const RecordFile& journal, const Progress& progress = {},
                              std::size_t maxBytes = maxMaskBytes);

} // namespace ocellus
