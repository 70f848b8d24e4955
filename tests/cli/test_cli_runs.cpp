// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <csignal>
#include <filesystem>
#include <memory>
#include <sys/resource.h>

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

constexpr int classes = 6;
constexpr int heads = 4;
constexpr int layers = 2;
// The picture of 120 x 90 pixels resized to --short 64, and its cells at stride 32.
constexpr int inputHeight = 64, inputWidth = 85, rows = 2, columns = 3;

using Shape = std::vector<std::int64_t>;

QImage drawnPicture(int width, int height)
{
    QImage picture(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            picture.setPixel(x, y, qRgb(x * 255 / width, y * 255 / height, (x * y) % 256));
    return picture;
}

} // namespace

/// Runs of the real program with a small model.
class TestCliRuns : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void libgompSpinsShortly_data();
    void libgompSpinsShortly();
    void writesEveryArray();
    void limits_data();
    void limits();
    void queriesWhatIsAsked_data();
    void queriesWhatIsAsked();
    void repeatsItself();
    void looksAtOrientation();
    void namesClasses();
    void keepsFoldersAndGoesOnAfterFailures();
    void survivesFullDisk();
    void stopsCleanly();
    void inspects();
    void takesTheCheckpointsOwnSize();
    void refusesToExplainAPlainClassifier();
    void times();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString out(const QString& name = {}) const { return m_out->filePath(name); }
    std::map<std::string, NpyArray> arrays(const QString& name) const { return readNpz(out(name).toStdString()); }
    QStringList lines(const QString& name) const;
    QStringList explain(const QStringList& more) const;

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_out;
};

void TestCliRuns::initTestCase()
{
    writeFormulaCheckpoint(path("model.safetensors").toStdString(), smallConfig(classes));
    QVERIFY(drawnPicture(120, 90).save(path("bird.png")));
    QFile table(path("classes.txt"));
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("Wren\nRobin\n\"Owl\", Barn\nGull\nTern\nDuck\n");
}

void TestCliRuns::init()
{
    m_out = std::make_unique<QTemporaryDir>();
}

QStringList TestCliRuns::lines(const QString& name) const
{
    QFile file(out(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)
                                          : QStringList();
}

QStringList TestCliRuns::explain(const QStringList& more) const
{
    QStringList arguments = {"explain", "--checkpoint", path("model.safetensors"), "--short", "64", "--out", out()};
    if (!more.contains("--image") && !more.contains("--images"))
        arguments << "--image" << path("bird.png");
    return arguments + more;
}

void TestCliRuns::libgompSpinsShortly_data()
{
    QTest::addColumn<QStringList>("environment");
    QTest::addColumn<int>("starts");
    QTest::addColumn<QString>("spins");
    QTest::newRow("the user's own") << QStringList{"GOMP_SPINCOUNT=7", "_=x"} << 1 << "7";
    QTest::newRow("from a shell") << QStringList{"_=/usr/bin/ocellus-cli"} << 1 << "5000";
    QTest::newRow("with no variable to spare") << QStringList() << 2 << "5000"; // LibTorch is loaded twice
}

void TestCliRuns::libgompSpinsShortly()
{
    QFETCH(const QStringList, environment);
    QFETCH(const int, starts);
    QFETCH(const QString, spins);
    QProcess process;
    prepareCli(process, {"--version"});
    process.setProcessEnvironment({});
    process.setEnvironment(environment + QStringList{"OMP_DISPLAY_ENV=VERBOSE"});
    process.start();
    const CliResult result = finishCli(process);
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.errors.filter("OPENMP DISPLAY ENVIRONMENT BEGIN").size(), starts);
    QVERIFY2(result.errors.filter("GOMP_SPINCOUNT").last().contains('\'' + spins + '\''),
             qPrintable(result.errors.join('\n')));
}

void TestCliRuns::writesEveryArray()
{
    const CliResult result = runCli(explain({"--query", "top:2", "--layer", "all"}));
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(result.exitCode, 0);
    const auto found = arrays("bird.npz");
    QCOMPARE(found.size(), std::size_t{8});
    QCOMPARE(found.at("logits").shape, Shape{classes});
    QCOMPARE(found.at("probabilities").shape, Shape{classes});
    QCOMPARE(found.at("active").values, (std::vector<double>{0, 1, 2, 3, 4, 5}));
    QCOMPARE(found.at("query_index").shape, Shape{2});
    QCOMPARE(found.at("attention").shape, (Shape{layers, heads, 2, rows, columns}));
    QCOMPARE(found.at("scores").shape, (Shape{layers, heads, 2, rows, columns}));
    QCOMPARE(found.at("input_size").values, (std::vector<double>{inputHeight, inputWidth}));
    QCOMPARE(found.at("picture_size").values, (std::vector<double>{90, 120}));
    for (const char* name : {"active", "query_index", "input_size", "picture_size"})
        QCOMPARE(found.at(name).type, std::string("<i8"));
    for (const char* name : {"logits", "probabilities", "attention", "scores"})
        QCOMPARE(found.at(name).type, std::string("<f4"));

    const std::vector<double>& logits = found.at("logits").values;
    const auto best = std::max_element(logits.begin(), logits.end()) - logits.begin();
    QCOMPARE(found.at("query_index").values.front(), static_cast<double>(best));
    const std::vector<double>& attention = found.at("attention").values;
    for (std::size_t map = 0; map < attention.size(); map += rows * columns)
        QVERIFY(std::abs(std::accumulate(&attention[map], &attention[map] + rows * columns, 0.0) - 1) < 1e-5);

    QCOMPARE(result.out.split('\t').mid(0, 2), (QStringList{"bird.png", QString::number(best)}));
    QVERIFY(!QImage(out("bird.png")).isNull());
    QVERIFY(!QImage(out(QString("bird.%1.png").arg(found.at("query_index").values[1]))).isNull());
    QCOMPARE(QDir(out()).entryList(QDir::Files | QDir::Hidden).size(), 4);
    const QStringList summary = lines("summary.csv");
    QCOMPARE(summary.size(), 6);
    QCOMPARE(summary[0], QString("picture,rank,class,name,logit,probability,energy,more_unusual_than,remarks,hash"));
    QVERIFY2(summary[1].startsWith(QString("bird.png,1,%1,%1,").arg(best)), qPrintable(summary[1]));
    // -log sum exp of the logits, which a logit and its probability tell too.
    const QStringList fields = summary[1].split(',');
    QCOMPARE(fields.size(), 10);
    QCOMPARE(fields[9].size(), 32);
    QVERIFY(std::abs(fields[6].toDouble() + fields[4].toDouble() - std::log(fields[5].toDouble())) < 1e-4);
    QCOMPARE(fields[7], QString()); // there is nothing to compare with
}

void TestCliRuns::limits_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("logits");
    QTest::addColumn<QVector<double>>("queries");
    QTest::newRow("zero, an inactive one asked for") << "zero"
                                                     << "0,4" << classes << QVector<double>{0, 4};
    QTest::newRow("zero, all") << "zero"
                               << "all" << classes << QVector<double>{0, 1, 2, 3, 4, 5};
    QTest::newRow("drop, one") << "drop"
                               << "4" << 2 << QVector<double>{4};
    QTest::newRow("drop, all in the order given") << "drop"
                                                  << "all" << 2 << QVector<double>{4, 1};
}

void TestCliRuns::limits()
{
    QFETCH(QString, mode);
    QFETCH(QString, query);
    QFETCH(int, logits);
    QFETCH(QVector<double>, queries);
    const CliResult result = runCli(explain({"--active", "4,1", "--mode", mode, "--query", query}));
    QCOMPARE(result.errors, QStringList());
    const auto found = arrays("bird.npz");
    QCOMPARE(found.at("logits").shape, Shape{logits});
    QCOMPARE(found.at("active").values, (std::vector<double>{4, 1}));
    QCOMPARE(found.at("query_index").values, std::vector<double>(queries.begin(), queries.end()));
    QCOMPARE(found.at("attention").shape, (Shape{1, heads, queries.size(), rows, columns}));
}

void TestCliRuns::queriesWhatIsAsked_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("queries");
    QTest::addColumn<int>("figures");
    QTest::newRow("default") << QStringList{} << 5 << 5;
    QTest::newRow("all") << QStringList{"--query", "all"} << 6 << 1;
    QTest::newRow("name") << QStringList{"--classes", path("classes.txt"), "--query", "Gull"} << 1 << 1;
    QTest::newRow("mixture") << QStringList{"--classes", path("classes.txt"), "--query", "3,Gull,all"} << 6 << 1;
    QTest::newRow("two arguments") << QStringList{"--query", "3", "5"} << 2 << 2;
    QTest::newRow("first layer") << QStringList{"--query", "3", "--layer", "1"} << 1 << 1;
    QTest::newRow("paper") << QStringList{"--query", "3", "--style", "paper"} << 1 << 1;
}

void TestCliRuns::queriesWhatIsAsked()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, queries);
    QFETCH(int, figures);
    const CliResult result = runCli(explain(arguments));
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(arrays("bird.npz").at("attention").shape, (Shape{1, heads, queries, rows, columns}));
    QCOMPARE(QDir(out()).entryList({"*.png"}).size(), figures);
}

void TestCliRuns::repeatsItself()
{
    QCOMPARE(runCli(explain({"--query", "all", "--layer", "all"})).exitCode, 0);
    const auto first = arrays("bird.npz");
    const QStringList summary = lines("summary.csv");
    QCOMPARE(runCli(explain({"--query", "all", "--layer", "all"})).exitCode, 0);
    QVERIFY(first == arrays("bird.npz"));
    QCOMPARE(lines("summary.csv"), summary);

    // One layer of all is that layer asked for alone.
    QCOMPARE(runCli(explain({"--query", "all", "--layer", "1"})).exitCode, 0);
    const std::vector<double>& all = first.at("scores").values;
    const std::size_t half = all.size() / 2;
    QCOMPARE(arrays("bird.npz").at("scores").values, std::vector<double>(all.begin(), all.begin() + half));
}

void TestCliRuns::looksAtOrientation()
{
    const QString turned = QStringLiteral(OCELLUS_TEST_DATA "/image/orientation-6.jpg");
    QCOMPARE(runCli(explain({"--image", turned})).exitCode, 0);
    const auto upright = arrays("orientation-6.npz").at("picture_size").values;
    QCOMPARE(runCli(explain({"--image", turned, "--ignore-exif"})).exitCode, 0);
    const auto stored = arrays("orientation-6.npz").at("picture_size").values;
    QVERIFY(upright[0] != upright[1]);
    QCOMPARE(upright, (std::vector<double>{stored[1], stored[0]}));
}

void TestCliRuns::namesClasses()
{
    const CliResult result = runCli(explain({"--classes", path("classes.txt"), "--active", "2", "--mode", "drop"}));
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(result.out, QString("bird.png\t2\t\"Owl\", Barn\t1\n"));
    QVERIFY(lines("summary.csv").value(1).startsWith("bird.png,1,2,\"\"\"Owl\"\", Barn\","));
}

void TestCliRuns::keepsFoldersAndGoesOnAfterFailures()
{
    QTemporaryDir pictures;
    QVERIFY(QDir(pictures.path()).mkpath("b/deep"));
    QVERIFY(drawnPicture(50, 40).save(pictures.filePath("a.png")));
    QVERIFY(drawnPicture(40, 50).save(pictures.filePath("b/deep/a.jpg")));
    QVERIFY(drawnPicture(40, 40).save(pictures.filePath("b/große Möwe.png")));
    QFile cut(pictures.filePath("b/deep/a.jpg"));
    QVERIFY(cut.copy(pictures.filePath("b/cut.jpg")));
    QVERIFY(QFile::resize(pictures.filePath("b/cut.jpg"), cut.size() / 2));
    QFile empty(pictures.filePath("b/empty.png"));
    QVERIFY(empty.open(QIODevice::WriteOnly));

    const CliResult result = runCli(explain({"--images", pictures.path(), "--query", "1"}));
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors.size(), 2);
    QVERIFY2(result.errors[0].contains("b/cut.jpg"), qPrintable(result.errors[0]));
    QVERIFY2(result.errors[1].contains("b/empty.png"), qPrintable(result.errors[1]));
    QCOMPARE(result.out.count('\n'), 3);
    for (const char* stem : {"a", "b/deep/a", "b/große Möwe"}) {
        QVERIFY(QFile::exists(out(QString::fromUtf8(stem) + ".npz")));
        QVERIFY(QFile::exists(out(QString::fromUtf8(stem) + ".png")));
    }
    QVERIFY(!QFile::exists(out("b/cut.npz")));
    const QStringList summary = lines("summary.csv");
    QCOMPARE(summary.size(), 1 + 3 * 5);

    // A run in which nothing works leaves the summary of the one before.
    QCOMPARE(runCli(explain({"--image", pictures.filePath("typo.png")})).exitCode, 1);
    QCOMPARE(lines("summary.csv"), summary);
}

void TestCliRuns::survivesFullDisk()
{
    // A limit on the size of files refuses writes as a full disk does; the summary is small enough for it.
    const CliResult result = runCli(explain({"--query", "all", "--layer", "all"}), [] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit = {2000, 2000};
        setrlimit(RLIMIT_FSIZE, &limit);
    });
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors[0].contains("bird.npz"), qPrintable(result.errors[0]));
    QCOMPARE(QDir(out()).entryList(QDir::Files | QDir::Hidden), QStringList{"summary.csv"});
}

void TestCliRuns::stopsCleanly()
{
    QTemporaryDir pictures;
    for (int i = 0; i < 300; ++i)
        QVERIFY(QFile::copy(path("bird.png"), pictures.filePath(QString("%1.png").arg(i, 3, 10, QChar('0')))));
    QProcess process;
    prepareCli(process, explain({"--images", pictures.path()}));
    process.start();
    QVERIFY(process.waitForReadyRead(60'000));
    QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const CliResult result = finishCli(process);
    QCOMPARE(result.exitCode, 128 + SIGINT);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors[0].contains("stopped after"), qPrintable(result.errors[0]));
    const auto done = result.out.count('\n');
    QVERIFY(done > 0 && done < 300);
    QCOMPARE(lines("summary.csv").size(), 1 + 5 * done);
    QCOMPARE(QDir(out())
                 .entryList(QDir::Files | QDir::Hidden)
                 .filter(QRegularExpression("^(summary\\.csv|[0-9]+(\\.[0-9])?\\.(npz|png))$"))
                 .size(),
             QDir(out()).entryList(QDir::Files | QDir::Hidden).size());
}

void TestCliRuns::inspects()
{
    const CliResult text = runCli({"inspect", path("model.safetensors")});
    QCOMPARE(text.errors, QStringList());
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.contains("resnet18") && text.out.contains("safetensors"), qPrintable(text.out));
    QVERIFY(!text.out.contains("query_embed.weight"));
    QVERIFY(runCli({"inspect", path("model.safetensors"), "--tensors"})
                .out.contains("query_embed.weight\tfloat32\t[6, 32]"));

    const CliResult json = runCli({"inspect", path("model.safetensors"), "--json"});
    const QJsonObject object = QJsonDocument::fromJson(json.out.toUtf8()).object();
    QCOMPARE(object["sha256"].toString().size(), 64);
    QCOMPARE(object["architecture"].toObject()["num_queries"].toInt(), classes);
    QCOMPARE(object["architecture"].toObject()["nheads"].toInt(), heads);
    QVERIFY(object["tensors"].toArray().size() > 100);
}

void TestCliRuns::takesTheCheckpointsOwnSize()
{
    ModelConfig config = smallConfig(classes);
    config.backboneWidth = 16;
    config.lastStage = 3;
    config.head = HeadKind::PerClass;
    std::string energies = "[1000";
    for (int i = 1; i < 40; ++i)
        energies += i < 10 ? ",1000" : ",-1000";
    writeFormulaCheckpoint(path("own.safetensors").toStdString(), config,
                           {{"image_size", "fixed:80"},
                            {"acc@1", "91.5"},
                            {"data_hash", "c0ffee"},
                            {"validation_energies", energies + "]"}});
    const QStringList arguments = {"explain", "--checkpoint", path("own.safetensors"), "--image", path("bird.png"),
                                   "--out",   out()};
    QCOMPARE(runCli(arguments).errors, QStringList());
    QCOMPARE(arrays("bird.npz").at("attention").shape, (Shape{1, heads, 5, 5, 5}));
    QCOMPARE(lines("summary.csv")[1].split(',')[7], QString("75"));
    QCOMPARE(runCli(arguments + QStringList{"--image-size", "48:64"}).errors, QStringList());
    QCOMPARE(arrays("bird.npz").at("attention").shape, (Shape{1, heads, 5, 3, 4}));

    const QString text = runCli({"inspect", path("own.safetensors")}).out;
    for (const char* said : {"fixed:80", "per-class", "layer3", "91.5", "c0ffee"})
        QVERIFY2(text.contains(said), said);
}

void TestCliRuns::refusesToExplainAPlainClassifier()
{
    ModelConfig config = smallConfig(classes);
    config.backboneWidth = 16;
    config.head = HeadKind::Linear;
    const QString linear = path("linear.safetensors");
    writeFormulaCheckpoint(linear.toStdString(), config);
    const CliResult result =
        runCli({"explain", "--checkpoint", linear, "--image", path("bird.png"), "--out", out("r")});
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors[0].contains("plain classifier"), qPrintable(result.errors[0]));
    QVERIFY(!QFile::exists(out("r")));

    const QString text = runCli({"inspect", linear}).out;
    QVERIFY2(text.contains("linear") && !text.contains("nheads"), qPrintable(text));
    const CliResult times = runCli({"bench", "--checkpoint", linear, "--size", "64x96", "--repeat", "1", "--json"});
    const QJsonObject object = QJsonDocument::fromJson(times.out.toUtf8()).object();
    QVERIFY(object["backbone"].isObject() && object["total"].isObject());
    QVERIFY(!object.contains("decoder") && !object.contains("limit"));
}

void TestCliRuns::times()
{
    const QStringList arguments = {"bench", "--checkpoint", path("model.safetensors"), "--size", "64x96", "--repeat",
                                   "3"};
    const CliResult json = runCli(arguments + QStringList{"--json"});
    QCOMPARE(json.errors, QStringList());
    const QJsonObject object = QJsonDocument::fromJson(json.out.toUtf8()).object();
    for (const char* stage :
         {"first_pass", "preprocess", "backbone", "encoder", "decoder", "total", "next_class", "all_classes", "limit",
          "limit_zero_2", "limit_zero_20", "limit_drop_2", "limit_drop_5", "limit_drop_20"}) {
        const QJsonObject entry = object[QLatin1String(stage)].toObject();
        QVERIFY2(entry["median_ms"].toDouble() > 0, stage);
        QVERIFY2(entry["min_ms"].toDouble() <= entry["median_ms"].toDouble(), stage);
        QVERIFY2(entry["median_ms"].toDouble() <= entry["max_ms"].toDouble(), stage);
    }
    QVERIFY(object["peak_rss_mb"].toDouble() > 10);
    QVERIFY(runCli(arguments).out.contains("limit_drop_20"));
}

QTEST_APPLESS_MAIN(TestCliRuns)
#include "test_cli_runs.moc"
