// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/journal.h"

#include <string>
#include <utility>

#include <unistd.h>

#include "core/session/step_records.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

/// No other journal has it: of this process by its number, of others by process and time.
fs::path newPath(const fs::path& folder)
{
    static std::atomic<unsigned> count = 0;
    const auto time = std::chrono::system_clock::now().time_since_epoch().count();
    return folder /
           (std::to_string(time) + "-" + std::to_string(getpid()) + "-" + std::to_string(++count) + journalExtension);
}

} // namespace

Journal::Journal(const fs::path& folder, JournalStart start, JournalFile::Report report)
    : Journal(folder, std::move(start), std::move(report), Options())
{
}

Journal::Journal(const fs::path& folder, JournalStart start, JournalFile::Report report, const Options& options)
    : m_path(newPath(folder)),
      m_steps(std::make_shared<StepRecords>(folder)),
      m_file(m_path, std::move(start), options.slackBytes, std::move(report), m_isDiscarded),
      m_thread(options.syncDelay, [this] { m_file.sync(); })
{
    m_thread.add([this] { m_file.begin(); });
}

Journal::~Journal() = default;

void Journal::record(JournalChange change)
{
    m_thread.add([this, change = std::move(change)] {
        if (!m_isDiscarded)
            m_file.record(change);
    });
}

void Journal::whenSafe(std::function<void()> then)
{
    m_thread.add([this, then = std::move(then)] { m_file.whenSafe(then); });
}

void Journal::wait()
{
    m_thread.wait();
}

void Journal::whenWritten(std::function<void()> then)
{
    m_thread.add(std::move(then));
}

void Journal::discard()
{
    m_isDiscarded = true;
    m_thread.add([this] { m_file.remove(); });
}

void Journal::moveTo(const fs::path& folder)
{
    m_thread.add([this, folder] { m_file.moveTo(folder); });
}

} // namespace ocellus
