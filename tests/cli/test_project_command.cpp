// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTest>

#include "core/base/hash.h"
#include "core/engine/prototype_pictures.h"
#include "core/io/npy_reader.h"
#include "tests/cli/cli_program.h"
#include "tests/projection/training_folder.h"
#include "tests/support/whole_transformers.h"

using namespace ocellus;
using namespace ocellus::test;

/// Projecting prototypes anew by the command line: what is refused, said, stopped and written.
class TestProjectCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_folder.write("models/10nopush.pth", wholeProtoPNet().file());
        m_folder.write("trees/mine/model.pth", wholeProtoTree().file());
        m_folder.write("former.pth", wholeFormer(true).file());
        m_folder.write("concepts.pth", wholeConcepts().file());
        m_folder.makePictures("data/train", 2);
        m_folder.makePictures("two", 1);
        QVERIFY(QDir(m_folder.file("two/c")).removeRecursively());
        m_folder.makePictures("torn", 1);
        m_folder.write("torn/b/bad.png", "no picture");
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        QTest::newRow("no prototypes") << QStringList{"concepts.pth", "--data", "data"}
                                       << "expected a model with prototypes, got one of the family "
                                          "concept-transformer";
        QTest::newRow("no model") << QStringList{"nowhere.pth", "--data", "data"} << "nowhere.pth";
        QTest::newRow("no folder") << QStringList{"models/10nopush.pth", "--data", "nowhere"} << "nowhere";
        QTest::newRow("other classes") << QStringList{"models/10nopush.pth", "--data", "two"} << "expected 3 folders";
        QTest::newRow("results among the pictures")
            << QStringList{"models/10nopush.pth", "--data", "data", "--out", "data/out"} << "outside --data";
        QTest::newRow("a picture that cannot be read")
            << QStringList{"models/10nopush.pth", "--data", "torn", "--strict"} << "bad.png";
        m_folder.write("pushed/5push.pth", wholeProtoPNet().file());
        m_folder.write("pushed/img/epoch-5/prototype-img0.png", "of a push");
        QTest::newRow("over the pictures of a push")
            << QStringList{"pushed/5push.pth", "--data", "data", "--cache", "none", "--out", "pushed"}
            << "got one with the pictures of a training";
    }

    void refuses()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, said);
        const CliResult result = project(arguments);
        QVERIFY(result.exitCode != 0);
        QVERIFY2(result.errors.join('\n').contains(said), qPrintable(result.errors.join('\n')));
        QVERIFY(!QFile::exists(m_folder.file("data/out")));
    }

    void leavesOutWhatCannotBeRead()
    {
        const CliResult result = project({"models/10nopush.pth", "--data", "torn"});
        QCOMPARE(result.exitCode, 0);
        const QString errors = result.errors.join('\n');
        QVERIFY2(errors.contains("b/bad.png: ") && errors.contains("1 of 4 pictures cannot be read"),
                 qPrintable(errors));
    }

    void findsAllWhereNothingCanBeKept()
    {
        const CliResult result = project({"models/10nopush.pth", "--data", "data", "--cache", "models/10nopush.pth"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out.split('\n', Qt::SkipEmptyParts).size(), 7);
        QVERIFY2(result.errors.join('\n').contains("is not kept: "), qPrintable(result.errors.join('\n')));
    }

    void printsATableAndKeepsWhatIsFound()
    {
        const QStringList arguments{"models/10nopush.pth", "--data", "data", "--cache", "cache"};
        const CliResult first = project(arguments);
        QVERIFY2(first.exitCode == 0, qPrintable(first.errors.join('\n')));
        const QStringList lines = first.out.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 7);
        QVERIFY(lines.front().startsWith("prototype,class,class_name,picture,similarity,distance,is_prototype,"));
        QVERIFY2(lines[3].startsWith("2,1,b,b/"), qPrintable(lines[3]));
        QVERIFY(first.errors.join('\n').contains("6 pictures searched, 6 of them computed anew"));
        QVERIFY(first.errors.join('\n').contains("6 of 6 prototypes are no patch of these pictures"));
        const CliResult second = project(arguments);
        QCOMPARE(second.out, first.out);
        QVERIFY(second.errors.join('\n').contains("6 pictures searched, 0 of them computed anew"));
    }

    void goesOnAfterAStop()
    {
        m_folder.makePictures("many", 300);
        QProcess process;
        prepareCli(process, {"project", "--checkpoint", m_folder.file("models/10nopush.pth"), "--data",
                             m_folder.file("many"), "--cache", m_folder.file("stopped"), "--threads", "1"});
        process.start();
        QVERIFY(process.waitForStarted());
        QByteArray said; // what is read is gone
        const auto hasBegun = [&] {
            said += process.readAllStandardError();
            return said.contains("folders by");
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasBegun(), 60'000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        const CliResult stopped = finishCli(process);
        if (stopped.exitCode == 0)
            return; // it was done before the signal came
        QCOMPARE(stopped.exitCode, 128 + SIGINT);
        QVERIFY(stopped.out.isEmpty());
        const CliResult whole = project({"models/10nopush.pth", "--data", "many", "--cache", "stopped"});
        QCOMPARE(whole.exitCode, 0);
        QVERIFY2(whole.errors.join('\n').contains("900 pictures searched"), qPrintable(whole.errors.join('\n')));
    }

    void writesWhatTheWindowFinds()
    {
        const CliResult result =
            project({"models/10nopush.pth", "--data", "data", "--cache", "none", "--out", "models"});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const PrototypePictures found = findPrototypePictures(m_folder.path("models/10nopush.pth"), 6,
                                                              {{}, sha256OfFile(m_folder.path("models/10nopush.pth"))});
        QCOMPARE(found.pictures.size(), std::size_t{6});
        for (const PrototypePicture& picture : found.pictures) {
            const QImage patch(QString::fromStdString(picture.patch.string()));
            const QImage original(QString::fromStdString(picture.original.string()));
            QCOMPARE(original.size(), QSize(16, 16));
            QCOMPARE(patch, original.copy(picture.left, picture.top, picture.right - picture.left,
                                          picture.bottom - picture.top));
            QCOMPARE(picture.classIndex, picture.prototype / 2);
        }
        const NpyTable fields = readNpyTable(m_folder.path("models/img/epoch-10/bb-receptive_field10.npy"));
        QCOMPARE(fields.rows, std::int64_t{6});
        QVERIFY(QFile::exists(m_folder.file("models/img/epoch-10/nearest.json")));
        QFile table(m_folder.file("models/prototypes.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(table.readAll()), result.out);
    }

    void writesNodes()
    {
        const CliResult result =
            project({"trees/mine/model.pth", "--data", "data", "--cache", "none", "--out", "trees"});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const PrototypePictures found =
            findNodePictures(m_folder.path("trees/mine/model.pth"), *smallProtoTree().prototypes->tree,
                             {{}, sha256OfFile(m_folder.path("trees/mine/model.pth"))});
        QVERIFY(!found.pictures.empty());
        for (const PrototypePicture& picture : found.pictures)
            QVERIFY(!picture.original.empty() && !QImage(QString::fromStdString(picture.patch.string())).isNull());
    }

    void writesATableWhereNoFormIsKnown()
    {
        const CliResult result = project({"former.pth", "--data", "data", "--cache", "none", "--out", "formed"});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        QVERIFY(QFile::exists(m_folder.file("formed/prototypes.csv")));
        QVERIFY(QFile::exists(m_folder.file("formed/nearest.json")));
        QVERIFY(!QFile::exists(m_folder.file("formed/img")));
        QVERIFY(result.errors.join('\n').contains("no published form"));
    }

    void drawsPatchesAndBoxes()
    {
        qputenv("XDG_CACHE_HOME", m_folder.file("home").toLocal8Bit());
        m_folder.write("alone/net.pth", wholeProtoPNet().file());
        m_folder.makePicture("photo.png", 5, 120, 90);
        const auto figure = [this](const QString& out, const QStringList& more) {
            const CliResult result =
                runCli(QStringList{"explain", "--checkpoint", m_folder.file("alone/net.pth"), "--image",
                                   m_folder.file("photo.png"), "--query", "1", "--out", m_folder.file(out)} +
                       more);
            if (result.exitCode != 0)
                qFatal("%s", qPrintable(result.errors.join('\n')));
            return QImage(m_folder.file(out + "/photo.png"));
        };
        const QImage bare = figure("bare", {});
        QVERIFY(!bare.isNull());
        QVERIFY(figure("boxed", {"--boxes"}) != bare);
        QCOMPARE(project({"alone/net.pth", "--data", "data"}).exitCode, 0);
        const QImage withPatches = figure("patched", {});
        QVERIFY(!withPatches.isNull() && withPatches != bare);
        QCOMPARE(figure("patched", {"--resume"}), withPatches);
        figure("words", {"--figures", "svg"});
        QFile words(m_folder.file("words/photo.svg"));
        QVERIFY(words.open(QIODevice::ReadOnly));
        const QString text =
            QString::fromUtf8(words.readAll()).remove(QRegularExpression("<[^>]*>")).simplified(); // lines are wrapped
        QVERIFY2(text.contains("prototypes of this class give") && !text.contains("(s)"), qPrintable(text.right(1500)));
    }

    void notesStandBesideEachModel()
    {
        const CliResult result =
            runCli({"explain", "--checkpoint", m_folder.file("models/10nopush.pth"), "--checkpoint",
                    m_folder.file("concepts.pth"), "--image", m_folder.file("photo.png"), "--image-size", "fixed:32",
                    "--out", m_folder.file("beside")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        QFile table(m_folder.file("beside/photo.models.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(table.readAll());
        QVERIFY2(text.contains("input fixed:32, the model's own is fixed:16") && text.contains("assumed: "),
                 qPrintable(text.left(2000)));
    }

private:
    /// The first argument is the model; those that follow an option for a path are below the folder.
    CliResult project(QStringList arguments) const
    {
        arguments[0] = m_folder.file(arguments[0]);
        for (int i = 1; i + 1 < arguments.size(); ++i)
            if (QStringList{"--data", "--out", "--cache"}.contains(arguments[i]) && arguments[i + 1] != "none")
                arguments[i + 1] = m_folder.file(arguments[i + 1]);
        return runCli(QStringList{"project", "--checkpoint"} + arguments);
    }

    TrainingFolder m_folder;
};

QTEST_GUILESS_MAIN(TestProjectCommand)
#include "test_project_command.moc"
