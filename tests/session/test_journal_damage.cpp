// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <atomic>

#include <nlohmann/json.hpp>

#include "core/edit/edit_json.h"
#include "core/session/record_text.h"
#include "core/session/session_writer.h"
#include "tests/io/full_disk.h"
#include "tests/session/journals.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;
using nlohmann::json;
namespace fs = std::filesystem;

/// What is damaged, cut, strange or had no room costs no more than itself.
class TestJournalDamage : public QObject {
    Q_OBJECT

    std::unique_ptr<JournalFolder> m_folder;

    /// A journal of the session, and these records.
    fs::path journalWith(const std::vector<std::string>& records) const
    {
        const fs::path path = Journal(m_folder->path(), m_folder->start(), failOnReport).path();
        RecordFile file = RecordFile::open(path);
        for (const std::string& record : records)
            file.append(record);
        return path;
    }

private slots:
    void init() { m_folder = std::make_unique<JournalFolder>(); }

    void refusesABadBeginning_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto recorded = [](const std::string& text) {
            QTemporaryDir folder;
            const fs::path path = fs::path(folder.path().toStdString()) / "x";
            RecordFile(RecordFile::create(path)).append(text);
            return QByteArray::fromStdString(readText(path));
        };
        const auto row = [](const char* name, const QByteArray& bytes, ErrorCode code = ErrorCode::Damaged) {
            QTest::newRow(name) << bytes << static_cast<int>(code);
        };
        row("nothing", "");
        row("a line", "hello\n");
        row("a sum alone", "0123456789abcdef\n");
        row("a wrong sum", "0123456789abcdef {}\n");
        row("no line break", recorded("{}").chopped(1));
        row("no JSON", recorded("hello"));
        row("an empty object", recorded("{}"));
        row("a step first", recorded(R"({"undo":"/a"})"));
        row("deep", recorded(std::string(100'000, '[')), ErrorCode::TooLarge);
        json newer = jsonOf(Session(), {});
        newer["schema"] = 2;
        row("newer", recorded(recordText({{"session", newer}, {"file", nullptr}, {"unsaved", true}})),
            ErrorCode::Unsupported);
        json relative = jsonOf(Session(), {});
        relative["model"] = {{"path", "a.pth"}, {"sha256", ""}, {"bytes", 0}};
        row("a relative path", recorded(recordText({{"session", relative}, {"file", nullptr}, {"unsaved", true}})));
    }

    void refusesABadBeginning()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, code);
        const fs::path path = m_folder->path() / "x.journal";
        writeText(path, bytes.toStdString());
        const std::optional<ErrorCode> got = errorOf([&] { replayOf(path); });
        QVERIFY(got.has_value());
        QCOMPARE(static_cast<int>(*got), code);
    }

    void leavesOutABadRecord_data()
    {
        QTest::addColumn<QByteArray>("record");
        const std::string known = "PICTURE"; // of the session, whose path is not known yet
        const auto row = [](const char* name, const json& record) {
            QTest::newRow(name) << QByteArray::fromStdString(recordText(record));
        };
        QTest::newRow("no JSON") << QByteArray("{");
        row("a list", json::array());
        row("empty", json::object());
        row("unknown", {{"explode", 1}});
        row("undo of a stranger", {{"undo", "/not/there.jpg"}});
        row("undo of a number", {{"undo", 1}});
        row("relative", {{"undo", "a.jpg"}});
        row("two things", {{"undo", "/a"}, {"redo", "/a"}});
        row("position below 0", {{"picture", known}, {"goTo", -1}});
        row("edits of a stranger", {{"picture", "/not/there.jpg"},
                                    {"edits", json::array()},
                                    {"selection", nullptr},
                                    {"masks", json::array()}});
        row("edits without masks", {{"picture", known}, {"edits", json::array()}, {"selection", nullptr}});
        row("a negative number",
            {{"picture", known}, {"edits", {-1}}, {"selection", nullptr}, {"masks", json::array()}});
        row("step without a picture", {{"step", {{"name", "x"}, {"changes", json::array()}}}});
        row("bad view", {{"view", json::object()}});
        row("bad notes", {{"notes", {1}}});
        row("pictures twice", {{"pictures", json(json::array_t(2, jsonOf(someFile("/a"), {})))}});
        row("by hand of a stranger", {{"picture", "/not/there.jpg"}, {"byHand", json::array()}});
        row("by hand without edits", {{"picture", known}, {"byHand", {{{"intervention", json::object()}}}}});
        row("bad by hand",
            {{"picture", known}, {"byHand", {{{"intervention", json::object()}, {"low", 1}, {"high", 2}}}}});
        row("a relative file", {{"file", "a.ocellus"}});
        row("model without classes", {{"model", nullptr}});
        row("saved nowhere", {{"saved", ""}});
    }

    void leavesOutABadRecord()
    {
        QFETCH(QByteArray, record);
        record.replace("PICTURE", m_folder->picture().string().c_str());
        const json note = jsonOf(HeadNote{std::string(64, 'a'), 0, 0, "after"});
        const ReplayedJournal replayed = replayOf(journalWith({record.toStdString(), recordText({{"notes", {note}}})}));
        QVERIFY(!replayed.cut);
        QCOMPARE(replayed.damaged, std::size_t{1});
        QCOMPARE(replayed.lostEdits, std::size_t{0});
        Session after = m_folder->wanted();
        after.notes = {{std::string(64, 'a'), 0, 0, "after"}};
        QVERIFY(replayed.session == after);
    }

    void readsJournalsOfBefore()
    {
        const auto step = [&](const EditStep& what) {
            return recordText({{"picture", m_folder->picture().string()}, {"step", jsonOf(what)}});
        };
        const auto with = [&](const char* key) { return recordText({{key, m_folder->picture().string()}}); };
        const fs::path path = journalWith(
            {step({"Edit", {InsertEdit{0, someEdit("new")}}}), step({"Delete", {EraseEdit{1}, EraseEdit{7}}}),
             step({"Delete", {EraseEdit{1}}}), with("undo"), with("undo"), with("redo"), with("redo"), with("undo"),
             R"({"old":{"anything":1}})", recordText({{"picture", m_folder->picture().string()}, {"goTo", 2}})});
        const ReplayedJournal replayed = replayOf(path);
        PictureEdits edits = someSession(m_folder->path()).pictures[0].edits;
        edits.edits = {someEdit("new"), someEdit("two")};
        QVERIFY(replayed.session.pictures[0].edits == edits);
        QCOMPARE(replayed.damaged, std::size_t{1}); // the step that did not fit
        QVERIFY(replayed.unsaved);
    }

    void masksTakeBoundedMemory()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport);
        PictureChange change = m_folder->edited(0);
        const Mask large = Mask::whole({1'000, 1'000}); // a megabyte, of which the record has a few bytes
        for (int i = 0; i < 10; ++i) {
            change.edits.masks.push_back({"large", large});
            journal.record(change);
        }
        journal.wait();
        const ReplayedJournal replayed = replayJournal(RecordFile::open(journal.path()), {}, 4'500'000);
        QCOMPARE(replayed.session.pictures[0].edits.masks.size(), std::size_t{5});
        QVERIFY(replayed.unsaved);
        QCOMPARE(replayed.damaged, std::size_t{6});
    }

    void aCutAnywhereLosesTheLastRecordAtMost()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport);
        journal.record(m_folder->edited(1));
        const std::vector<SessionPicture> before = replayOf(journal).session.pictures;
        const std::string shorter = readText(journal.path());
        journal.record(m_folder->edited(2));
        const std::vector<SessionPicture> after = replayOf(journal).session.pictures;
        const std::string whole = readText(journal.path());
        const fs::path cut = m_folder->path() / "cut.journal";
        for (std::size_t length = shorter.size(); length <= whole.size(); ++length) {
            writeText(cut, whole.substr(0, length));
            const ReplayedJournal replayed = replayOf(cut);
            QVERIFY(replayed.session.pictures == (length == whole.size() ? after : before));
            QCOMPARE(replayed.cut, length != shorter.size() && length != whole.size());
        }
    }

    void aSpoiltByteCostsWhatItsRecordAloneHas()
    {
        constexpr int steps = 50;
        JournalStart start = m_folder->start();
        start.session.evidence.clear(); // its records are of no edits, nor are those of findings
        start.session.findings = {};
        start.session.pictures[0].byHand.clear();
        Journal journal(m_folder->path(), start, failOnReport);
        for (int i = 1; i <= steps; ++i)
            journal.record(m_folder->edited(i));
        const PictureEdits last = m_folder->edited(steps).edits;
        journal.wait();
        const std::string whole = readText(journal.path());
        std::vector<std::size_t> lines{0};
        for (std::size_t end = whole.find('\n'); end != std::string::npos; end = whole.find('\n', end + 1))
            lines.push_back(end + 1);
        QCOMPARE(lines.size(), std::size_t{steps + 4}); // the beginning in three, and the end
        for (std::size_t line = 1; line + 1 < lines.size(); ++line) {
            std::string spoilt = whole;
            char& byte = spoilt[(lines[line] + lines[line + 1]) / 2];
            byte = static_cast<char>(byte ^ 1);
            const fs::path path = m_folder->path() / "spoilt.journal";
            writeText(path, spoilt);
            const ReplayedJournal replayed = replayOf(path);
            QCOMPARE(replayed.damaged, std::size_t{1});
            const EditList& edits = replayed.session.pictures[0].edits.edits;
            if (line == 2) // the end of the beginning
                continue;
            if (line == 1) { // which had two edits, a kept mask and the selection
                QCOMPARE(replayed.lostEdits, std::size_t{4});
                QCOMPARE(edits.size(), std::size_t{steps});
                continue;
            }
            QCOMPARE(replayed.lostEdits, line + 2 < lines.size() ? std::size_t{1} : std::size_t{0});
            QCOMPARE(edits.size(), last.edits.size() - 1);
            EditList wanted = last.edits;
            wanted.erase(wanted.begin() + static_cast<std::ptrdiff_t>(steps + 2 - line));
            QVERIFY2(edits == wanted, std::to_string(line).c_str());
        }
    }

    void aSpoiltBeginningCostsNoEdits()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport);
        journal.record(m_folder->edited(3));
        journal.wait();
        std::string text = readText(journal.path());
        text[40] = static_cast<char>(text[40] ^ 1);
        writeText(m_folder->path() / "spoilt.journal", text);
        const ReplayedJournal replayed = replayOf(m_folder->path() / "spoilt.journal");
        QVERIFY(replayed.unsaved);
        QCOMPARE(replayed.damaged, std::size_t{1});
        QCOMPARE(replayed.session.pictures.size(), std::size_t{1});
        QCOMPARE(replayed.session.pictures[0].file.path, m_folder->picture());
        QVERIFY(replayed.session.pictures[0].edits == m_folder->edited(3).edits);
    }

    void aFullDiskIsReportedOnceAndWaitedFor()
    {
        std::atomic<int> reports = 0;
        Journal journal(m_folder->path(), m_folder->start(), [&](const Error&) { ++reports; });
        journal.record(m_folder->edited(1));
        journal.wait();
        {
            const FullDisk full(fs::file_size(journal.path()) + 10);
            for (int i = 2; i < 5; ++i)
                journal.record(m_folder->edited(i));
            journal.wait();
        }
        QCOMPARE(reports.load(), 1);
        QVERIFY(replayOf(journal).session.pictures[0].edits == m_folder->edited(1).edits);
        QVERIFY(!replayOf(journal).cut);
        journal.record(m_folder->edited(0));
        QVERIFY(replayOf(journal).session.pictures[0].edits == m_folder->edited(0).edits);
        QCOMPARE(replayOf(journal).damaged, std::size_t{0});
        {
            const FullDisk full(fs::file_size(journal.path()));
            journal.record(m_folder->edited(1));
            journal.wait();
        }
        QCOMPARE(reports.load(), 2);
    }

    void whatTheDiskHadNoRoomForIsWrittenAnewLater()
    {
        std::atomic<int> reports = 0;
        Journal journal(m_folder->path(), m_folder->start(), [&](const Error&) { ++reports; });
        journal.wait();
        {
            const FullDisk full(fs::file_size(journal.path()));
            const std::vector<HeadNote> notes(1'000, {std::string(64, 'a'), 0, 0, std::string(maxNoteBytes, 'x')});
            for (int i = 0; i < 8; ++i) // ten megabytes each
                journal.record(NotesChange{notes});
            journal.wait();
        }
        QVERIFY(replayOf(journal).session.notes == m_folder->wanted().notes);
        journal.record(NotesChange{{{std::string(64, 'b'), 0, 0, "note"}}});
        journal.record(m_folder->edited(1));
        QCOMPARE(reports.load(), 1);
        const ReplayedJournal replayed = replayOf(journal);
        QVERIFY(!replayed.cut && replayed.damaged == 0);
        QCOMPARE(replayed.session.notes.size(), std::size_t{1});
        QVERIFY(replayed.session.pictures[0].edits == m_folder->edited(1).edits);
    }

    void tellsOfAFolderThatIsNone()
    {
        writeText(m_folder->path() / "file", "x");
        std::atomic<int> reports = 0, safe = 0;
        {
            Journal journal(m_folder->path() / "file", m_folder->start(), [&](const Error&) { ++reports; });
            journal.whenSafe([&] { ++safe; });
            journal.record(m_folder->edited(1));
        }
        QCOMPARE(reports.load(), 1);
        QCOMPARE(safe.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestJournalDamage)
#include "test_journal_damage.moc"
