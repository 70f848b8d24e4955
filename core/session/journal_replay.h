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
    Session session;                   ///< without the results of after its beginning
    std::filesystem::path sessionFile; ///< which it was opened from or last saved to; empty: none
    /// There are edits or notes that this file has not; where there is a file, also pictures, model and input.
    bool unsaved = false;
    bool cut = false; ///< a damaged record, and what may follow it, was left out
    std::size_t records = 0;
};

/// Goes through a journal up to its end or the first record that is damaged or does not fit what came before. Memory is
/// bounded by masks and patches of `maxBytes`, and the names of its steps. Throws Error: Unreadable, Cancelled; and for
/// the first record, without which nothing is known, Damaged, TooLarge, or Unsupported for a newer schema.
ReplayedJournal replayJournal(const RecordFile& journal, const Progress& progress = {},
                              std::size_t maxBytes = maxMaskBytes);

} // namespace ocellus
