// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <sys/stat.h>

#include "core/session/session_files.h"
#include "tests/session/sessions.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;
namespace fs = std::filesystem;

class TestSessionFiles : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;

    /// A model, classes and three pictures, all there.
    Session session() const
    {
        writeText(m_root / "models" / "m.pth", "a model");
        fs::create_directories(m_root / "birds" / "one");
        fs::create_directories(m_root / "birds" / "two");
        writeText(m_root / "birds" / "one" / "a.jpg", "picture a");
        writeText(m_root / "birds" / "one" / "b.jpg", "picture b");
        writeText(m_root / "birds" / "two" / "a.jpg", "another a");
        Session session;
        session.model = referenceTo(m_root / "models" / "m.pth");
        session.classes = referenceTo(m_root / "birds");
        for (const char* name : {"one/a.jpg", "one/b.jpg", "two/a.jpg"})
            session.pictures.push_back({referenceTo(m_root / "birds" / name), {}});
        return session;
    }

    static std::vector<FileState> states(const Session& session)
    {
        std::vector<FileState> result;
        for (const SessionFile& file : filesOf(session))
            result.push_back(file.state);
        return result;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->path().toStdString();
    }

    void refusesWhatIsNoFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("nothing") << "nothing";
        QTest::newRow("device") << "/dev/zero";
        QTest::newRow("pipe") << "pipe";
        QTest::newRow("folder without classes") << "empty";
    }

    void refusesWhatIsNoFile()
    {
        QFETCH(const QString, path);
        fs::create_directories(m_root / "empty");
        QCOMPARE(mkfifo((m_root / "pipe").c_str(), 0600), 0);
        const fs::path file = m_root / path.toStdString();
        QVERIFY(errorOf([&] { referenceTo(file); }).has_value());
        QVERIFY(stateOf(someFile(file)) != FileState::Found);
    }

    void findsWhatIsThere()
    {
        const Session all = session();
        QCOMPARE(states(all), std::vector<FileState>(5, FileState::Found));
        QCOMPARE(all.model->bytes, std::uint64_t{7});
        QCOMPARE(all.classes->bytes, std::uint64_t{0});
        requireFound(filesOf(all), "");
    }

    void tellsMissingFromChanged()
    {
        const Session all = session();
        fs::remove(m_root / "models" / "m.pth");
        fs::create_directories(m_root / "birds" / "three");
        writeText(m_root / "birds" / "one" / "a.jpg", "picture c");
        writeText(m_root / "birds" / "one" / "b.jpg", "longer than before");
        QCOMPARE(states(all), (std::vector{FileState::Missing, FileState::Changed, FileState::Changed,
                                           FileState::Changed, FileState::Found}));
        QString message;
        QCOMPARE(errorOf([&] { requireFound(filesOf(all), "Do this"); }, &message), std::optional(ErrorCode::NotFound));
        for (const char* part :
             {"m.pth (missing)", "birds (changed)", "one/a.jpg (changed)", "one/b.jpg (changed)", "Do this"})
            QVERIFY2(message.contains(part), part);
        QVERIFY(!message.contains("two/a.jpg"));
    }

    void unknownHashesAreFound()
    {
        writeText(m_root / "a.jpg", "a");
        QCOMPARE(stateOf({m_root / "a.jpg", "", 0}), FileState::Found);
        QCOMPARE(stateOf({m_root / "b.jpg", "", 0}), FileState::Missing);
    }

    void oneFolderFindsAllThatMovedTogether_data()
    {
        QTest::addColumn<QString>("named");
        QTest::newRow("the folder of one picture") << "new/birds/one";
        QTest::newRow("the folder of the other") << "new/birds/two";
        QTest::newRow("the folder of the pictures") << "new/birds";
        QTest::newRow("the folder of all") << "new";
    }

    void oneFolderFindsAllThatMovedTogether()
    {
        QFETCH(const QString, named);
        Session all = session();
        const Session before = all;
        fs::create_directories(m_root / "new");
        fs::rename(m_root / "birds", m_root / "new" / "birds");
        fs::rename(m_root / "models", m_root / "new" / "models");
        QCOMPARE(relink(all, m_root / "models"), std::size_t{0});
        QVERIFY(all == before);
        QCOMPARE(relink(all, m_root / named.toStdString()), std::size_t{5});
        QCOMPARE(states(all), std::vector<FileState>(5, FileState::Found));
        QCOMPARE(all.pictures[2].file.path, m_root / "new" / "birds" / "two" / "a.jpg");
        QCOMPARE(all.model->path, m_root / "new" / "models" / "m.pth");
    }

    void aRenamedFolderIsFoundFromAnyOfItsParents_data()
    {
        QTest::addColumn<QString>("named");
        QTest::newRow("its parent") << "new";
        QTest::newRow("far above") << ".";
        QTest::newRow("itself") << "new/deep/Vogelbilder";
    }

    /// The old path has no part in common with the new one but the files' names.
    void aRenamedFolderIsFoundFromAnyOfItsParents()
    {
        QFETCH(QString, named);
        Session all = session();
        fs::create_directories(m_root / "new" / "deep");
        fs::rename(m_root / "birds" / "two", m_root / "birds" / "zwei");
        fs::rename(m_root / "birds", m_root / "new" / "deep" / "Vogelbilder");
        // Of this name, and another picture.
        writeText(m_root / "new" / "a.jpg", "picture c");
        QCOMPARE(relink(all, m_root / named.toStdString()), std::size_t{3});
        QCOMPARE(all.pictures[0].file.path, m_root / "new/deep/Vogelbilder/one/a.jpg");
        QCOMPARE(all.pictures[2].file.path, m_root / "new/deep/Vogelbilder/zwei/a.jpg");
        QCOMPARE(states(all), (std::vector{FileState::Found, FileState::Missing, FileState::Found, FileState::Found,
                                           FileState::Found}));
    }

    void aStopEndsTheSearch()
    {
        Session all = session();
        fs::rename(m_root / "models" / "m.pth", m_root / "birds" / "m.pth");
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(errorOf([&] { relink(all, m_root, Progress(stop.get_token())); }),
                 std::optional(ErrorCode::Cancelled));
    }

    void aFileOfTheSameNameIsNotTaken()
    {
        Session all = session();
        fs::create_directories(m_root / "new");
        fs::rename(m_root / "birds", m_root / "new" / "birds");
        writeText(m_root / "new" / "birds" / "one" / "a.jpg", "picture c"); // as many bytes
        QCOMPARE(relink(all, m_root / "new"), std::size_t{3});
        QCOMPARE(states(all), (std::vector{FileState::Found, FileState::Found, FileState::Missing, FileState::Found,
                                           FileState::Found}));
        QCOMPARE(all.pictures[0].file.path, m_root / "birds" / "one" / "a.jpg");
    }

    void theOriginalOfAChangedFileIsFound()
    {
        Session all = session();
        writeText(m_root / "kept" / "a.jpg", "picture a");
        writeText(m_root / "birds" / "one" / "a.jpg", "painted on");
        QCOMPARE(relink(all, m_root / "kept"), std::size_t{1});
        QCOMPARE(all.pictures[0].file.path, m_root / "kept" / "a.jpg");
    }

    void aStopIsObeyed()
    {
        std::stop_source stop;
        const Session all = session();
        stop.request_stop();
        QCOMPARE(errorOf([&] { filesOf(all, Progress(stop.get_token())); }), std::optional(ErrorCode::Cancelled));
    }
};

QTEST_APPLESS_MAIN(TestSessionFiles)
#include "test_session_files.moc"
