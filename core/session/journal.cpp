// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/journal.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "core/edit/edit_json.h"
#include "core/session/record_text.h"
#include "core/session/session_writer.h"
#include "core/session/step_records.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// A new file that is locked. Between its making and its locking another program that looks for lost work can take it
/// away; then the next one is tried.
RecordFile newFile(const fs::path& folder)
{
    constexpr int attempts = 10;
    std::error_code failure;
    fs::create_directories(folder, failure);
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto time = std::chrono::system_clock::now().time_since_epoch().count();
        RecordFile file =
            RecordFile::create(folder / (std::to_string(time) + "-" + std::to_string(getpid()) + journalExtension));
        if (file.lock())
            return file;
    }
    throw Error(ErrorCode::Unreadable, folder.string(), "expected to lock a new journal, got no lock",
                "Choose a folder on a disk that knows locks");
}

json pathOrNull(const fs::path& path)
{
    return path.empty() ? json() : jsonOfPath(path);
}

json fileOrNull(const std::optional<FileReference>& file)
{
    return file ? jsonOf(*file, {}) : json();
}

} // namespace

Journal::Journal(const fs::path& folder, const JournalStart& start, Report report)
    : m_report(std::move(report)),
      m_file(std::make_shared<RecordFile>(newFile(folder))),
      m_steps(std::make_shared<StepRecords>(m_file))
{
    m_file->append(recordText(
        {{"session", jsonOf(start.session, {})}, {"file", pathOrNull(start.sessionFile)}, {"unsaved", start.unsaved}}));
}

Journal::~Journal() = default;

const fs::path& Journal::path() const
{
    return m_file->path();
}

void Journal::recordStep(const fs::path& picture, const EditStep& step)
{
    record({{"picture", jsonOfPath(picture)}, {"step", jsonOf(step)}});
}

void Journal::recordUndo(const fs::path& picture)
{
    record({{"undo", jsonOfPath(picture)}});
}

void Journal::recordRedo(const fs::path& picture)
{
    record({{"redo", jsonOfPath(picture)}});
}

void Journal::recordGoTo(const fs::path& picture, std::size_t position)
{
    record({{"picture", jsonOfPath(picture)}, {"goTo", position}});
}

void Journal::recordPictures(const std::vector<FileReference>& pictures)
{
    json list = json::array();
    for (const FileReference& picture : pictures)
        list.push_back(jsonOf(picture, {}));
    record({{"pictures", std::move(list)}});
}

void Journal::recordModel(const std::optional<FileReference>& model, const std::optional<FileReference>& classes)
{
    record({{"model", fileOrNull(model)}, {"classes", fileOrNull(classes)}});
}

void Journal::recordNotes(const std::vector<HeadNote>& notes)
{
    json list = json::array();
    for (const HeadNote& note : notes)
        list.push_back(jsonOf(note));
    record({{"notes", std::move(list)}});
}

void Journal::recordInput(const SessionInput& input)
{
    record({{"input", jsonOf(input)}});
}

void Journal::recordView(const SessionView& view)
{
    record({{"view", jsonOf(view)}});
}

void Journal::recordSaved(const fs::path& sessionFile)
{
    record({{"saved", jsonOfPath(fs::absolute(sessionFile).lexically_normal())}});
}

void Journal::record(const json& value)
{
    if (m_stopped)
        return;
    m_pending.push_back(recordText(value));
    m_pendingBytes += m_pending.back().size();
    try {
        writePending();
        m_failing = false;
    } catch (const Error& error) {
        m_stopped = m_pendingBytes > maxPendingBytes;
        if (m_stopped)
            m_pending.clear();
        if (!std::exchange(m_failing, true))
            m_report(error);
    }
}

void Journal::writePending()
{
    std::size_t written = 0;
    try {
        for (; written < m_pending.size(); ++written) {
            m_file->append(m_pending[written]);
            m_pendingBytes -= m_pending[written].size();
        }
    } catch (const Error&) {
        m_pending.erase(m_pending.begin(), m_pending.begin() + static_cast<std::ptrdiff_t>(written));
        throw;
    }
    m_pending.clear();
}

void Journal::discard()
{
    m_file->remove();
}

} // namespace ocellus
