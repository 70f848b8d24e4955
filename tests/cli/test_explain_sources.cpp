// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <memory>

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/support/npz_reader.h"

using namespace ocellus;

namespace {

constexpr int classes = 3;

using Shape = std::vector<std::int64_t>;

bool drawPicture(const QString& path, int seed)
{
    QImage picture(96, 64, QImage::Format_RGB32);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 96; ++x)
            picture.setPixel(x, y, qRgb((x * seed) % 256, y * 4, (x * y + seed) % 256));
    return picture.save(path);
}

} // namespace

/// Maps of other sources, faithfulness and sanity by the real program, with small models.
class TestExplainSources : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { m_out = std::make_unique<QTemporaryDir>(); }
    void refusesBadSources_data();
    void refusesBadSources();
    void addsArrays();
    void explainsPlainClassifiers();
    void refusesForSeveralModels_data();
    void refusesForSeveralModels();
    void setsSeveralModelsBesideEachOther();
    void refusesToMixSettings();
    void measuresFaithfulness();
    void goesOnAndTakesShards();
    void goesOnAfterAnInterrupt_data();
    void goesOnAfterAnInterrupt();
    void leavesNothingOfAnInterruptedCheck();
    void leavesOutWhatIsNamedWrongly();
    void checksSanity();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString out(const QString& name = {}) const { return m_out->filePath(name); }
    QStringList faithfulness(const QStringList& more, int randomOrders = 2) const
    {
        return QStringList{"faithfulness",
                           "--checkpoint",
                           path("model.safetensors"),
                           "--judge",
                           path("linear.safetensors"),
                           "--data",
                           path("data"),
                           "--image-size",
                           "64:96",
                           "--judge-image-size",
                           "32:48",
                           "--random",
                           QString::number(randomOrders),
                           "--step",
                           "3",
                           "--out",
                           out("f")} +
               more;
    }
    QByteArray content(const QString& name) const
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_out;
};

void TestExplainSources::initTestCase()
{
    ModelConfig config = smallConfig(classes);
    config.backboneWidth = 16;
    writeFormulaCheckpoint(path("model.safetensors").toStdString(), config);
    config.head = HeadKind::Linear;
    writeFormulaCheckpoint(path("linear.safetensors").toStdString(), config);
    for (const char* name : {"0_a", "1_b", "2_c"})
        for (int i = 1; i <= 2; ++i) {
            QVERIFY(QDir().mkpath(path(QString("data/") + name)));
            QVERIFY(drawPicture(path(QString("data/%1/%2.png").arg(name).arg(i)), i * 7 + name[0]));
        }
}

void TestExplainSources::refusesBadSources_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("message");
    QTest::newRow("unknown") << "lime"
                             << "model"
                             << "heads, mean, gradcam";
    QTest::newRow("twice") << "gradcam,gradcam"
                           << "model"
                           << "each source once";
    QTest::newRow("option") << "rise:moon=1"
                            << "model"
                            << "masks";
    QTest::newRow("value") << "rise:masks=none"
                           << "model"
                           << "whole number";
    QTest::newRow("no heads") << "gradcam,heads"
                              << "linear"
                              << "no heads";
}

void TestExplainSources::refusesBadSources()
{
    QFETCH(QString, source);
    QFETCH(QString, model);
    QFETCH(QString, message);
    const CliResult result = runCli({"explain", "--checkpoint", path(model + ".safetensors"), "--image",
                                     path("data/0_a/1.png"), "--source", source, "--out", out("r")});
    QVERIFY(result.exitCode != 0);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors[0].contains(message), qPrintable(result.errors[0]));
    QVERIFY(!QFile::exists(out("r")));
}

void TestExplainSources::addsArrays()
{
    const CliResult result = runCli({"explain", "--checkpoint", path("model.safetensors"), "--image",
                                     path("data/0_a/1.png"), "--image-size", "64:96", "--query", "2,0", "--source",
                                     "heads,mean,gradcam++,gradcam++:epsilon=0,gradient-attention,rise:masks=4:side=32,"
                                     "occlusion:side=32:patch=16",
                                     "--out", out()});
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(result.exitCode, 0);
    const auto arrays = readNpz(out("1.npz").toStdString());
    QCOMPARE(arrays.at("attention").shape, (Shape{1, 4, 2, 2, 3}));
    for (const char* name : {"mean", "gradcam_pp", "gradcam_pp_2", "gradient_attention"})
        QCOMPARE(arrays.at(name).shape, (Shape{2, 2, 3}));
    QCOMPARE(arrays.at("rise").shape, (Shape{2, 32, 48}));
    QCOMPARE(arrays.at("occlusion").shape, (Shape{2, 2, 3}));
    double mean = 0;
    for (int head = 0; head < 4; ++head)
        mean += arrays.at("attention").values[static_cast<std::size_t>(head * 12)] / 4;
    QVERIFY(qAbs(mean - arrays.at("mean").values[0]) < 1e-6);
    QByteArray text;
    for (const double byte : arrays.at("sources").values)
        text += static_cast<char>(byte);
    const QJsonArray sources = QJsonDocument::fromJson(text).array();
    QCOMPARE(sources.size(), 6);
    QCOMPARE(sources[1].toObject()["array"].toString(), QString("gradcam_pp"));
    QCOMPARE(sources[2].toObject()["settings"].toString(), QString("epsilon=0 stage=grid"));
    QCOMPARE(sources[4].toObject()["count"].toInt(), 4);
    QCOMPARE(sources[5].toObject()["stride"].toInt(), 16);
    QCOMPARE(sources[0].toObject()["classes"].toArray()[0].toObject()["class"].toInt(), 2);
    for (const char* figure : {"1.png", "1.0.png", "1.2.sources.png", "1.0.sources.png"})
        QVERIFY2(!QImage(out(figure)).isNull(), figure);
}

void TestExplainSources::explainsPlainClassifiers()
{
    const CliResult result = runCli({"explain", "--checkpoint", path("linear.safetensors"), "--image",
                                     path("data/0_a/1.png"), "--image-size", "64:96", "--query", "top:1", "--source",
                                     "gradcam,hirescam:stage=layer3", "--out", out()});
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(result.exitCode, 0);
    const auto arrays = readNpz(out("1.npz").toStdString());
    QVERIFY(!arrays.contains("attention") && arrays.contains("logits"));
    QCOMPARE(arrays.at("gradcam").shape, (Shape{1, 2, 3}));
    QCOMPARE(arrays.at("hirescam").shape, (Shape{1, 4, 6}));
    QCOMPARE(QDir(out()).entryList({"*.png"}).size(), 1); // of the sources alone
}

void TestExplainSources::refusesForSeveralModels_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("message");
    QTest::newRow("a layer") << QStringList{"--layer", "1"} << "--layer: expected one --checkpoint, got 2";
    QTest::newRow("sources") << QStringList{"--source", "gradcam"} << "--source: expected one --checkpoint";
    QTest::newRow("a limit") << QStringList{"--active", "1", "--mode", "drop"} << "--mode: expected one --checkpoint";
    QTest::newRow("to go on") << QStringList{"--resume"} << "--resume: expected one --checkpoint";
    QTest::newRow("no such model") << QStringList{"--checkpoint", "nowhere.pth"} << "nowhere.pth";
    QTest::newRow("no such class") << QStringList{"--query", "7"} << "7";
}

void TestExplainSources::refusesForSeveralModels()
{
    QFETCH(const QStringList, more);
    QFETCH(const QString, message);
    const CliResult result =
        runCli(QStringList{"explain", "--checkpoint", path("model.safetensors"), "--checkpoint",
                           path("linear.safetensors"), "--image", path("data/0_a/1.png"), "--out", out("x")} +
               more);
    QVERIFY(result.exitCode != 0);
    QVERIFY2(result.errors.last().contains(message), qPrintable(result.errors.last()));
    QVERIFY(QDir(out("x")).isEmpty());
}

void TestExplainSources::setsSeveralModelsBesideEachOther()
{
    const QString broken = out("broken.png");
    QFile file(broken);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no picture") > 0);
    file.close();
    const CliResult result =
        runCli({"explain", "--checkpoint", path("model.safetensors"), "--checkpoint", path("linear.safetensors"),
                "--image", path("data/0_a/1.png"), broken, path("data/1_b/2.png"), "--image-size", "64:96", "--query",
                "2", "--classes", path("data"), "--out", out("models")});
    QCOMPARE(result.exitCode, 1); // of the broken one; the others go on
    QVERIFY2(result.errors.filter("broken.png").size() == 1, qPrintable(result.errors.join('\n')));
    QVERIFY(!QImage(out("models/1.models.png")).isNull());
    QVERIFY(!QImage(out("models/2.models.png")).isNull());
    const QList<QByteArray> lines = content(out("models/1.models.csv")).split('\n');
    QVERIFY(lines[1].startsWith("model.safetensors,Map 1,"));
    QVERIFY2(lines[4].startsWith("linear.safetensors,Map 1,") && lines[4].contains(",gradcam,"), lines[4].constData());
    const QByteArrayList columns = lines[0].split(',');
    QCOMPARE(lines[4].split(',').value(columns.indexOf("ground_truth")), QByteArray("0 0 a"));
    QVERIFY(!lines[4].split(',').value(columns.indexOf("predicted")).isEmpty());
    // The same numbers as of one model alone.
    QCOMPARE(runCli({"explain", "--checkpoint", path("model.safetensors"), "--image", path("data/0_a/1.png"),
                     "--image-size", "64:96", "--query", "2", "--out", out("alone")})
                 .exitCode,
             0);
    const auto arrays = readNpz(out("alone/1.npz").toStdString());
    QVERIFY2(
        lines[1].contains(',' + QByteArray::number(static_cast<double>(arrays.at("logits").values[2]), 'g', 6).left(6)),
        lines[1].constData());
}

void TestExplainSources::refusesToMixSettings()
{
    QCOMPARE(runCli(faithfulness({"--wrong-too", "--limit", "1"})).exitCode, 0);
    const CliResult other = runCli(faithfulness({"--wrong-too", "--limit", "1", "--substrate", "mean"}));
    QCOMPARE(other.exitCode, 2);
    QVERIFY2(other.errors.last().contains("settings"), qPrintable(other.errors.last()));
}

void TestExplainSources::measuresFaithfulness()
{
    const CliResult result =
        runCli(faithfulness({"--wrong-too", "--json", "--source", "heads,mean,gradcam:stage=layer3"}));
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(result.exitCode, 0);
    const QJsonObject summary = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QCOMPARE(summary["n"].toInt(), 6);
    QCOMPARE(summary["judge"].toObject()["file"].toString(), QString("linear.safetensors"));
    QCOMPARE(summary["judge"].toObject()["size"].toString(), QString("32:48"));
    QCOMPARE(summary["step"].toInt(), 3);
    QStringList orders;
    for (const QJsonValue& order : summary["orders"].toArray()) {
        orders << order.toObject()["order"].toString();
        for (const char* area : {"insertion", "deletion"}) {
            const QJsonObject mean = order.toObject()[area].toObject();
            QVERIFY(mean["low"].toDouble() <= mean["mean"].toDouble() &&
                    mean["mean"].toDouble() <= mean["high"].toDouble());
        }
    }
    for (const char* order : {"head 1", "reversed head 4", "mean", "gradcam:stage=layer3", "random", "centre"})
        QVERIFY2(orders.contains(order), order);
    QCOMPARE(summary["differences"].toArray().size(), 15 + 6 * 2); // of six sources, and with what knows nothing
    const QList<QByteArray> lines = content(out("f/pictures.csv")).trimmed().split('\n');
    QCOMPARE(lines.size(), 1 + 6 * (6 * 2 + 2 + 1));
    QVERIFY(!content(out("f/summary.json")).isEmpty());
    const QByteArray report = content(out("f/report.html"));
    for (const char* said : {"gradcam:stage=layer3", "linear.safetensors", "random orders", "image/svg+xml"})
        QVERIFY2(report.contains(said), said);
}

void TestExplainSources::goesOnAndTakesShards()
{
    QCOMPARE(runCli(faithfulness({"--wrong-too", "--shard", "1/2"})).exitCode, 0);
    QVERIFY(!QFile::exists(out("f/summary.json")));
    QCOMPARE(runCli(faithfulness({"--wrong-too", "--shard", "2/2", "--limit", "2"})).exitCode, 0);
    QFile cut(out("f/pictures.2-of-2.csv"));
    QVERIFY(cut.open(QIODevice::ReadWrite));
    const qint64 whole = cut.size();
    QVERIFY(cut.resize(whole - 9)); // in the midst of the last line
    cut.close();
    const CliResult again = runCli(faithfulness({"--wrong-too", "--shard", "2/2"}));
    QCOMPARE(again.exitCode, 0);
    const CliResult all = runCli(faithfulness({"--wrong-too", "--json"}));
    QCOMPARE(QJsonDocument::fromJson(all.out.toUtf8()).object()["n"].toInt(), 6);
    QCOMPARE(content(out("f/pictures.csv")).count('\n'), 1); // the shards have done it all

    m_out = std::make_unique<QTemporaryDir>();
    const CliResult single = runCli(faithfulness({"--wrong-too", "--json"}));
    const auto mean = [](const CliResult& result) {
        return QJsonDocument::fromJson(result.out.toUtf8())
            .object()["orders"]
            .toArray()[0]
            .toObject()["insertion"]
            .toObject()["mean"]
            .toDouble();
    };
    QVERIFY(qAbs(mean(single) - mean(all)) < 1e-9);
}

void TestExplainSources::goesOnAfterAnInterrupt_data()
{
    QTest::addColumn<int>("pictures");
    QTest::newRow("before the first picture is done") << 0;
    QTest::newRow("after the first") << 1;
}

void TestExplainSources::goesOnAfterAnInterrupt()
{
    QFETCH(int, pictures);
    constexpr int manyOrders = 300; // the signal comes long before the end
    const QStringList arguments = faithfulness({"--wrong-too", "--json"}, manyOrders);
    const auto done = [this] { return static_cast<int>(content(out("f/pictures.csv")).count(",centre,")); };
    QProcess process;
    prepareCli(process, arguments);
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out("f/pictures.csv")) && done() >= pictures, 120'000);
    QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const CliResult stopped = finishCli(process);
    QCOMPARE(stopped.exitCode, 128 + SIGINT);
    const int kept = done();
    QVERIFY(kept >= pictures && kept < 6);
    QVERIFY2(stopped.errors.last().contains("the same command goes on"), qPrintable(stopped.errors.join('\n')));
    QCOMPARE(QFile::exists(out("f/summary.json")), kept > 0);
    QCOMPARE(QFile::exists(out("f/report.html")), kept > 0);
    QCOMPARE(QJsonDocument::fromJson(stopped.out.toUtf8()).object()["n"].toInt(), kept);
    const QByteArray before = content(out("f/pictures.csv"));
    QVERIFY(before.endsWith('\n'));
    QCOMPARE(before.count('\n'), 1 + kept * (2 * 2 + manyOrders + 1)); // whole pictures

    const CliResult whole = runCli(faithfulness({"--wrong-too", "--json", "--limit", "2"}, manyOrders));
    QCOMPARE(whole.errors, QStringList());
    QCOMPARE(whole.exitCode, 0);
    const int n = QJsonDocument::fromJson(whole.out.toUtf8()).object()["n"].toInt();
    QCOMPARE(n, std::max(kept, 2));
    QVERIFY(content(out("f/pictures.csv")).startsWith(before)); // nothing was measured twice
}

void TestExplainSources::leavesNothingOfAnInterruptedCheck()
{
    QVERIFY(QDir().mkpath(out("temporary")));
    QProcess process;
    prepareCli(process, {"sanity", "--checkpoint", path("model.safetensors"), "--images", path("data"), "--image-size",
                         "64:96", "--source", "rise:masks=150:agreement=1:side=32", "--out", out("s.json")});
    QProcessEnvironment environment = process.processEnvironment();
    environment.insert("TMPDIR", out("temporary"));
    process.setProcessEnvironment(environment);
    process.start();
    const auto files = [this] { return QDir(out("temporary")).entryList(QDir::Files | QDir::Hidden); };
    QTRY_VERIFY_WITH_TIMEOUT(!files().isEmpty(), 120'000);
    QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const CliResult result = finishCli(process);
    QCOMPARE(result.exitCode, 128 + SIGINT);
    QVERIFY(!result.errors.isEmpty());
    QCOMPARE(result.out, QString());
    QCOMPARE(files(), QStringList());
    QVERIFY(!QFile::exists(out("s.json")));
}

void TestExplainSources::leavesOutWhatIsNamedWrongly()
{
    const CliResult result = runCli(faithfulness({"--json"}));
    const int measured = QJsonDocument::fromJson(result.out.toUtf8()).object()["n"].toInt();
    const int leftOut = static_cast<int>(content(out("f/pictures.csv")).count("left out"));
    QCOMPARE(measured + leftOut, 6);
    QVERIFY(leftOut > 0);
    const QString text = runCli(faithfulness({})).out;
    QVERIFY2(text.contains(QString("and %1 left out that the model or the judge names wrongly").arg(leftOut)),
             qPrintable(text));
}

void TestExplainSources::checksSanity()
{
    const CliResult result =
        runCli({"sanity", "--checkpoint", path("model.safetensors"), "--images", path("data"), "--limit", "2",
                "--image-size", "64:96", "--source", "mean,gradcam", "--json", "--out", out("s.json")});
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(result.exitCode, 0);
    const QJsonObject report = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QCOMPARE(report["n"].toInt(), 2);
    QCOMPARE(report["deciding_stage"].toString(), QString("decoder.0"));
    const QJsonArray stages = report["sources"].toArray()[0].toObject()["stages"].toArray();
    QCOMPARE(stages.first().toObject()["can_move"].toBool(), false);
    QCOMPARE(stages.first().toObject()["spearman"].toObject()["mean"].toDouble(), 1.0);
    QCOMPARE(stages.last().toObject()["stage"].toString(), QString("stem"));
    QCOMPARE(QJsonDocument::fromJson(content(out("s.json"))).object()["n"].toInt(), 2);
    QCOMPARE(runCli({"sanity", "--checkpoint", path("model.safetensors")}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestExplainSources)
#include "test_explain_sources.moc"
