// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/journal_file.h"

#include <exception>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/session/evidence_json.h"
#include "core/session/record_text.h"
#include "core/session/session_writer.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

json pathOrNull(const fs::path& path)
{
    return path.empty() ? json() : jsonOfPath(path);
}

json fileOrNull(const std::optional<FileReference>& file)
{
    return file ? jsonOf(*file, {}) : json();
}

/// A new file that is locked. Between its making and its locking another program that looks for what was abandoned can
/// take it away; then the next one is tried.
std::unique_ptr<RecordFile> newFile(const fs::path& path)
{
    constexpr int attempts = 10;
    std::error_code failure;
    fs::create_directories(path.parent_path(), failure); // where it cannot be made, the file cannot either
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto file = std::make_unique<RecordFile>(RecordFile::create(path));
        if (file->lock())
            return file;
    }
    throw Error(ErrorCode::Unreadable, path.parent_path().string(), "expected to lock a new journal, got no lock",
                "Choose a folder on a disk that knows locks");
}

/// What is of some edits, with their key: that of a session says which of two lists it is, and here are many.
json withEdits(const char* name, json what, const ContentKey& edits)
{
    return {{name, std::move(what)}, {"low", edits.low}, {"high", edits.high}};
}

/// Records about all but the edits.
struct PlainRecord {
    json operator()(const PictureListChange& change) const
    {
        json list = json::array();
        for (const FileReference& picture : change.pictures)
            list.push_back(jsonOf(picture, {}));
        return {{"pictures", std::move(list)}};
    }
    json operator()(const ModelChange& change) const
    {
        return {{"model", fileOrNull(change.model)}, {"classes", fileOrNull(change.classes)}};
    }
    json operator()(const NotesChange& change) const
    {
        json list = json::array();
        for (const HeadNote& note : change.notes)
            list.push_back(jsonOf(note));
        return {{"notes", std::move(list)}};
    }
    json operator()(const FindingsChange& change) const { return {{"findings", jsonOf(change.findings)}}; }
    json operator()(const InputChange& change) const { return {{"input", jsonOf(change.input)}}; }
    json operator()(const ViewChange& change) const { return {{"view", jsonOf(change.view)}}; }
    json operator()(const SessionFileChange& change) const { return {{"file", pathOrNull(change.file)}}; }
    json operator()(const SavedChange& change) const { return {{"saved", jsonOfPath(change.file)}}; }
    json operator()(const EvidenceChange& change) const
    {
        json value = withEdits("evidence", jsonOf(change.evidence), change.evidence.edits);
        value["picture"] = jsonOfPath(change.picture);
        return value;
    }
    json operator()(const ByHandChange& change) const
    {
        json list = json::array();
        for (const StoredIntervention& stored : change.byHand)
            list.push_back(withEdits("intervention", jsonOf(stored), stored.edits));
        return {{"byHand", std::move(list)}, {"picture", jsonOfPath(change.picture)}};
    }
    json operator()(const PictureChange&) const { return {}; }
};

} // namespace

JournalFile::JournalFile(fs::path path, JournalStart start, std::uint64_t slackBytes, Report report,
                         const std::atomic<bool>& stop)
    : m_path(std::move(path)),
      m_state(std::move(start)),
      m_slack(slackBytes),
      m_report(std::move(report)),
      m_stop(stop)
{
}

void JournalFile::begin()
{
    attempt([this] { writeAnew(); });
}

void JournalFile::record(const JournalChange& change)
{
    attempt([&] {
        m_state.apply(change);
        if (m_isBehind) {
            writeAnew();
            return;
        }
        m_pending.push_back(recordText(recordOf(change)));
        m_pendingBytes += m_pending.back().size();
        writePending();
    });
    if (m_isFailing || m_file->size() <= m_limit)
        return;
    try {
        writeAnew();
    } catch (const std::exception&) {
        m_limit = m_file->size() * 2; // it goes on as it is, and is tried again later
    }
}

json JournalFile::recordOf(const JournalChange& change)
{
    if (const auto* picture = std::get_if<PictureChange>(&change))
        return m_edits.record(picture->picture, picture->edits);
    return std::visit(PlainRecord(), change);
}

template <class Work>
void JournalFile::attempt(Work&& work)
{
    try {
        work();
        m_isFailing = false;
    } catch (const std::exception& problem) {
        if (m_pendingBytes > maxPendingBytes) {
            m_isBehind = true;
            m_pending.clear();
            m_pendingBytes = 0;
        }
        if (std::exchange(m_isFailing, true))
            return;
        if (const auto* error = dynamic_cast<const Error*>(&problem))
            m_report(*error);
        else
            m_report(Error(ErrorCode::Unreadable, m_path.string(), problem.what()));
    }
}

void JournalFile::writePending()
{
    std::size_t written = 0;
    try {
        for (; written < m_pending.size(); ++written) {
            m_file->append(m_pending[written]);
            m_pendingBytes -= m_pending[written].size();
            m_isDirty = true;
        }
    } catch (const Error&) {
        m_pending.erase(m_pending.begin(), m_pending.begin() + static_cast<std::ptrdiff_t>(written));
        throw;
    }
    m_pending.clear();
}

void JournalFile::writeAnew()
{
    fs::path begun = m_path;
    begun += journalPartExtension;
    std::unique_ptr<RecordFile> next = newFile(begun);
    EditRecordWriter edits;
    try {
        writeAll(*next, edits);
        next->sync();
        next->rename(m_path);
    } catch (...) {
        next->remove();
        throw;
    }
    m_file = std::move(next);
    m_edits = std::move(edits);
    m_limit = m_file->size() * 2 + m_slack;
    m_pending.clear();
    m_pendingBytes = 0;
    m_isBehind = m_isDirty = false;
}

void JournalFile::writeAll(RecordFile& file, EditRecordWriter& edits) const
{
    Session files = m_state.session();
    for (SessionPicture& picture : files.pictures) {
        picture.edits = {};
        picture.byHand.clear(); // it is of edits that come later
    }
    files.evidence.clear(); // so is this
    files.findings = {};    // a record of their own: they can be large, and the beginning has to be read
    file.append(recordText({{"session", jsonOf(files, {})},
                            {"file", pathOrNull(m_state.sessionFile())},
                            {"unsaved", m_state.isUnsaved()}}));
    for (const SessionPicture& picture : m_state.session().pictures) {
        if (m_stop)
            throw Error(ErrorCode::Cancelled, m_path.string(), "given up");
        if (picture.edits != PictureEdits())
            file.append(recordText(edits.record(picture.file.path, picture.edits)));
        if (!picture.byHand.empty())
            file.append(recordText(PlainRecord()(ByHandChange{picture.file.path, picture.byHand})));
    }
    for (const StoredEvidence& evidence : m_state.session().evidence)
        if (isFinite(evidence)) {
            const auto picture = static_cast<std::size_t>(evidence.picture);
            file.append(recordText(PlainRecord()({m_state.session().pictures[picture].file.path, evidence})));
        }
    if (!m_state.session().findings.empty())
        file.append(recordText(PlainRecord()(FindingsChange{m_state.session().findings})));
    file.append(recordText({{"unsaved", m_state.isUnsaved()}})); // these edits are no change
}

void JournalFile::sync()
{
    attempt([this] {
        if (m_isBehind)
            writeAnew();
        writePending();
        if (std::exchange(m_isDirty, false))
            m_file->sync();
    });
    if (!m_isFailing)
        tellThatSafe();
}

void JournalFile::tellThatSafe()
{
    for (const std::function<void()>& then : std::exchange(m_whenSafe, {}))
        then();
}

void JournalFile::whenSafe(std::function<void()> then)
{
    m_whenSafe.push_back(std::move(then));
    sync();
}

void JournalFile::remove()
{
    if (m_file)
        m_file->remove();
    tellThatSafe();
}

void JournalFile::moveTo(const fs::path& folder)
{
    attempt([&] {
        if (m_isBehind)
            writeAnew();
        writePending();
        m_file->sync();
        std::error_code failure;
        fs::create_directories(folder, failure);
        m_file->rename(folder / m_path.filename());
        tellThatSafe();
    });
}

} // namespace ocellus
