// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/formula_checkpoint.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/session/session_work.h"
#include "ui/widgets/head_grid.h"
#include "ui/window/central_view.h"
#include "ui/window/session_commands.h"

using namespace ocellus;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Menus, files, exports, layout.
class TestCommands : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }

    void init() { m_fixture->restart(); }

    void nothingLoadedOffersNothing()
    {
        QVERIFY(m_fixture->settle());
        for (const Command command :
             {Command::ExportFigure, Command::ExportArrays, Command::ExportMapsCsv, Command::CopyFigure,
              Command::LayerUp, Command::Fit, Command::LoadClassTable, Command::RemovePicture, Command::Cancel})
            QVERIFY2(!m_fixture->action(command)->isEnabled(), qPrintable(m_fixture->action(command)->text()));
        for (const Command command : {Command::OpenCheckpoint, Command::OpenPictures, Command::OpenFolder,
                                      Command::OpenSettings, Command::ShowGlossary})
            QVERIFY2(m_fixture->action(command)->isEnabled(), qPrintable(m_fixture->action(command)->text()));
        QVERIFY(m_fixture->answer().explanation().isEmpty());
    }

    void classNamesComeFromAFolder_data()
    {
        QTest::addColumn<QStringList>("folders");
        QTest::addColumn<QString>("message");
        QTest::newRow("too few") << QStringList{"Ant", "Bee"} << "expected 5 classes, got 2";
        QTest::newRow("other order by numbers")
            << QStringList{"1", "2", "3", "4", "10"} << "class 1 is 10 in byte order";
        QTest::newRow("as many") << QStringList{"Emu", "Ant", "Dog", "Bee", "Cat"} << QString();
    }

    void classNamesComeFromAFolder()
    {
        QFETCH(const QStringList, folders);
        QFETCH(const QString, message);
        QVERIFY(m_fixture->openAll());
        const QTemporaryDir root;
        for (const QString& folder : folders)
            QVERIFY(QDir(root.path()).mkdir(folder));
        m_fixture->answers = {root.path()};
        m_fixture->action(Command::LoadClassFolder)->trigger();
        QTRY_VERIFY2(m_fixture->message().contains(message.isEmpty() ? "folders in byte order" : message),
                     qPrintable(m_fixture->message()));
        QTRY_COMPARE(m_fixture->document().classNames().areKnown(), message.isEmpty());
        if (message.isEmpty())
            QCOMPARE(m_fixture->document().classNames().name(3), QString("Dog"));
    }

    void textOnTilesHasTheSizeChosen()
    {
        QWidget* tiles = m_fixture->window().centre().headGrid();
        const int size = tiles->font().pointSize();
        m_fixture->settings().setValue(Setting::TileTextSize, size + 7);
        QCOMPARE(tiles->font().pointSize(), size + 7);
        m_fixture->settings().setValue(Setting::TileTextSize, 0);
        QCOMPARE(tiles->font().pointSize(), size);
    }

    void exportsThatCannotBeWritten_data()
    {
        QTest::addColumn<int>("command");
        for (const auto& [name, command] :
             {std::pair("figure", Command::ExportFigure), std::pair("paper figure", Command::ExportPaperFigure),
              std::pair("arrays", Command::ExportArrays), std::pair("maps", Command::ExportMapsCsv),
              std::pair("logits", Command::ExportLogitsCsv)})
            QTest::newRow(name) << static_cast<int>(command);
    }

    void exportsThatCannotBeWritten()
    {
        QFETCH(const int, command);
        QVERIFY(m_fixture->openAll());
        m_fixture->answers = {m_fixture->path("no/such/folder/file.png")};
        m_fixture->action(static_cast<Command>(command))->trigger();
        QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->message().contains("no/such/folder"), qPrintable(m_fixture->message()),
                                  Patience);
        QVERIFY(!QFile::exists(m_fixture->answers.first()));
    }

    void exportsAnUnknownKindOfFigure()
    {
        QVERIFY(m_fixture->openAll());
        m_fixture->answers = {m_fixture->path("figure.docx")};
        m_fixture->action(Command::ExportFigure)->trigger();
        QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->message().contains("figure.docx"), qPrintable(m_fixture->message()),
                                  Patience);
        QVERIFY(!QFile::exists(m_fixture->answers.first()));
    }

    void exports_data()
    {
        QTest::addColumn<int>("command");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("start");
        const auto row = [](const char* name, Command command, const char* file, const QByteArray& start) {
            QTest::newRow(name) << static_cast<int>(command) << QString(file) << start;
        };
        row("PNG", Command::ExportFigure, "figure.png", "\x89PNG");
        row("without a suffix", Command::ExportFigure, "figure", "\x89PNG");
        row("SVG", Command::ExportFigure, "figure.svg", "<?xml");
        row("PDF", Command::ExportFigure, "figure.pdf", "%PDF");
        row("as published", Command::ExportPaperFigure, "paper.png", "\x89PNG");
        row("arrays", Command::ExportArrays, "arrays.npz", "PK");
        row("maps", Command::ExportMapsCsv, "maps.csv", "row,column,x,y,head_1,head_2,head_3,head_4,mean,picture,");
        row("logits", Command::ExportLogitsCsv, "logits.csv", "rank,class,name,logit,probability,active,picture,");
    }

    void exports()
    {
        QFETCH(const int, command);
        QFETCH(const QString, name);
        QFETCH(const QByteArray, start);
        QVERIFY(m_fixture->openAll());
        m_fixture->answers = {m_fixture->path(name)};
        m_fixture->action(static_cast<Command>(command))->trigger();
        const QString path = name.contains('.') ? m_fixture->path(name) : m_fixture->path(name) + ".png";
        QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->message().contains(path), qPrintable(m_fixture->message()), Patience);
        const QByteArray content = contentOf(path);
        QVERIFY2(content.startsWith(start), content.left(80).constData());
    }

    void mapsInACsvFileAreTheShownOnes()
    {
        QVERIFY(m_fixture->openAll());
        m_fixture->answers = {m_fixture->path("maps.csv")};
        const Explanation shown = m_fixture->answer().explanation();
        m_fixture->action(Command::ExportMapsCsv)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->message().contains("maps.csv"), Patience);
        const QList<QByteArray> lines = contentOf(m_fixture->answers.first()).trimmed().split('\n');
        QCOMPARE(static_cast<std::size_t>(lines.size()), shown.decoding->extent().cells() + 1);
        for (qsizetype line = 1; line < lines.size(); ++line) {
            const QList<QByteArray> fields = lines[line].split(',');
            QVERIFY(fields.size() > 4 + WindowFixture::Heads);
            for (int head = 0; head < WindowFixture::Heads; ++head)
                QCOMPARE(
                    fields[4 + head].toFloat(),
                    shown.decoding->attention(shown.layer, head, shown.classIndex)[static_cast<std::size_t>(line - 1)]);
        }
    }

    void copiesTheFigure()
    {
        QVERIFY(m_fixture->openAll());
        QGuiApplication::clipboard()->clear();
        m_fixture->action(Command::CopyFigure)->trigger();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }

    void askedForNothingOpensNothing_data()
    {
        QTest::addColumn<int>("command");
        for (const auto& [name, command] :
             {std::pair("checkpoint", Command::OpenCheckpoint), std::pair("pictures", Command::OpenPictures),
              std::pair("folder", Command::OpenFolder)})
            QTest::newRow(name) << static_cast<int>(command);
    }

    void askedForNothingOpensNothing()
    {
        QFETCH(const int, command);
        QVERIFY(m_fixture->settle());
        m_fixture->action(static_cast<Command>(command))->trigger();
        QCOMPARE(m_fixture->asked.size(), 1);
        QVERIFY(!m_fixture->answer().isBusy());
        QVERIFY(!m_fixture->document().model());
        QCOMPARE(m_fixture->document().pictures().rowCount(), 0);
    }

    void aFolderTellsWhatItLeavesOut()
    {
        QVERIFY(m_fixture->settle());
        const QTemporaryDir root;
        QVERIFY(QFile::copy(m_fixture->picture(1), root.filePath("original.png?1545")));
        QVERIFY(QFile::copy(m_fixture->picture(1), root.filePath("._a.png")));
        m_fixture->answers = {root.path()};
        m_fixture->action(Command::OpenFolder)->trigger();
        QTRY_COMPARE(m_fixture->document().pictures().rowCount(), 1);
        QTRY_VERIFY2(m_fixture->message().contains("1 file or folder left out: 1 resource fork of macOS (._a.png)"),
                     qPrintable(m_fixture->message()));
    }

    void dialogsOpenWhatTheyAreAskedFor()
    {
        m_fixture->answers = {m_fixture->checkpoint()};
        m_fixture->action(Command::OpenCheckpoint)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->document().model(), Patience);
        m_fixture->answers = {m_fixture->picture(1), m_fixture->picture(2)};
        m_fixture->action(Command::OpenPictures)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding, Patience);
        QCOMPARE(m_fixture->answer().explanation().pictureName, QString("picture1.png"));
        m_fixture->answers = {m_fixture->path("pictures")};
        m_fixture->action(Command::OpenFolder)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->document().pictures().rowCount(),
                                  static_cast<int>(WindowFixture::Pictures), Patience);
        QVERIFY(m_fixture->settle());
    }

    void takesWhatIsDropped()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_fixture->checkpoint()), QUrl::fromLocalFile(m_fixture->picture(1)),
                      QUrl("https://example.org/picture.png")});
        QDropEvent event({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        // Not by the application, which asks the drag that is under way for its target.
        static_cast<QObject&>(m_fixture->window()).event(&event);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding, Patience);
        QCOMPARE(m_fixture->answer().explanation().pictureName, QString("picture1.png"));
        QCOMPARE(m_fixture->document().pictures().rowCount(), 1);
    }

    void aStartWithoutFilesOpensWhatTheSettingsSay_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<QStringList>("recent");
        QTest::addColumn<QString>("opened"); // the model's file; empty for none
        const QString gone = m_fixture->path("gone.ocellus");
        QTest::newRow("nothing") << "nothing" << QStringList() << QString();
        QTest::newRow("nothing, with a session") << "nothing" << QStringList{gone} << QString();
        QTest::newRow("a session that is gone") << "last-session" << QStringList{gone} << QString();
        QTest::newRow("the first time") << "last-session" << QStringList() << "butterflies.safetensors";
        QTest::newRow("sample") << "sample" << QStringList{gone} << "butterflies.safetensors";
        QTest::newRow("last session") << "last-session" << QStringList{m_fixture->path("last.ocellus"), gone}
                                      << "small.safetensors";
    }

    void aStartWithoutFilesOpensWhatTheSettingsSay()
    {
        QFETCH(const QString, setting);
        QFETCH(const QStringList, recent);
        QFETCH(const QString, opened);
        if (opened == "small.safetensors") {
            QVERIFY(m_fixture->openAll());
            QSignalSpy saved(&m_fixture->window().sessions().work(), &SessionWork::saved);
            m_fixture->window().sessions().work().save(toPath(recent.front()));
            QTRY_COMPARE(saved.count(), 1);
            m_fixture->makeWindow();
        }
        m_fixture->settings().setValue(Setting::StartWith, setting);
        m_fixture->settings().setValue(Setting::RecentSessions, recent);
        m_fixture->window().open({});
        if (setting == "last-session" && recent.size() == 1)
            QTRY_VERIFY2(m_fixture->message().contains("gone.ocellus"), qPrintable(m_fixture->message()));
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->document().checkpoint().filename(), toPath(opened), Patience);
    }

    void recentFilesAreOffered()
    {
        QVERIFY(m_fixture->openAll());
        m_fixture->makeWindow();
        QMenu* menu = m_fixture->window().actions().recentCheckpoints();
        emit menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 1);
        menu->actions().first()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->document().model(), Patience);
        QCOMPARE(toQString(m_fixture->document().model()->path), m_fixture->checkpoint());
    }

    void anUntrainedModelIsCalledSo()
    {
        const QString checkpoint = m_fixture->path("untrained.safetensors");
        writeFormulaCheckpoint(toPath(checkpoint), smallConfig(WindowFixture::Classes), {{"untrained", "true"}});
        m_fixture->window().open({toPath(checkpoint), toPath(m_fixture->picture(0))});
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding, Patience);
        QVERIFY(m_fixture->message().contains("never trained"));
        QVERIFY(m_fixture->answer().explanation().notices.join(' ').contains("untrained"));
    }

    void everyCommandRunsAtAnyTime()
    {
        for (const bool loaded : {false, true}) {
            if (loaded)
                QVERIFY(m_fixture->openAll());
            m_fixture->answers.clear();
            for (QAction* action : m_fixture->window().actions().all())
                if (action != m_fixture->action(Command::Quit))
                    action->trigger();
            QVERIFY(m_fixture->settle());
            QVERIFY(m_fixture->window().isVisible());
        }
    }

private:
    static constexpr int Patience = 60'000;

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestCommands)
#include "test_commands.moc"
