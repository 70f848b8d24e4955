// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/edit/edit_history.h"
#include "core/session/journal.h"
#include "core/session/journal_replay.h"
#include "core/session/record_file.h"
#include "core/session/record_text.h"
#include "core/session/session_writer.h"
#include "tests/io/full_disk.h"
#include "tests/session/sessions.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

void failOnReport(const Error& error)
{
    QFAIL(error.what());
}

ReplayedJournal replayOf(const fs::path& journal)
{
    return replayJournal(RecordFile::open(journal));
}

EditStep someStep(int serial)
{
    return {"step " + std::to_string(serial), {InsertEdit{0, someEdit("edit " + std::to_string(serial))}}};
}

EditStep randomStep(RandomStream& random, const PictureEdits& state, int serial)
{
    const int width = 1 + random.below(30);
    const Mask mask(
        {40, 30}, {random.below(10), random.below(30), width, 1},
        std::vector<std::uint8_t>(static_cast<std::size_t>(width), static_cast<std::uint8_t>(1 + random.below(255))));
    const std::string name = std::to_string(serial);
    if (!state.edits.empty() && random.chance(0.3))
        return {"Delete " + name, {EraseEdit{0}, SetSelection{mask}}};
    if (random.chance(0.3))
        return {"Brush " + name, {SetSelection{mask}}};
    return {"Edit " + name,
            {InsertEdit{state.edits.size(), {name, mask, Noise{5, random.next()}, true}}, InsertMask{0, {name, mask}}}};
}

/// Work on several pictures, each change in a journal too.
class Work {
public:
    explicit Work(const fs::path& folder) : m_journal(folder, {someSession(folder), {}, false}, failOnReport)
    {
        for (const SessionPicture& picture : someSession(folder).pictures) {
            m_pictures.push_back(picture.file);
            m_histories.emplace_back(picture.edits, m_journal.steps(), EditHistory::Limits{5, 1000});
        }
    }

    void goOn(RandomStream& random, int serial)
    {
        const auto picture = static_cast<std::size_t>(random.below(static_cast<int>(m_pictures.size())));
        EditHistory& history = m_histories[picture];
        const fs::path& path = m_pictures[picture].path;
        const double choice = random.uniform();
        if (choice < 0.2) {
            history.undo();
            m_journal.recordUndo(path);
        } else if (choice < 0.35) {
            history.redo();
            m_journal.recordRedo(path);
        } else if (choice < 0.4) {
            const auto position = static_cast<std::size_t>(random.below(static_cast<int>(history.stepCount()) + 1));
            history.goTo(position);
            m_journal.recordGoTo(path, position);
        } else {
            const EditStep step = randomStep(random, history.state(), serial);
            history.perform(step);
            m_journal.recordStep(path, step);
        }
    }

    std::vector<SessionPicture> pictures() const
    {
        std::vector<SessionPicture> result;
        for (std::size_t i = 0; i < m_pictures.size(); ++i)
            result.push_back({m_pictures[i], m_histories[i].state()});
        return result;
    }

    const fs::path& journal() const { return m_journal.path(); }

private:
    Journal m_journal;
    std::vector<FileReference> m_pictures;
    std::vector<EditHistory> m_histories;
};

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;

    fs::path onlyPicture() const { return m_folder / "pictures" / "a.jpg"; }

    JournalStart start() const { return {someSession(m_folder), {}, false}; }

    /// A journal whose first record is whole, and one more of that text.
    fs::path journalWith(const std::string& record) const
    {
        const fs::path path = Journal(m_folder, start(), failOnReport).path();
        RecordFile(RecordFile::open(path)).append(record);
        return path;
    }

private slots:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->path().toStdString();
    }

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
        const fs::path path = m_folder / "x.journal";
        writeText(path, bytes.toStdString());
        const std::optional<ErrorCode> got = errorOf([&] { replayOf(path); });
        QVERIFY(got.has_value());
        QCOMPARE(static_cast<int>(*got), code);
    }

    void stopsBeforeABadRecord_data()
    {
        QTest::addColumn<QByteArray>("record");
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
        row("position below 0", {{"picture", (m_folder / "pictures/a.jpg").string()}, {"goTo", -1}});
        row("step without a picture", {{"step", {{"name", "x"}, {"changes", json::array()}}}});
        row("bad view", {{"view", json::object()}});
        row("bad notes", {{"notes", {1}}});
        row("pictures twice", {{"pictures", json(json::array_t(2, jsonOf(someFile("/a"), {})))}});
        row("model without classes", {{"model", nullptr}});
        row("saved nowhere", {{"saved", ""}});
    }

    void stopsBeforeABadRecord()
    {
        QFETCH(const QByteArray, record);
        const ReplayedJournal replayed = replayOf(journalWith(record.toStdString()));
        QVERIFY(replayed.cut);
        QVERIFY(!replayed.unsaved);
        QCOMPARE(replayed.records, std::size_t{1});
        QVERIFY(replayed.session == someSession(m_folder));
    }

    void stopsBeforeAStepThatDoesNotFit()
    {
        const fs::path picture = onlyPicture();
        Journal journal(m_folder, start(), failOnReport);
        journal.recordStep(picture, {"Brush", {SetSelection{}}});
        journal.recordStep(picture, {"Delete", {EraseEdit{0}, EraseEdit{7}}});
        journal.recordStep(picture, {"Brush", {SetSelection{Mask::whole({3, 3})}}});
        const ReplayedJournal replayed = replayOf(journal.path());
        QVERIFY(replayed.cut);
        QCOMPARE(replayed.records, std::size_t{2});
        QCOMPARE(replayed.session.pictures[0].edits.edits.size(), std::size_t{2});
        QVERIFY(replayed.session.pictures[0].edits.selection.isNone());
    }

    void masksTakeBoundedMemory()
    {
        Journal journal(m_folder, start(), failOnReport);
        const Mask large = Mask::whole({1'000, 1'000}); // a megabyte, of which the record has a few bytes
        for (int i = 0; i < 10; ++i)
            journal.recordStep(onlyPicture(), {"Keep", {InsertMask{0, {"large", large}}}});
        const ReplayedJournal replayed = replayJournal(RecordFile::open(journal.path()), {}, 4'500'000);
        QCOMPARE(replayed.session.pictures[0].edits.masks.size(), std::size_t{5});
        QVERIFY(replayed.unsaved && replayed.cut);
    }

    void everythingRecordedComesBack()
    {
        Journal journal(m_folder, {Session(), m_folder / "old.ocellus", false}, failOnReport);
        const Session wanted = someSession(m_folder);
        journal.recordModel(wanted.model, wanted.classes);
        std::vector<FileReference> pictures;
        for (const SessionPicture& picture : wanted.pictures)
            pictures.push_back(picture.file);
        journal.recordPictures(pictures);
        journal.recordInput(wanted.input);
        journal.recordNotes(wanted.notes);
        journal.recordView(wanted.view);
        const PictureEdits& edits = wanted.pictures[0].edits;
        journal.recordStep(pictures[0].path, {"All",
                                              {InsertEdit{0, edits.edits[1]}, InsertEdit{0, edits.edits[0]},
                                               SetSelection{edits.selection}, InsertMask{0, edits.masks[0]}}});
        ReplayedJournal replayed = replayOf(journal.path());
        QVERIFY(replayed.unsaved && !replayed.cut);
        QCOMPARE(replayed.sessionFile, m_folder / "old.ocellus");
        replayed.session.program = wanted.program;
        replayed.session.results = wanted.results;
        QVERIFY(replayed.session == wanted);
    }

    void picturesThatGoTakeTheirEditsWithThem()
    {
        Journal journal(m_folder, start(), failOnReport);
        const std::vector<SessionPicture> pictures = someSession(m_folder).pictures;
        journal.recordPictures({pictures[1].file});
        journal.recordPictures({pictures[1].file, {pictures[0].file.path, "", 0}});
        const Session session = replayOf(journal.path()).session;
        QCOMPARE(session.pictures.size(), std::size_t{2});
        QVERIFY(session.pictures[1].edits == PictureEdits());
        QVERIFY(session.pictures[1].file.sha256.empty());
        QVERIFY(session.results.empty());
    }

    void savingEndsWhatIsUnsaved()
    {
        Journal journal(m_folder, start(), failOnReport);
        QVERIFY(!replayOf(journal.path()).unsaved);
        journal.recordView({});
        journal.recordPictures({someFile("/a")});
        QVERIFY(!replayOf(journal.path()).unsaved); // opening pictures is no work
        journal.recordStep("/a", someStep(1));
        QVERIFY(replayOf(journal.path()).unsaved);
        journal.recordSaved(m_folder / "new.ocellus");
        QVERIFY(!replayOf(journal.path()).unsaved);
        QCOMPARE(replayOf(journal.path()).sessionFile, m_folder / "new.ocellus");
        journal.recordPictures({}); // but what a file has is
        QVERIFY(replayOf(journal.path()).unsaved);
        journal.recordSaved(m_folder / "new.ocellus");
        journal.recordNotes({});
        QVERIFY(replayOf(journal.path()).unsaved);
    }

    void randomWorkComesBackAtEveryStep_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 3; ++seed)
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
    }

    void randomWorkComesBackAtEveryStep()
    {
        QFETCH(const quint64, seed);
        RandomStream random(seed);
        Work work(m_folder);
        for (int i = 0; i < 1000; ++i) {
            work.goOn(random, i);
            if (i % 100 == 0 || i > 995)
                QVERIFY2(replayOf(work.journal()).session.pictures == work.pictures(), std::to_string(i).c_str());
        }
    }

    void aCutAnywhereLosesTheLastRecordAtMost()
    {
        Journal journal(m_folder, start(), failOnReport);
        journal.recordStep(onlyPicture(), someStep(1));
        const std::vector<SessionPicture> before = replayOf(journal.path()).session.pictures;
        const std::string shorter = readText(journal.path());
        journal.recordStep(onlyPicture(), someStep(2));
        const std::vector<SessionPicture> after = replayOf(journal.path()).session.pictures;
        const std::string whole = readText(journal.path());
        const fs::path cut = m_folder / "cut.journal";
        for (std::size_t length = shorter.size(); length <= whole.size(); ++length) {
            writeText(cut, whole.substr(0, length));
            const ReplayedJournal replayed = replayOf(cut);
            QVERIFY(replayed.session.pictures == (length == whole.size() ? after : before));
            QCOMPARE(replayed.cut, length != shorter.size() && length != whole.size());
        }
    }

    void aSpoiltByteEndsTheReplay()
    {
        Journal journal(m_folder, start(), failOnReport);
        std::vector<std::vector<SessionPicture>> states{replayOf(journal.path()).session.pictures};
        for (int i = 0; i < 5; ++i) {
            journal.recordStep(onlyPicture(), someStep(i));
            states.push_back(replayOf(journal.path()).session.pictures);
        }
        const std::string whole = readText(journal.path());
        const std::size_t first = whole.find('\n') + 1;
        const fs::path path = m_folder / "spoilt.journal";
        for (std::size_t place = first; place < whole.size(); place += 17) {
            std::string spoilt = whole;
            spoilt[place] = static_cast<char>(spoilt[place] ^ 1);
            writeText(path, spoilt);
            const auto lines = static_cast<std::size_t>(
                std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
            const ReplayedJournal replayed = replayOf(path);
            QVERIFY(replayed.cut);
            QCOMPARE(replayed.records, lines);
            QVERIFY(replayed.session.pictures == states[lines - 1]);
        }
    }

    void aFullDiskIsReportedOnceAndWaitedFor()
    {
        int reports = 0;
        Journal journal(m_folder, start(), [&](const Error&) { ++reports; });
        journal.recordStep(onlyPicture(), someStep(0));
        {
            const FullDisk full(fs::file_size(journal.path()) + 10);
            for (int i = 1; i < 4; ++i)
                journal.recordStep(onlyPicture(), someStep(i));
        }
        QCOMPARE(reports, 1);
        QCOMPARE(replayOf(journal.path()).session.pictures[0].edits.edits.size(), std::size_t{3});
        QVERIFY(!replayOf(journal.path()).cut);
        journal.recordUndo(onlyPicture());
        const std::vector<Edit> edits = replayOf(journal.path()).session.pictures[0].edits.edits;
        QCOMPARE(edits.size(), std::size_t{5});
        QCOMPARE(edits[0].name, std::string("edit 2"));
        {
            const FullDisk full(fs::file_size(journal.path()));
            journal.recordUndo(onlyPicture());
        }
        QCOMPARE(reports, 2);
    }

    void whatNobodyCanWriteIsGivenUp()
    {
        int reports = 0;
        Journal journal(m_folder, start(), [&](const Error&) { ++reports; });
        {
            const FullDisk full(fs::file_size(journal.path()));
            const std::vector<HeadNote> notes(1'000, {std::string(64, 'a'), 0, 0, std::string(maxNoteBytes, 'x')});
            for (int i = 0; i < 8; ++i) // ten megabytes each
                journal.recordNotes(notes);
        }
        journal.recordStep(onlyPicture(), someStep(1));
        QCOMPARE(reports, 1);
        const ReplayedJournal replayed = replayOf(journal.path());
        QCOMPARE(replayed.records, std::size_t{1});
        QVERIFY(!replayed.cut);
    }

    void oldStepsAreReadBackFromTheFile()
    {
        Journal journal(m_folder, start(), failOnReport);
        EditHistory history({}, journal.steps(), {2, 1U << 20});
        for (int i = 0; i < 10; ++i)
            history.perform(someStep(i));
        const PictureEdits last = history.state();
        history.goTo(0);
        QVERIFY(history.state() == PictureEdits());
        history.goTo(10);
        QVERIFY(history.state() == last);
        const std::string text = readText(journal.path());
        writeText(journal.path(), text.substr(0, text.find('\n') + 1));
        QCOMPARE(errorOf([&] { history.goTo(0); }), std::optional(ErrorCode::Damaged));
        QCOMPARE(history.position(), std::size_t{8});
    }

    void refusesAFolderThatIsNone()
    {
        writeText(m_folder / "file", "x");
        QVERIFY(errorOf([&] { Journal(m_folder / "file", start(), failOnReport); }).has_value());
        Journal journal(m_folder / "new" / "folder", start(), failOnReport);
        QVERIFY(fs::exists(journal.path()));
        journal.discard();
        QVERIFY(!fs::exists(journal.path()));
    }
};

QTEST_APPLESS_MAIN(TestJournal)
#include "test_journal.moc"
