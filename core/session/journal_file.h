// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/error.h"
#include "core/session/edit_record_writer.h"
#include "core/session/journal_state.h"
#include "core/session/record_file.h"

namespace ocellus {

/// The file of a journal, for the thread that writes it. It appears under its name only when it tells the whole state
/// of its beginning, and takes its own place, written anew, when it has grown to more than twice of what it tells.
///
/// A record that cannot be written, for example because the disk is full, is kept and written before the next one.
/// Where more than maxPendingBytes wait, the whole file is written anew as soon as there is room.
class JournalFile {
public:
    using Report = std::function<void(const Error&)>;

    static constexpr std::size_t maxPendingBytes = 64U << 20;

    /// Nothing is written yet. `slackBytes` may be wasted in any case. `report` is called once for each spell in which
    /// nothing can be written. `stop` is looked at while much is written.
    JournalFile(std::filesystem::path path, JournalStart start, std::uint64_t slackBytes, Report report,
                const std::atomic<bool>& stop);

    void begin();
    void record(const JournalChange& change);
    /// To the disk, and not only to the system.
    void sync();
    /// Called as soon as all up to now is on the disk, now or after a later record, or is not needed any more.
    void whenSafe(std::function<void()> then);
    void remove();
    void moveTo(const std::filesystem::path& folder);

private:
    template <class Work>
    void attempt(Work&& work);
    void tellThatSafe();
    void writePending();
    void writeAnew();
    void writeAll(RecordFile& file, EditRecordWriter& edits) const;
    nlohmann::json recordOf(const JournalChange& change);

    std::filesystem::path m_path;
    JournalState m_state;
    std::uint64_t m_slack;
    Report m_report;
    const std::atomic<bool>& m_stop;
    std::unique_ptr<RecordFile> m_file; // null before the first one is whole
    EditRecordWriter m_edits;
    std::uint64_t m_limit = 0; // beyond it the file is written anew
    std::vector<std::string> m_pending;
    std::size_t m_pendingBytes = 0;
    std::vector<std::function<void()>> m_whenSafe;
    bool m_isBehind = true; // the file cannot be completed by records
    bool m_isDirty = false;
    bool m_isFailing = false; // and it was reported
};

} // namespace ocellus
