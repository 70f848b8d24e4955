// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/journal_replay.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/edit/edit_history.h"
#include "core/session/record_file.h"
#include "core/session/record_text.h"
#include "core/session/session_reader.h"
#include "core/session/step_records.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t maxSteps = 1'000'000;

/// Does the records of one journal again, one after the other.
class Replay {
public:
    Replay(const fs::path& journal, std::size_t maxBytes)
        : m_source(journal.string()),
          m_maxBytes(maxBytes),
          m_store(
              std::make_shared<StepRecords>(std::make_shared<RecordFile>(RecordFile::temporary(journal.parent_path()))))
    {
    }

    void begin(const std::string& text)
    {
        SessionReader reader = newReader();
        const json value = parsedRecord(reader, text);
        reader.requireKeys(value, "the first record", {"session", "file", "unsaved"});
        m_result.session = reader.session(value["session"]);
        if (!value["file"].is_null())
            m_result.sessionFile = reader.path(value["file"]);
        m_result.unsaved = reader.boolean(value["unsaved"], "unsaved");
        for (SessionPicture& picture : m_result.session.pictures) {
            m_order.push_back(picture.file);
            m_histories.emplace(picture.file.path, historyOf(std::move(picture.edits)));
        }
        m_result.records = 1;
    }

    void go(const std::string& text)
    {
        // Of no matter to the state, and as long as the steps themselves.
        if (!text.starts_with("{\"old\":")) {
            SessionReader reader = newReader();
            const json value = parsedRecord(reader, text);
            if (!value.is_object() || value.empty())
                reader.fail("expected an object with a change, got another value");
            if (!goInHistory(reader, value))
                set(reader, value);
        }
        ++m_result.records;
    }

    ReplayedJournal result(bool cut)
    {
        m_result.cut = cut;
        Session& session = m_result.session;
        session.pictures.clear();
        for (const FileReference& file : m_order)
            session.pictures.push_back({file, m_histories.at(file.path).state()});
        if (session.view.picture >= static_cast<int>(m_order.size()))
            session.view.picture = -1;
        std::erase_if(session.results, [&](const StoredResult& result) {
            return static_cast<std::size_t>(result.picture) >= m_order.size();
        });
        return std::move(m_result);
    }

private:
    SessionReader newReader() const { return {m_source, {}, SessionReader::Hashes::Optional}; }

    EditHistory historyOf(PictureEdits edits) const
    {
        return EditHistory(std::move(edits), m_store, {0, 0}); // of the past, nothing but names stays in memory
    }

    EditHistory& historyAt(SessionReader& reader, const json& path)
    {
        const auto found = m_histories.find(reader.path(path));
        if (found == m_histories.end())
            reader.fail("expected a picture of the session, got another path");
        return found->second;
    }

    /// False where the record is about something else.
    bool goInHistory(SessionReader& reader, const json& value)
    {
        if (value.contains("step")) {
            reader.requireKeys(value, "a step", {"picture", "step"});
            perform(reader, historyAt(reader, value["picture"]), reader.step(value["step"]));
        } else if (value.contains("undo")) {
            reader.requireKeys(value, "an undo", {"undo"});
            historyAt(reader, value["undo"]).undo();
        } else if (value.contains("redo")) {
            reader.requireKeys(value, "a redo", {"redo"});
            historyAt(reader, value["redo"]).redo();
        } else if (value.contains("goTo")) {
            reader.requireKeys(value, "a way", {"picture", "goTo"});
            const int position = reader.integer(value["goTo"], "goTo", 0, static_cast<int>(maxSteps));
            historyAt(reader, value["picture"]).goTo(static_cast<std::size_t>(position));
        } else {
            return false;
        }
        m_result.unsaved = true;
        return true;
    }

    void perform(const SessionReader& reader, EditHistory& history, EditStep step)
    {
        if (++m_steps > maxSteps)
            reader.failTooLarge("expected at most " + std::to_string(maxSteps) + " steps");
        history.perform(std::move(step));
        std::size_t bytes = 0;
        for (const auto& [path, each] : m_histories)
            bytes += bytesOf(each.state());
        if (bytes > m_maxBytes) {
            history.undo();
            reader.failTooLarge("expected masks of at most " + std::to_string(m_maxBytes) + " bytes");
        }
    }

    void set(SessionReader& reader, const json& value)
    {
        Session& session = m_result.session;
        if (value.contains("view")) {
            reader.requireKeys(value, "a view", {"view"});
            session.view = reader.view(value["view"]);
        } else if (value.contains("saved")) {
            reader.requireKeys(value, "a saving", {"saved"});
            m_result.sessionFile = reader.path(value["saved"]);
            m_result.unsaved = false;
        } else if (value.contains("notes")) {
            reader.requireKeys(value, "notes", {"notes"});
            session.notes = reader.notes(value["notes"]);
            m_result.unsaved = true;
        } else {
            setFiles(reader, value);
            m_result.unsaved = m_result.unsaved || !m_result.sessionFile.empty();
        }
    }

    void setFiles(SessionReader& reader, const json& value)
    {
        Session& session = m_result.session;
        if (value.contains("pictures")) {
            reader.requireKeys(value, "pictures", {"pictures"});
            setPictures(reader, value["pictures"]);
        } else if (value.contains("input")) {
            reader.requireKeys(value, "an input", {"input"});
            session.input = reader.input(value["input"]);
        } else {
            reader.requireKeys(value, "a model", {"model", "classes"});
            const auto file = [&](const json& item) {
                return item.is_null() ? std::nullopt : std::optional(reader.file(item));
            };
            std::optional<FileReference> classes = file(value["classes"]);
            session.model = file(value["model"]);
            session.classes = std::move(classes);
        }
    }

    void setPictures(SessionReader& reader, const json& value)
    {
        reader.requireArray(value, "pictures", maxPictures);
        std::vector<FileReference> order;
        std::map<fs::path, EditHistory> histories;
        for (const json& item : value) {
            order.push_back(reader.file(item));
            const auto known = m_histories.find(order.back().path);
            if (!histories.emplace(order.back().path, known == m_histories.end() ? historyOf({}) : known->second)
                     .second)
                reader.fail("expected each picture once");
        }
        m_order = std::move(order);
        m_histories = std::move(histories);
        m_result.session.results.clear(); // they name pictures by their old places
    }

    std::string m_source;
    std::size_t m_maxBytes;
    std::shared_ptr<StepStore> m_store;
    ReplayedJournal m_result;
    std::vector<FileReference> m_order;
    std::map<fs::path, EditHistory> m_histories;
    std::size_t m_steps = 0;
};

} // namespace

ReplayedJournal replayJournal(const RecordFile& journal, const Progress& progress, std::size_t maxBytes)
{
    Replay replay(journal.path(), maxBytes);
    std::optional<RecordFile::Record> record = journal.read(0);
    if (!record)
        throw Error(ErrorCode::Damaged, journal.path().string(),
                    "expected a journal, got a file without its beginning");
    replay.begin(record->text);
    std::uint64_t place = record->next;
    while ((record = journal.read(place))) {
        progress.at(Stage::Read, static_cast<double>(place) / static_cast<double>(journal.size()));
        try {
            replay.go(record->text);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::Unreadable)
                throw;
            break;
        }
        place = record->next;
    }
    return replay.result(place < journal.size());
}

} // namespace ocellus
