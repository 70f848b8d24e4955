// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <array>
#include <csignal>
#include <functional>
#include <optional>

#include <sys/wait.h>
#include <unistd.h>

#include "core/session/journal.h"
#include "core/session/lost_work.h"
#include "tests/session/sessions.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;
namespace fs = std::filesystem;

namespace {

void ignoreReport(const Error&) {}

/// Runs `work` in a process of its own, which tells when it is done and then lives until it is killed.
class OtherProcess {
public:
    explicit OtherProcess(const std::function<void()>& work)
    {
        std::array<int, 2> pipe{};
        if (::pipe(pipe.data()) != 0)
            return;
        m_process = fork();
        if (m_process == 0) {
            try {
                work();
            } catch (...) {
                _exit(1);
            }
            if (write(pipe[1], "x", 1) == 1)
                pause();
            _exit(1);
        }
        close(pipe[1]);
        char mark = 0;
        m_isReady = read(pipe[0], &mark, 1) == 1;
        close(pipe[0]);
    }
    ~OtherProcess() { kill(); }
    OtherProcess(const OtherProcess&) = delete;
    OtherProcess& operator=(const OtherProcess&) = delete;

    bool isReady() const { return m_isReady; }

    void kill()
    {
        if (m_process <= 0)
            return;
        ::kill(m_process, SIGKILL);
        waitpid(m_process, nullptr, 0);
        m_process = 0;
    }

private:
    pid_t m_process = 0;
    bool m_isReady = false;
};

} // namespace

class TestLostWork : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;

    JournalStart start() const { return {someSession(m_folder), m_folder / "x.ocellus", false}; }

    PictureChange deletion() const
    {
        const SessionPicture picture = start().session.pictures[0];
        PictureChange change{picture.file.path, picture.edits};
        change.edits.edits.erase(change.edits.edits.begin());
        return change;
    }

    /// What a program that is gone leaves.
    fs::path leaveJournal(bool withWork) const
    {
        Journal journal(m_folder, start(), ignoreReport);
        if (withWork)
            journal.record(deletion());
        return journal.path();
    }

private slots:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->path().toStdString();
    }

    void noFolderMeansNoWork()
    {
        QVERIFY(findLostWork(m_folder / "nothing").empty());
        writeText(m_folder / "file", "x");
        QVERIFY(findLostWork(m_folder / "file").empty());
    }

    void whatCannotBeReadIsLeftAlone()
    {
        writeText(m_folder / "strange.journal", "this is no journal but perhaps it matters\n");
        writeText(m_folder / "notes.txt", "mine");
        fs::create_directories(m_folder / "folder.journal");
        QVERIFY(findLostWork(m_folder).empty());
        for (const char* name : {"strange.journal", "notes.txt", "folder.journal"})
            QVERIFY2(fs::exists(m_folder / name), name);
    }

    void whatHoldsNothingUnsavedIsRemoved()
    {
        const fs::path unchanged = leaveJournal(false);
        writeText(m_folder / "empty.journal", "");
        writeText(m_folder / "begun.journal", "0123");
        QVERIFY(findLostWork(m_folder).empty());
        QVERIFY(!fs::exists(unchanged));
        QVERIFY(!fs::exists(m_folder / "empty.journal"));
        QVERIFY(!fs::exists(m_folder / "begun.journal"));
    }

    void theNewestComesFirst()
    {
        const fs::path older = leaveJournal(true), newer = leaveJournal(true);
        fs::last_write_time(older, fs::last_write_time(newer) - std::chrono::hours(1));
        std::vector<LostWork> work = findLostWork(m_folder);
        QCOMPARE(work.size(), std::size_t{2});
        QCOMPARE(work[0].journal(), newer);
        QCOMPARE(work[1].journal(), older);
        QVERIFY(work[0].content().unsaved);
        QCOMPARE(work[0].content().sessionFile, m_folder / "x.ocellus");
        QCOMPARE(work[0].content().session.pictures[0].edits.edits.size(), std::size_t{1});
        work[1].discard();
        QVERIFY(!fs::exists(older));
        QVERIFY(fs::exists(newer));
    }

    void whatIsOfferedIsOfferedByOneProgramOnly()
    {
        const fs::path path = leaveJournal(true);
        std::optional<std::vector<LostWork>> work = findLostWork(m_folder);
        QCOMPARE(work->size(), std::size_t{1});
        QVERIFY(findLostWork(m_folder).empty());
        work.reset();
        QVERIFY(fs::exists(path));
        QCOMPARE(findLostWork(m_folder).size(), std::size_t{1});
    }

    void aLivingProgramKeepsItsJournal()
    {
        Journal journal(m_folder, start(), ignoreReport);
        journal.wait();
        QVERIFY(findLostWork(m_folder).empty());
        QVERIFY(fs::exists(journal.path()));
    }

    void whatWasBeingWrittenAnewIsRemoved()
    {
        const fs::path path = leaveJournal(true);
        const fs::path part = path.string() + journalPartExtension;
        writeText(part, "0123");
        writeText(m_folder / "mine.part", "0123");
        QCOMPARE(findLostWork(m_folder).size(), std::size_t{1});
        QVERIFY(!fs::exists(part));
        QVERIFY(fs::exists(m_folder / "mine.part"));
    }

    void whatIsPutAwayIsFoundThereAndNoMoreHere()
    {
        const fs::path path = leaveJournal(true);
        const fs::path trash = m_folder / "discarded";
        std::vector<LostWork> work = findLostWork(m_folder);
        work.at(0).moveTo(trash);
        QCOMPARE(work.at(0).journal(), trash / path.filename());
        QVERIFY(findLostWork(trash).empty()); // as long as it is offered
        work.clear();
        QVERIFY(findLostWork(m_folder).empty());
        QCOMPARE(findLostWork(trash).size(), std::size_t{1});
    }

    void aKilledProgramLosesItsLock()
    {
        OtherProcess process([this] {
            // Never destroyed: the process ends by a signal.
            auto* journal = new Journal(m_folder, start(), ignoreReport);
            journal->record(deletion());
            journal->wait();
        });
        QVERIFY(process.isReady());
        QVERIFY(findLostWork(m_folder).empty());
        process.kill();
        const std::vector<LostWork> work = findLostWork(m_folder);
        QCOMPARE(work.size(), std::size_t{1});
        QCOMPARE(work[0].content().session.pictures[0].edits.edits.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestLostWork)
#include "test_lost_work.moc"
