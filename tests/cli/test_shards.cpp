// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <csignal>
#include <filesystem>

#include <QImage>
#include <QTemporaryDir>

#include "app/cli/shard.h"
#include "tests/cli/cli_program.h"
#include "tests/support/error_of.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;

namespace {

const QByteArray header = "picture,rank,class,name,logit,probability,energy,more_unusual_than,remarks,hash\n";

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

using Files = QMap<QString, QByteArray>;

} // namespace

/// A folder explained in shares, and the summaries of the shares merged.
class TestShards : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refusesBadShards_data();
    void refusesBadShards();
    void refusesToMerge_data();
    void refusesToMerge();
    void tellsOneStemInTwoShardsApart();
    void leavesNoSummaryOfAPart();
    void knowsItsSummaries_data();
    void knowsItsSummaries();
    void dealsOutEveryPictureOnce_data();
    void dealsOutEveryPictureOnce();
    void mergesToTheWhole_data();
    void mergesToTheWhole();

private:
    QStringList explain(const QString& pictures, const QString& out, const QStringList& more = {}) const;

    QTemporaryDir m_folder;
    QString m_model, m_picture;
};

void TestShards::initTestCase()
{
    m_model = m_folder.filePath("model.safetensors");
    writeFormulaCheckpoint(m_model.toStdString(), smallConfig(6));
    m_picture = m_folder.filePath("bird.png");
    QImage picture(40, 30, QImage::Format_RGB32);
    picture.fill(Qt::darkGreen);
    QVERIFY(picture.save(m_picture));
}

QStringList TestShards::explain(const QString& pictures, const QString& out, const QStringList& more) const
{
    return QStringList{"explain", "--checkpoint", m_model,     "--images", pictures,  "--out", out,
                       "--short", "32",           "--threads", "1",        "--query", "top:1"} +
           more;
}

void TestShards::refusesBadShards_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "/", "1", "1/", "/3", "0/3", "4/3", "1/0", "-1/3", "1/3x", "1 /3", "01/3", "1/3/3",
                             "a/b", "1/1000001", "99999999999/99999999999"})
        QTest::addRow("\"%s\"", text) << QString(text);
}

void TestShards::refusesBadShards()
{
    QFETCH(QString, text);
    QString message;
    QVERIFY(errorOf([&] { parseShard(text.toStdString()); }, &message) == ErrorCode::BadArgument);
    QVERIFY2(message.startsWith("--shard: expected I/N"), qPrintable(message));
}

void TestShards::refusesToMerge_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("expected");
    const QByteArray one = header + "a.png,1,3,Wren,0.5,0.9,-1,,,\n";
    QTest::newRow("no shards") << Files{} << "found none";
    QTest::newRow("the whole alone") << Files{{"summary.csv", one}} << "found none";
    QTest::newRow("missing") << Files{{"summary.2-of-4.csv", one}}
                             << "missing summary.1-of-4.csv, summary.3-of-4.csv, summary.4-of-4.csv";
    QTest::newRow("many missing") << Files{{"summary.1-of-99.csv", one}} << "and 88 more";
    QTest::newRow("two runs") << Files{{"summary.1-of-1.csv", one}, {"summary.1-of-2.csv", one}}
                              << "expected the summaries of one run";
    QTest::newRow("empty") << Files{{"summary.1-of-1.csv", ""}} << "expected the first line to be picture,rank";
    QTest::newRow("another header") << Files{{"summary.1-of-1.csv", "picture,rank\n"}} << "expected the first line";
    QTest::newRow("cut in a line") << Files{{"summary.1-of-1.csv", one.chopped(3)}} << "the last line is cut short";
    QTest::newRow("fields missing") << Files{{"summary.1-of-1.csv", one + "b.png,1\n"}}
                                    << "expected 10 fields in line 3";
    QTest::newRow("quotation mark missing")
        << Files{{"summary.1-of-1.csv", header + "\"a.png,1,3,Wren,0.5,0.9,-1,,,\n"}} << "expected 10 fields in line 2";
    QTest::newRow("one picture twice") << Files{{"summary.1-of-2.csv", one}, {"summary.2-of-2.csv", one}}
                                       << "expected a picture in one shard only, got a.png";
}

void TestShards::refusesToMerge()
{
    QFETCH(Files, files);
    QFETCH(QString, expected);
    QTemporaryDir folder;
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        QFile written(folder.filePath(file.key()));
        QVERIFY(written.open(QIODevice::WriteOnly) && written.write(file.value()) == file.value().size());
    }
    const QStringList before = QDir(folder.path()).entryList(QDir::Files | QDir::Hidden);
    const CliResult result = runCli({"merge-summaries", folder.path()});
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors[0].contains(expected), qPrintable(result.errors[0]));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), before);
}

void TestShards::tellsOneStemInTwoShardsApart()
{
    QTemporaryDir pictures, out;
    QVERIFY(QFile::copy(m_picture, pictures.filePath("a.png")) && QFile::copy(m_picture, pictures.filePath("a.jpg")));
    for (const char* shard : {"1/2", "2/2"}) {
        const CliResult result = runCli(explain(pictures.path(), out.filePath("results"), {"--shard", shard}));
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
    }
    QVERIFY(QFile::exists(out.filePath("results/a.png.npz")) && QFile::exists(out.filePath("results/a.jpg.npz")));
    const CliResult alone = runCli(
        {"explain", "--checkpoint", m_model, "--image", m_picture, "--out", out.filePath("alone"), "--shard", "1/2"});
    QCOMPARE(alone.exitCode, 2);
    QVERIFY2(alone.errors.value(0).contains("--shard requires --images"), qPrintable(alone.errors.value(0)));
    QVERIFY(!QFile::exists(out.filePath("alone")));
}

void TestShards::leavesNoSummaryOfAPart()
{
    QTemporaryDir pictures, out;
    for (int i = 0; i < 600; ++i)
        std::filesystem::create_hard_link(m_picture.toStdString(),
                                          pictures.filePath(QString("%1.png").arg(i, 3, 10, QChar('0'))).toStdString());
    QProcess process;
    prepareCli(process, explain(pictures.path(), out.path(), {"--shard", "1/2"}));
    process.start();
    QVERIFY(process.waitForReadyRead(60'000));
    QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGTERM), 0);
    const CliResult result = finishCli(process);
    QCOMPARE(result.exitCode, 128 + SIGTERM);
    QVERIFY2(result.errors.value(0).contains("stopped after"), qPrintable(result.errors.value(0)));
    QVERIFY(QFile::exists(out.filePath("000.npz")));
    QCOMPARE(QDir(out.path()).entryList({"*summary*.csv"}, QDir::Files | QDir::Hidden), QStringList());
}

void TestShards::knowsItsSummaries_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isShard");
    for (const char* name : {"summary.csv", "summary..csv", "summary.0-of-2.csv", "summary.3-of-2.csv",
                             "summary.1-of-2.csv.part", "summary.1-of-02.csv", "summary.-of-.csv", "bird.1-of-2.csv"})
        QTest::newRow(name) << QString(name) << false;
    for (const char* name : {"summary.1-of-1.csv", "summary.2-of-16.csv", "summary.16-of-16.csv"})
        QTest::newRow(name) << QString(name) << true;
}

void TestShards::knowsItsSummaries()
{
    QFETCH(QString, name);
    QFETCH(bool, isShard);
    const std::optional<Shard> shard = shardOfSummary(name.toStdString());
    QCOMPARE(shard.has_value(), isShard);
    if (shard)
        QCOMPARE(summaryName(*shard), name.toStdString());
}

void TestShards::dealsOutEveryPictureOnce_data()
{
    QTest::addColumn<int>("pictures");
    QTest::addColumn<int>("count");
    QTest::newRow("none") << 0 << 3;
    QTest::newRow("more shards than pictures") << 2 << 5;
    QTest::newRow("uneven") << 10 << 3;
    QTest::newRow("one shard") << 4 << 1;
}

void TestShards::dealsOutEveryPictureOnce()
{
    QFETCH(int, pictures);
    QFETCH(int, count);
    std::vector<PlannedPicture> plan(static_cast<std::size_t>(pictures));
    for (std::size_t i = 0; i < plan.size(); ++i)
        plan[i].label = std::to_string(i);
    std::map<std::string, int> times;
    for (int index = 1; index <= count; ++index) {
        const std::vector<PlannedPicture> share = shareOf(plan, {index, count});
        QVERIFY(share.size() * static_cast<std::size_t>(count) < plan.size() + static_cast<std::size_t>(count));
        for (const PlannedPicture& picture : share)
            ++times[picture.label];
    }
    QCOMPARE(times.size(), plan.size());
    for (const auto& [label, time] : times)
        QCOMPARE(time, 1);
}

void TestShards::mergesToTheWhole_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("one") << 1;
    QTest::newRow("three") << 3;
    QTest::newRow("more than pictures") << 7;
}

void TestShards::mergesToTheWhole()
{
    QFETCH(int, count);
    QTemporaryDir pictures, whole, parts;
    // In byte order Z comes before a, and "a-b" and "a.png" before "a/...".
    QVERIFY(QDir(pictures.path()).mkpath("a"));
    for (const char* name : {"Z.png", "a.png", "a-b.png", "a/1.png", "b, \"c\".png", "große Möwe.png"})
        QVERIFY(QFile::copy(m_picture, pictures.filePath(QString::fromUtf8(name))));
    QFile damaged(pictures.filePath("damaged.png"));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    QCOMPARE(runCli(explain(pictures.path(), whole.path())).exitCode, 1);

    int failed = 0;
    for (int index = count; index >= 1; --index)
        failed += runCli(explain(pictures.path(), parts.path(), {"--shard", QString("%1/%2").arg(index).arg(count)}))
                      .exitCode;
    QCOMPARE(failed, 1); // the shard with the damaged picture
    const CliResult merged = runCli({"merge-summaries", parts.path()});
    QCOMPARE(merged.errors, QStringList());
    QCOMPARE(merged.exitCode, 0);
    QVERIFY2(merged.out.contains(QString("6 pictures of %1 shards").arg(count)), qPrintable(merged.out));
    QCOMPARE(contentOf(parts.filePath("summary.csv")), contentOf(whole.filePath("summary.csv")));
    QCOMPARE(contentOf(parts.filePath("summary.csv")).count('\n'), 1 + 6 * 5);
    const QStringList results = {"*.npz", "*.png"};
    QCOMPARE(QDir(parts.path()).entryList(results), QDir(whole.path()).entryList(results));
}

QTEST_APPLESS_MAIN(TestShards)
#include "test_shards.moc"
