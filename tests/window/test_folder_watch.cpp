// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>

#include <QAction>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/window/window_fixture.h"
#include "ui/document/folder_watch.h"
#include "ui/engine/paths.h"
#include "ui/main_window.h"

using namespace ocellus;

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int Patience = 20'000;
constexpr auto Rest = 200ms;

} // namespace

/// New pictures in folders that were opened.
class TestFolderWatch : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_folder = toPath(m_scratch->path());
        m_found.clear();
        m_watch = std::make_unique<FolderWatch>(Rest);
        connect(m_watch.get(), &FolderWatch::found, this, [this](const std::vector<ImageFile>& files) {
            for (const ImageFile& file : files)
                m_found << QString::fromStdString(file.relative.generic_string());
            m_found.sort();
        });
    }

    void cleanup() { m_watch.reset(); }

    void passesOverWhatIsNoFolder()
    {
        write("a.png");
        m_watch->setOn(true);
        m_watch->add({m_folder / "a.png", m_folder / "gone", fs::path()});
        m_watch->add({m_folder});
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png"}), Patience);
    }

    void livesOnWhereTheFolderGoes()
    {
        const fs::path gone = m_folder / "gone";
        fs::create_directory(gone);
        fs::create_directory(m_folder / "stays");
        m_watch->setOn(true);
        m_watch->add({gone, m_folder / "stays"});
        fs::remove_all(gone);
        write("stays/a.png");
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png"}), Patience);
    }

    void tellsOfEachPictureOnce()
    {
        write("a.png");
        m_watch->setOn(true);
        m_watch->add({m_folder});
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png"}), Patience);
        m_watch->add({m_folder});
        write("notes.txt");
        write("b.png");
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png", "b.png"}), Patience);
        fs::create_directory(m_folder / "species");
        write("species/c.png");
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png", "b.png", "species/c.png"}), Patience);
        write("species/d.png");
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png", "b.png", "species/c.png", "species/d.png"}), Patience);
    }

    void seesFoldersThatHoldFoldersOnly()
    {
        fs::create_directories(m_folder / "camera/monday");
        write("camera/monday/a.png");
        m_watch->setOn(true);
        m_watch->add({m_folder});
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"camera/monday/a.png"}), Patience);
        fs::create_directory(m_folder / "camera/tuesday");
        write("camera/tuesday/b.png");
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"camera/monday/a.png", "camera/tuesday/b.png"}), Patience);
    }

    void waitsForAFileThatIsBeingWritten()
    {
        m_watch->setOn(true);
        m_watch->add({m_folder});
        write("a.png");
        int pieces = 0;
        QTimer writing;
        connect(&writing, &QTimer::timeout, this, [&] {
            QVERIFY(m_found.isEmpty());
            fs::last_write_time(m_folder / "a.png", fs::file_time_type::clock::now());
            if (++pieces == 12)
                writing.stop();
        });
        writing.start(Rest / 4);
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png"}), Patience);
        QCOMPARE(pieces, 12);
    }

    void takesAFileOfACameraWhoseClockIsWrong()
    {
        m_watch->setOn(true);
        m_watch->add({m_folder});
        write("a.png");
        fs::last_write_time(m_folder / "a.png", fs::file_time_type::clock::now() + 24h);
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png"}), Patience);
    }

    void findsWhatCameWhileItWasOff()
    {
        m_watch->add({m_folder});
        write("a.png");
        m_watch->setOn(true);
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png"}), Patience);
        m_watch->setOn(false);
        write("b.png");
        m_found.clear();
        m_watch->setOn(true);
        QTRY_COMPARE_WITH_TIMEOUT(m_found, QStringList({"a.png", "b.png"}), Patience);
    }

    void fillsTheListOfTheWindow()
    {
        WindowFixture fixture;
        QVERIFY(fixture.openAll());
        MainWindow& window = fixture.window();
        QAction* const action = window.actions().at(Command::WatchFolders);
        QVERIFY(!action->isChecked());
        const PictureListModel& pictures = window.document().pictures();
        const auto current = window.document().currentPicture();
        fs::copy_file(toPath(fixture.picture(0)), m_folder / "first.png");
        window.open({m_folder});
        QTRY_COMPARE_WITH_TIMEOUT(pictures.rowCount(), WindowFixture::Pictures + 1, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.document().currentPicture() != current, Patience);
        action->trigger();
        const int shown = window.document().currentPicture();
        fs::copy_file(toPath(fixture.picture(1)), m_folder / "second.png");
        QTRY_COMPARE_WITH_TIMEOUT(pictures.rowCount(), WindowFixture::Pictures + 2, Patience);
        QCOMPARE(window.document().currentPicture(), shown);
        window.document().removePicture(pictures.rowOf(m_folder / "second.png"));
        fs::copy_file(toPath(fixture.picture(2)), m_folder / "third.png");
        QTRY_VERIFY_WITH_TIMEOUT(pictures.rowOf(m_folder / "third.png") >= 0, Patience);
        QCOMPARE(pictures.rowOf(m_folder / "second.png"), -1); // it was taken away by hand
    }

private:
    void write(const char* name) const { std::ofstream(m_folder / name) << "not looked into"; }

    std::unique_ptr<QTemporaryDir> m_scratch;
    fs::path m_folder;
    std::unique_ptr<FolderWatch> m_watch;
    QStringList m_found;
};

QTEST_MAIN(TestFolderWatch)
#include "test_folder_watch.moc"
