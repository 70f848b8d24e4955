// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <csignal>
#include <memory>

#include <QDirIterator>
#include <QImage>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/support/npz_reader.h"

using namespace ocellus;

namespace {

constexpr int classes = 6;
constexpr int pictures = 12;

QString nameOf(int picture)
{
    return QString("%1").arg(picture, 2, 10, QChar('0'));
}

} // namespace

/// Folders that `explain` goes through as a pipeline: what is written, in which order, and how it goes on.
class TestExplainFolders : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        writeFormulaCheckpoint(path("model.safetensors").toStdString(), smallConfig(classes));
        // Another file.
        writeFormulaCheckpoint(path("other.safetensors").toStdString(), smallConfig(classes), {{"epoch", "2"}});
        write(path("birds.csv"), "index,name,latin\n0,A,Larus a\n1,B,Larus b\n2,C,Gavia c\n3,D,Gavia d\n4,E,Alca e\n"
                                 "5,F,Uria f\n");
        write(path("some.txt"), "# two\nF\n1\n");
    }

    void init()
    {
        m_pictures = std::make_unique<QTemporaryDir>();
        m_out = std::make_unique<QTemporaryDir>();
        for (int i = 0; i < pictures; ++i)
            draw(i, i);
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("said");
        QTest::newRow("a format that is none") << QStringList{"--figures", "gif"} << "gif not in {png,pdf,svg,none}";
        QTest::newRow("no width") << QStringList{"--width", "0"} << "0 not in range 100";
        QTest::newRow("two limits") << QStringList{"--active", "1", "--active-taxon", "Larus", "--mode", "zero"}
                                    << "excludes";
        QTest::newRow("a genus without Latin names")
            << QStringList{"--active-taxon", "Corvus", "--mode", "zero"} << "Latin names";
        QTest::newRow("a list that is not there")
            << QStringList{"--active-file", path("no.txt"), "--mode", "zero"} << "no.txt";
    }

    void refuses()
    {
        QFETCH(const QStringList, more);
        QFETCH(const QString, said);
        const CliResult result = runCli(explain(more));
        QVERIFY(result.exitCode != 0);
        QVERIFY2(result.errors.value(0).contains(said), qPrintable(result.errors.join('\n')));
    }

    void refusesToResumeWhatItCannotRead()
    {
        write(out("summary.csv"), "picture,rank\n");
        const CliResult result = runCli(explain({"--resume"}));
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.value(0).contains("summary.csv"), qPrintable(result.errors.join('\n')));
    }

    void limitsByFileAndTaxon_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QVector<double>>("active");
        QTest::newRow("file") << QStringList{"--active-file", path("some.txt")} << QVector<double>{5, 1};
        QTest::newRow("genus") << QStringList{"--active-taxon", "gavia"} << QVector<double>{2, 3};
        QTest::newRow("column") << QStringList{"--active-taxon", "latin=Uria f"} << QVector<double>{5};
    }

    void limitsByFileAndTaxon()
    {
        QFETCH(const QStringList, more);
        QFETCH(const QVector<double>, active);
        const CliResult result = runCli(explain(more + QStringList{"--mode", "drop", "--classes", path("birds.csv")}));
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(readNpz(out("00.npz").toStdString()).at("active").values,
                 std::vector<double>(active.begin(), active.end()));
    }

    void keepsTheOrderAndRepeatsItself()
    {
        write(picture(3), "no picture");
        draw(7, 3); // equal to what picture 3 was
        const CliResult first = runCli(explain({}));
        QCOMPARE(first.exitCode, 1);
        QCOMPARE(first.errors.size(), 1);
        QStringList names;
        for (const QString& line : first.out.split('\n', Qt::SkipEmptyParts))
            names << line.section('\t', 0, 0);
        QStringList expected;
        for (int i = 0; i < pictures; ++i)
            if (i != 3)
                expected << nameOf(i) + ".png";
        QCOMPARE(names, expected);
        const QMap<QString, QByteArray> files = contents();
        QCOMPARE(files.size(), 1 + 2 * (pictures - 1));
        QCOMPARE(runCli(explain({})).out, first.out);
        const QMap<QString, QByteArray> again = contents();
        QCOMPARE(again.keys(), files.keys());
        for (const QString& name : files.keys())
            if (!name.endsWith(".npz")) // which holds the time
                QVERIFY2(again[name] == files[name], qPrintable(name));
        for (int i = 0; i < pictures; ++i)
            if (i != 3)
                QVERIFY(readNpz(out(nameOf(i) + ".npz").toStdString()).contains("attention"));
    }

    void drawsAsAsked_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("ending");
        QTest::addColumn<int>("width");
        QTest::newRow("as a page needs") << QStringList{} << "png" << 1063;
        QTest::newRow("wide") << QStringList{"--width", "1500"} << "png" << 1500;
        QTest::newRow("small") << QStringList{"--width", "300"} << "png" << 300;
        QTest::newRow("pdf") << QStringList{"--figures", "pdf"} << "pdf" << 0;
        QTest::newRow("svg") << QStringList{"--figures", "svg"} << "svg" << 0;
        QTest::newRow("none") << QStringList{"--figures", "none"} << "" << 0;
    }

    void drawsAsAsked()
    {
        QFETCH(const QStringList, more);
        QFETCH(const QString, ending);
        QFETCH(const int, width);
        QCOMPARE(runCli(explain(more)).exitCode, 0);
        QStringList figures = QDir(out()).entryList({"*.png", "*.pdf", "*.svg"});
        QCOMPARE(figures.size(), ending.isEmpty() ? 0 : pictures);
        if (!ending.isEmpty())
            QCOMPARE(figures.first(), "00." + ending);
        if (width > 0)
            QCOMPARE(QImage(out("00.png")).width(), width);
    }

    void packsArrays()
    {
        QCOMPARE(runCli(explain({"--figures", "none"})).exitCode, 0);
        const auto plain = readNpz(out("00.npz").toStdString());
        const qint64 size = QFileInfo(out("00.npz")).size();
        QCOMPARE(runCli(explain({"--figures", "none", "--compress"})).exitCode, 0);
        QVERIFY(readNpz(out("00.npz").toStdString()) == plain);
        QVERIFY(QFileInfo(out("00.npz")).size() < size);
    }

    void leavesOutWhatIsCompleteAndUnchanged()
    {
        QCOMPARE(runCli(explain({})).exitCode, 0);
        const QByteArray summary = content(out("summary.csv"));
        const CliResult again = runCli(explain({"--resume"}));
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(again.out, QString());
        QVERIFY2(again.errors.value(0).contains("12 pictures were complete"), qPrintable(again.errors.join('\n')));
        QCOMPARE(content(out("summary.csv")), summary);

        draw(2, 50);
        QVERIFY(QFile::remove(out("05.npz")));
        QVERIFY(QFile::remove(out("06.png")));
        QCOMPARE(runCli(explain({"--resume"})).out.count('\n'), 3);
        QCOMPARE(content(out("summary.csv")).count('\n'), summary.count('\n'));
        QVERIFY(QFile::exists(out("05.npz")) && QFile::exists(out("06.png")));
        QCOMPARE(runCli(explain({"--resume"})).out, QString());
    }

    void doesAllAgainForAnotherRun_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::newRow("query") << QStringList{"--query", "2"};
        QTest::newRow("limit") << QStringList{"--active", "1,2", "--mode", "zero"};
        QTest::newRow("size") << QStringList{"--short", "96"};
        QTest::newRow("style") << QStringList{"--style", "paper"};
        QTest::newRow("names") << QStringList{"--classes", path("birds.csv")};
        QTest::newRow("model") << QStringList{"--checkpoint", path("other.safetensors")};
        QTest::newRow("another format") << QStringList{"--figures", "svg"};
    }

    void doesAllAgainForAnotherRun()
    {
        QFETCH(const QStringList, more);
        QCOMPARE(runCli(explain({})).exitCode, 0);
        QCOMPARE(runCli(explain(more + QStringList{"--resume"})).out.count('\n'), pictures);
    }

    void goesOnAfterAStop_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::newRow("folder") << QStringList{};
        QTest::newRow("shard") << QStringList{"--shard", "1/1"};
    }

    void goesOnAfterAStop()
    {
        QFETCH(const QStringList, more);
        const QString summary = more.isEmpty() ? "summary.csv" : "summary.1-of-1.csv";
        constexpr int many = 90; // more than are done before the stop comes
        for (int i = pictures; i < many; ++i)
            QVERIFY(QFile::copy(picture(1), picture(i)));
        QProcess process;
        prepareCli(process, explain(more));
        process.start();
        QVERIFY(process.waitForReadyRead(60'000));
        QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        const CliResult stopped = finishCli(process);
        QCOMPARE(stopped.exitCode, 128 + SIGINT);
        const auto done = stopped.out.count('\n');
        QVERIFY(done > 0 && done < many);
        QCOMPARE(QFile::exists(out(summary)), more.isEmpty()); // part of a shard must not pass for it

        const CliResult rest = runCli(explain(more + QStringList{"--resume"}));
        QCOMPARE(rest.exitCode, 0);
        QCOMPARE(done + rest.out.count('\n'), many);
        const QByteArray resumed = content(out(summary));
        QVERIFY(!QFile::exists(out(summary + ".part")));
        QCOMPARE(runCli(explain(more)).exitCode, 0);
        QCOMPARE(content(out(summary)), resumed);
    }

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString out(const QString& name = {}) const { return m_out->filePath(name); }
    QString picture(int index) const { return m_pictures->filePath(nameOf(index) + ".png"); }

    QStringList explain(const QStringList& more) const
    {
        QStringList arguments = {"explain", "--images", m_pictures->path(), "--out", out()};
        if (!more.contains("--checkpoint"))
            arguments << "--checkpoint" << path("model.safetensors");
        if (!more.contains("--short"))
            arguments << "--short"
                      << "64";
        if (!more.contains("--query"))
            arguments << "--query"
                      << "top:1";
        return arguments + more;
    }

    void draw(int index, int seed) const
    {
        QImage image(60, 40, QImage::Format_RGB32);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                image.setPixel(x, y, qRgb(x * 4, y * 6, (x * (seed + 1) + y) % 256));
        QVERIFY(image.save(picture(index)));
    }

    static void write(const QString& name, const QByteArray& content)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    static QByteArray content(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QMap<QString, QByteArray> contents() const
    {
        QMap<QString, QByteArray> files;
        QDirIterator iterator(out(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (iterator.hasNext()) {
            const QString file = iterator.next();
            files[QDir(out()).relativeFilePath(file)] = content(file);
        }
        return files;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_pictures;
    std::unique_ptr<QTemporaryDir> m_out;
};

QTEST_GUILESS_MAIN(TestExplainFolders)
#include "test_explain_folders.moc"
