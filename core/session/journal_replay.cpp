// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/journal_replay.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/edit/edit_change.h"
#include "core/session/edit_record_reader.h"
#include "core/session/evidence_json.h"
#include "core/session/journal_state.h"
#include "core/session/old_step_replay.h"
#include "core/session/record_file.h"
#include "core/session/record_text.h"
#include "core/session/session_reader.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Reads the records of one journal, one after the other.
class Replay {
public:
    Replay(const fs::path& journal, std::size_t maxBytes)
        : m_source(journal.string()),
          m_maxBytes(maxBytes),
          m_oldSteps(journal.parent_path())
    {
    }

    void begin(const std::string& text)
    {
        SessionReader reader = newReader();
        const json value = parsedRecord(reader, text);
        reader.requireKeys(value, "the first record", {"session", "file", "unsaved"});
        JournalStart start{reader.session(value["session"]), pathOrNone(reader, value["file"]),
                           reader.boolean(value["unsaved"], "unsaved")};
        m_state = JournalState(std::move(start));
        for (const SessionPicture& picture : m_state.session().pictures)
            count(picture.file.path, picture.edits);
        m_hasBeginning = true;
    }

    /// Throws Error, with nothing changed, for a record that is of no use.
    void go(const std::string& text)
    {
        if (text.starts_with("{\"old\":")) // of a history's past, which journals had once
            return;
        SessionReader reader = newReader();
        const json value = parsedRecord(reader, text);
        if (!value.is_object() || value.empty())
            reader.fail("expected an object with a change, got another value");
        if (value.contains("edits"))
            setEdits(m_edits.read(reader, value));
        else if (OldStepReplay::isOne(value))
            setEdits({m_oldSteps.read(reader, value, m_state), 0});
        else if (value.contains("unsaved"))
            setUnsaved(reader, value);
        else
            m_state.apply(changeOf(reader, value));
    }

    bool hasBeginning() const { return m_hasBeginning; }
    bool hasPictures() const { return !m_state.session().pictures.empty(); }

    ReplayedJournal result() const
    {
        ReplayedJournal result;
        result.session = m_state.session();
        result.sessionFile = m_state.sessionFile();
        result.unsaved = m_state.isUnsaved();
        for (const SessionPicture& picture : result.session.pictures)
            if (const auto lost = m_lost.find(picture.file.path); lost != m_lost.end())
                result.lostEdits += lost->second;
        return result;
    }

private:
    SessionReader newReader() const { return {m_source, {}, SessionReader::Hashes::Optional}; }

    static fs::path pathOrNone(const SessionReader& reader, const json& value)
    {
        return value.is_null() ? fs::path() : reader.path(value);
    }

    void setUnsaved(const SessionReader& reader, const json& value)
    {
        reader.requireKeys(value, "the end of the beginning", {"unsaved"});
        m_state.setUnsaved(reader.boolean(value["unsaved"], "unsaved"));
    }

    void setEdits(const EditRecordReader::Read& read)
    {
        const fs::path& picture = read.change.picture;
        // Where the beginning is damaged, records name what else it named.
        if (!m_hasBeginning && !m_state.hasPicture(picture)) {
            std::vector<FileReference> files{{picture, {}, 0}};
            for (const SessionPicture& known : m_state.session().pictures)
                files.push_back(known.file);
            m_state.apply(PictureListChange{files});
        }
        const auto before = m_bytes.find(picture);
        const std::size_t without = m_allBytes - (before == m_bytes.end() ? 0 : before->second);
        if (without + bytesOf(read.change.edits) > m_maxBytes)
            newReader().failTooLarge("expected masks of at most " + std::to_string(m_maxBytes) + " bytes");
        m_state.apply(read.change);
        count(picture, read.change.edits);
        m_lost[picture] = read.lost;
    }

    void count(const fs::path& picture, const PictureEdits& edits)
    {
        std::size_t& bytes = m_bytes[picture];
        m_allBytes -= bytes;
        bytes = bytesOf(edits);
        m_allBytes += bytes;
    }

    JournalChange changeOf(SessionReader& reader, const json& value) const
    {
        if (value.contains("view")) {
            reader.requireKeys(value, "a view", {"view"});
            return ViewChange{reader.view(value["view"])};
        }
        if (value.contains("saved")) {
            reader.requireKeys(value, "a saving", {"saved"});
            return SavedChange{reader.path(value["saved"])};
        }
        if (value.contains("file")) {
            reader.requireKeys(value, "a session file", {"file"});
            return SessionFileChange{pathOrNone(reader, value["file"])};
        }
        if (value.contains("notes")) {
            reader.requireKeys(value, "notes", {"notes"});
            return NotesChange{reader.notes(value["notes"])};
        }
        if (value.contains("evidence"))
            return evidenceChangeOf(reader, value);
        if (value.contains("byHand"))
            return byHandChangeOf(reader, value);
        if (value.contains("findings")) {
            reader.requireKeys(value, "findings", {"findings"});
            return FindingsChange{reader.findings(value["findings"])};
        }
        if (value.contains("input")) {
            reader.requireKeys(value, "an input", {"input"});
            return InputChange{reader.input(value["input"])};
        }
        return changeOfFiles(reader, value);
    }

    static JournalChange evidenceChangeOf(SessionReader& reader, const json& value)
    {
        reader.requireKeys(value, "evidence", {"evidence", "picture", "low", "high"});
        EvidenceChange change{reader.path(value["picture"]), evidenceIn(reader, value["evidence"])};
        change.evidence.edits = editsIn(reader, value);
        return change;
    }

    static JournalChange byHandChangeOf(const SessionReader& reader, const json& value)
    {
        reader.requireKeys(value, "what was taken away by hand", {"byHand", "picture"});
        reader.requireArray(value["byHand"], "byHand", maxByHand);
        ByHandChange change{reader.path(value["picture"]), {}};
        for (const json& item : value["byHand"]) {
            reader.requireKeys(item, "what was taken away by hand", {"intervention", "low", "high"});
            change.byHand.push_back(reader.intervention(item["intervention"]));
            change.byHand.back().edits = editsIn(reader, item);
        }
        return change;
    }

    static ContentKey editsIn(const SessionReader& reader, const json& value)
    {
        for (const char* half : {"low", "high"})
            if (!value[half].is_number_unsigned())
                reader.fail(std::string("expected a whole number as \"") + half + "\"");
        return {value["low"].get<std::uint64_t>(), value["high"].get<std::uint64_t>()};
    }

    static JournalChange changeOfFiles(SessionReader& reader, const json& value)
    {
        if (value.contains("pictures")) {
            reader.requireKeys(value, "pictures", {"pictures"});
            reader.requireArray(value["pictures"], "pictures", maxPictures);
            PictureListChange change;
            for (const json& item : value["pictures"])
                change.pictures.push_back(reader.file(item));
            return change;
        }
        reader.requireKeys(value, "a model", {"model", "classes"});
        const auto file = [&](const json& item) {
            return item.is_null() ? std::nullopt : std::optional(reader.file(item));
        };
        return ModelChange{file(value["model"]), file(value["classes"])};
    }

    std::string m_source;
    std::size_t m_maxBytes;
    JournalState m_state;
    EditRecordReader m_edits;
    OldStepReplay m_oldSteps;
    std::map<fs::path, std::size_t> m_bytes, m_lost; // by picture: of masks and patches; contents that are missing
    std::size_t m_allBytes = 0;
    bool m_hasBeginning = false;
};

} // namespace

ReplayedJournal replayJournal(const RecordFile& journal, const Progress& progress, std::size_t maxBytes)
{
    Replay replay(journal.path(), maxBytes);
    std::optional<Error> problem;
    std::size_t records = 0, damaged = 0;
    bool cut = false;
    for (std::optional<std::uint64_t> place = 0; place && *place < journal.size();) {
        progress.at(Stage::Read, static_cast<double>(*place) / static_cast<double>(journal.size()));
        const std::optional<RecordFile::Record> record = journal.read(*place);
        const bool isFirst = *place == 0;
        place = record ? record->next : journal.lineAfter(*place);
        if (!record) {
            cut = !place;
            damaged += place ? 1 : 0;
            continue;
        }
        try {
            isFirst ? replay.begin(record->text) : replay.go(record->text);
            ++records;
        } catch (const Error& error) {
            if (error.code() == ErrorCode::Unreadable || (isFirst && error.code() == ErrorCode::Unsupported))
                throw;
            problem = problem.value_or(error);
            ++damaged;
        }
    }
    if (!replay.hasBeginning() && !replay.hasPictures())
        throw problem.value_or(
            Error(ErrorCode::Damaged, journal.path().string(), "expected a journal, got a file without its beginning"));
    ReplayedJournal result = replay.result();
    result.unsaved = result.unsaved || !replay.hasBeginning();
    result.cut = cut;
    result.records = records;
    result.damaged = damaged;
    return result;
}

} // namespace ocellus
