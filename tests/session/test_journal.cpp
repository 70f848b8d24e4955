// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <atomic>

#include "core/base/random.h"
#include "core/edit/edit_history.h"
#include "core/session/step_records.h"
#include "tests/session/journals.h"

using namespace ocellus;
using namespace ocellus::test;
namespace fs = std::filesystem;

namespace {

EditStep randomStep(RandomStream& random, const PictureEdits& state, int serial)
{
    const int width = 1 + random.below(30);
    const Mask mask(
        {40, 30}, {random.below(10), random.below(30), width, 1},
        std::vector<std::uint8_t>(static_cast<std::size_t>(width), static_cast<std::uint8_t>(1 + random.below(255))));
    const std::string name = std::to_string(serial);
    const auto place = [&](std::size_t below) {
        return static_cast<std::size_t>(random.below(static_cast<int>(below)));
    };
    const std::size_t count = state.edits.size();
    if (count > 0 && random.chance(0.2))
        return {"Delete " + name, {EraseEdit{place(count)}, SetSelection{mask}}};
    if (count > 1 && random.chance(0.2))
        return {"Move " + name, {MoveEdit{place(count), place(count)}}};
    if (random.chance(0.3))
        return {"Brush " + name, {SetSelection{random.chance(0.5) ? mask : Mask()}}};
    if (state.masks.size() > 3)
        return {"Forget " + name, {EraseMask{place(state.masks.size())}}};
    return {"Edit " + name,
            {InsertEdit{place(count + 1), {name, mask, Noise{5, random.next()}, true}}, InsertMask{0, {name, mask}}}};
}

/// Work on several pictures, each change in a journal too.
class Work {
public:
    explicit Work(const fs::path& folder, const Journal::Options& options = {})
        : m_begun(someSession(folder).pictures),
          m_journal(folder, {someSession(folder), {}, false}, failOnReport, options)
    {
        for (const SessionPicture& picture : m_begun) {
            m_pictures.push_back(picture.file);
            m_histories.emplace_back(picture.edits, m_journal.steps(), EditHistory::Limits{5, 1000});
        }
    }

    void goOn(RandomStream& random, int serial)
    {
        const auto picture = static_cast<std::size_t>(random.below(static_cast<int>(m_pictures.size())));
        EditHistory& history = m_histories[picture];
        const double choice = random.uniform();
        if (choice < 0.2)
            history.undo();
        else if (choice < 0.35)
            history.redo();
        else if (choice < 0.4)
            history.goTo(static_cast<std::size_t>(random.below(static_cast<int>(history.stepCount()) + 1)));
        else
            history.perform(randomStep(random, history.state(), serial));
        m_journal.record(PictureChange{m_pictures[picture].path, history.state()});
    }

    std::vector<SessionPicture> pictures() const
    {
        std::vector<SessionPicture> result = m_begun;
        for (std::size_t i = 0; i < m_pictures.size(); ++i)
            result[i].edits = m_histories[i].state();
        return result;
    }

    Journal& journal() { return m_journal; }

private:
    std::vector<SessionPicture> m_begun;
    Journal m_journal;
    std::vector<FileReference> m_pictures;
    std::vector<EditHistory> m_histories;
};

} // namespace

/// What is recorded comes back, however often the file is written anew.
class TestJournal : public QObject {
    Q_OBJECT

    std::unique_ptr<JournalFolder> m_folder;

private slots:
    void init() { m_folder = std::make_unique<JournalFolder>(); }

    void everythingRecordedComesBack()
    {
        Journal journal(m_folder->path(), {Session(), m_folder->path() / "old.ocellus", false}, failOnReport);
        const Session all = m_folder->wanted();
        std::vector<FileReference> pictures;
        for (const SessionPicture& picture : all.pictures)
            pictures.push_back(picture.file);
        journal.record(ModelChange{all.model, all.classes});
        journal.record(PictureListChange{pictures});
        journal.record(InputChange{all.input});
        journal.record(NotesChange{all.notes});
        journal.record(ViewChange{all.view});
        journal.record(FindingsChange{{{}, R"({"of":"before"})"}});
        journal.record(FindingsChange{all.findings});
        journal.record(PictureChange{pictures[0].path, all.pictures[0].edits});
        journal.record(ByHandChange{pictures[0].path, {all.pictures[0].byHand[1]}});
        journal.record(ByHandChange{pictures[0].path, all.pictures[0].byHand});
        for (const StoredEvidence& evidence : all.evidence) {
            const FileReference& picture = pictures[static_cast<std::size_t>(evidence.picture)];
            StoredEvidence before = evidence;
            before.finding.value += 1;
            journal.record(EvidenceChange{picture.path, before}); // which the next one takes the place of
            journal.record(EvidenceChange{picture.path, evidence});
        }
        ReplayedJournal replayed = replayOf(journal);
        QVERIFY(replayed.unsaved && !replayed.cut && replayed.damaged == 0);
        QCOMPARE(replayed.sessionFile, m_folder->path() / "old.ocellus");
        replayed.session.program = all.program;
        QVERIFY(replayed.session == all);
    }

    void picturesThatGoTakeTheirEditsWithThem()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport);
        const std::vector<SessionPicture> pictures = someSession(m_folder->path()).pictures;
        journal.record(PictureListChange{{pictures[1].file}});
        journal.record(PictureListChange{{pictures[1].file, {pictures[0].file.path, "", 0}}});
        Session session = replayOf(journal).session;
        QCOMPARE(session.pictures.size(), std::size_t{2});
        QVERIFY(session.pictures[1].edits == PictureEdits());
        QVERIFY(session.pictures[1].byHand.empty());
        QVERIFY(session.evidence.empty());
        QVERIFY(session.pictures[1].file.sha256.empty());
        journal.record(PictureChange{pictures[0].file.path, pictures[0].edits}); // which the user had back
        session = replayOf(journal).session;
        QVERIFY(session.pictures[1].edits == pictures[0].edits);
    }

    void evidenceFollowsItsPictureAndGoesWithItsModel()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport);
        const Session all = m_folder->wanted();
        QVERIFY(replayOf(journal).session.evidence == all.evidence);
        journal.record(PictureListChange{{all.pictures[2].file, all.pictures[0].file}});
        Session session = replayOf(journal).session;
        QCOMPARE(session.evidence.size(), all.evidence.size());
        for (const StoredEvidence& evidence : session.evidence)
            QCOMPARE(evidence.picture, 1);
        journal.record(ModelChange{all.model, {}});
        QCOMPARE(replayOf(journal).session.evidence.size(), all.evidence.size());
        journal.record(ModelChange{someFile("/other.safetensors"), {}});
        QVERIFY(replayOf(journal).session.evidence.empty());
    }

    void whatWasTakenAwayByHandGoesWithItsModelAndInput()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport);
        const Session all = m_folder->wanted();
        const std::vector<StoredIntervention> byHand = all.pictures[0].byHand;
        journal.record(PictureListChange{{all.pictures[2].file, all.pictures[0].file}});
        journal.record(ModelChange{all.model, {}}); // other class names
        journal.record(InputChange{all.input});
        journal.record(ByHandChange{m_folder->picture(), byHand}); // nothing new
        QVERIFY(replayOf(journal).session.pictures[1].byHand == byHand);
        QVERIFY(!replayOf(journal).unsaved);
        journal.record(ByHandChange{m_folder->picture(), {byHand[1]}});
        QVERIFY(replayOf(journal).unsaved);
        SessionInput input = all.input;
        input.ignoreExif = !input.ignoreExif;
        journal.record(InputChange{input});
        QVERIFY(replayOf(journal).session.pictures[1].byHand.empty());
        journal.record(ByHandChange{m_folder->picture(), byHand});
        journal.record(ModelChange{someFile("/other.safetensors"), {}});
        QVERIFY(replayOf(journal).session.pictures[1].byHand.empty());
    }

    void savingEndsWhatIsUnsaved()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport);
        QVERIFY(!replayOf(journal).unsaved);
        SessionView view = someSession(m_folder->path()).view;
        view.limit.mode = LimitMode::Drop;
        journal.record(ViewChange{view});
        journal.record(PictureListChange{{someFile("/a")}});
        QVERIFY(!replayOf(journal).unsaved); // opening pictures is no work
        journal.record(PictureChange{"/a", {{someEdit("x")}, {}, {}}});
        QVERIFY(replayOf(journal).unsaved);
        journal.record(SavedChange{m_folder->path() / "new.ocellus"});
        QVERIFY(!replayOf(journal).unsaved);
        QCOMPARE(replayOf(journal).sessionFile, m_folder->path() / "new.ocellus");
        // But what a file has is.
        view.limit.mode = LimitMode::Zero;
        const std::vector<JournalChange> changes{PictureListChange{}, ModelChange{}, InputChange{}, NotesChange{},
                                                 ViewChange{view}};
        for (const JournalChange& change : changes) {
            journal.record(SavedChange{m_folder->path() / "new.ocellus"});
            journal.record(change);
            QVERIFY2(replayOf(journal).unsaved, std::to_string(change.index()).c_str());
        }
        journal.record(SavedChange{m_folder->path() / "new.ocellus"});
        view.head = 1;
        journal.record(ViewChange{view}); // what is looked at is none
        QVERIFY(!replayOf(journal).unsaved);
    }

    void theFileIsKnownBeforeItIsWritten()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport);
        journal.record(m_folder->edited(1));
        journal.record(SessionFileChange{m_folder->path() / "new.ocellus"});
        QCOMPARE(replayOf(journal).sessionFile, m_folder->path() / "new.ocellus");
        QVERIFY(replayOf(journal).unsaved);
        journal.record(SessionFileChange{}); // it could not be written
        QVERIFY(replayOf(journal).sessionFile.empty());
    }

    void randomWorkComesBackAtEveryStep_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<quint64>("slack");
        for (quint64 seed = 1; seed <= 3; ++seed) {
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed << quint64{1U << 30};
            QTest::addRow("seed %llu, often anew", static_cast<unsigned long long>(seed)) << seed << quint64{0};
        }
    }

    void randomWorkComesBackAtEveryStep()
    {
        QFETCH(const quint64, seed);
        QFETCH(const quint64, slack);
        RandomStream random(seed);
        Work work(m_folder->path(), {slack, std::chrono::milliseconds(1)});
        for (int i = 0; i < 1000; ++i) {
            work.goOn(random, i);
            if (i % 50 == 0 || i > 990) {
                const ReplayedJournal replayed = replayOf(work.journal());
                QVERIFY2(replayed.session.pictures == work.pictures(), std::to_string(i).c_str());
                QVERIFY(replayed.damaged == 0 && replayed.lostEdits == 0);
            }
        }
    }

    void aJournalDoesNotGrowWithoutEnd()
    {
        Journal journal(m_folder->path(), m_folder->start(), failOnReport, {10'000, std::chrono::milliseconds(1'000)});
        PictureChange change = m_folder->edited(0);
        std::uintmax_t largest = 0;
        for (int i = 0; i < 500; ++i) {
            change.edits.edits.front().name = std::to_string(i);
            journal.record(change);
            journal.wait();
            largest = std::max(largest, fs::file_size(journal.path()));
        }
        QVERIFY2(largest < 40'000, std::to_string(largest).c_str());
        QVERIFY(replayOf(journal).session.pictures[0].edits == change.edits);
        QCOMPARE(std::distance(fs::directory_iterator(m_folder->path()), fs::directory_iterator()), 1);
    }

    void oldStepsAreReadBack()
    {
        EditHistory history({}, std::make_shared<StepRecords>(m_folder->path()), {2, 1U << 20});
        for (int i = 0; i < 10; ++i)
            history.perform({"step", {InsertEdit{0, someEdit(std::to_string(i))}}});
        const PictureEdits last = history.state();
        history.goTo(0);
        QVERIFY(history.state() == PictureEdits());
        history.goTo(10);
        QVERIFY(history.state() == last);
    }

    void oldStepsThatCannotBeWrittenStayInMemory()
    {
        EditHistory history({}, std::make_shared<StepRecords>(m_folder->path() / "none"), {0, 0});
        for (int i = 0; i < 10; ++i)
            history.perform({"step", {InsertEdit{0, someEdit(std::to_string(i))}}});
        history.goTo(0);
        QVERIFY(history.state() == PictureEdits());
        history.goTo(10);
        QCOMPARE(history.state().edits.size(), std::size_t{10});
    }

    void isTakenAwayOrPutAway()
    {
        Journal journal(m_folder->path() / "new" / "folder", m_folder->start(), failOnReport);
        std::atomic<bool> safe = false;
        journal.whenSafe([&] { safe = fs::exists(journal.path()); });
        journal.wait();
        QVERIFY(safe);
        journal.discard();
        journal.wait();
        QVERIFY(!fs::exists(journal.path()));
        fs::path path;
        {
            Journal other(m_folder->path(), m_folder->start(), failOnReport);
            other.record(m_folder->edited(1));
            other.moveTo(m_folder->path() / "discarded");
            path = other.path();
        }
        QVERIFY(!fs::exists(path));
        QVERIFY(replayOf(m_folder->path() / "discarded" / path.filename()).session.pictures[0].edits ==
                m_folder->edited(1).edits);
    }
};

QTEST_APPLESS_MAIN(TestJournal)
#include "test_journal.moc"
