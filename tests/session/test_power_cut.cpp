// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <atomic>

#include "core/session/journal.h"
#include "core/session/lost_work.h"
#include "core/session/session_reader.h"
#include "core/session/session_writer.h"
#include "tests/session/sessions.h"
#include "tests/support/forgetful_disk.h"

using namespace ocellus;
using namespace ocellus::test;
namespace fs = std::filesystem;

namespace {

void failOnReport(const Error& error)
{
    qFatal("%s", error.what());
}

/// How many edits the newest work in a folder has, -1 where there is none.
int editsLeftIn(const fs::path& folder)
{
    int most = -1;
    for (const LostWork& work : findLostWork(folder))
        if (work.content().damaged == 0 && !work.content().session.pictures.empty())
            most = std::max(most, static_cast<int>(work.content().session.pictures[0].edits.edits.size()));
    return most;
}

} // namespace

/// What a loss of power leaves of sessions and journals, wherever it comes.
class TestPowerCut : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder, m_scratch;

    PictureChange edited(int count) const
    {
        PictureChange change{someSession(m_folder).pictures[0].file.path, {}};
        for (int i = 0; i < count; ++i)
            change.edits.edits.push_back(someEdit(std::to_string(i)));
        return change;
    }

    JournalStart start(int edits) const
    {
        JournalStart result{someSession(m_folder), {}, true};
        result.session.pictures[0].edits = edited(edits).edits;
        return result;
    }

private slots:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_temporary->path().toStdString()) / "disk";
        m_scratch = fs::path(m_temporary->path().toStdString()) / "scratch";
        fs::create_directories(m_folder);
    }

    void aSessionIsTheOldOrTheNewOne()
    {
        const fs::path file = m_folder / "work.ocellus";
        int left = -1; // version that the last loss of power would have left
        const ForgetfulDisk disk(m_folder, m_scratch, [&](const fs::path& folder) {
            if (fs::exists(folder / "work.ocellus"))
                left = static_cast<int>(readSession(folder / "work.ocellus").notes.size());
            else
                QCOMPARE(left, -1);
        });
        Session session = someSession(m_folder);
        session.notes.clear();
        for (int version = 0; version < 4; ++version) {
            writeSession(file, session);
            QCOMPARE(left, version);
            session.notes.push_back(someSession(m_folder).notes[0]);
        }
    }

    void aJournalLosesWhatCameSinceItsLastSync_data()
    {
        QTest::addColumn<quint64>("slack");
        QTest::newRow("one file") << quint64{1U << 30};
        QTest::newRow("often written anew") << quint64{0};
    }

    void aJournalLosesWhatCameSinceItsLastSync()
    {
        QFETCH(const quint64, slack);
        std::atomic<int> left = -1;
        const ForgetfulDisk disk(m_folder, m_scratch, [&](const fs::path& folder) {
            const int now = editsLeftIn(folder);
            QVERIFY2(now >= left, "older work than before");
            left = now;
        });
        Journal journal(m_folder, start(0), failOnReport, {slack, std::chrono::milliseconds(0)});
        for (int count = 1; count <= 40; ++count) {
            journal.record(edited(count));
            if (count % 10 != 0)
                continue;
            std::atomic<bool> isSafe = false;
            journal.whenSafe([&isSafe] { isSafe = true; });
            journal.wait();
            QVERIFY(isSafe);
            QCOMPARE(left.load(), count);
        }
    }

    void workIsAlwaysInOneOfTwoJournals()
    {
        std::atomic<int> left = -1;
        const ForgetfulDisk disk(m_folder, m_scratch, [&](const fs::path& folder) {
            const int now = std::max(editsLeftIn(folder), editsLeftIn(folder / "discarded"));
            if (left == 3)
                QCOMPARE(now, 3);
            left = now;
        });
        {
            Journal before(m_folder, start(3), failOnReport);
        }
        QCOMPARE(left.load(), 3);
        std::vector<LostWork> work = findLostWork(m_folder);
        QCOMPARE(work.size(), std::size_t{1});
        Journal journal(m_folder, start(3), failOnReport);
        journal.whenSafe([lost = work.front()]() mutable { lost.discard(); });
        journal.wait();
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 1);
        journal.moveTo(m_folder / "discarded");
        journal.wait();
        QCOMPARE(left.load(), 3);
        QCOMPARE(findLostWork(m_folder).size(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestPowerCut)
#include "test_power_cut.moc"
