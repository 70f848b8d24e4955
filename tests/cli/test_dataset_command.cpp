// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <filesystem>
#include <memory>

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;

namespace {

const QStringList names = {"Duck", "Gull", "Owl"};

QImage drawnPicture(int kind)
{
    QImage picture(90, 70, QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x) {
            const double u = x / 15.0 * (1 + kind % 3), v = y / 15.0 * (1 + kind % 5);
            picture.setPixel(x, y,
                             qRgb(int(128 + 120 * std::sin(u + kind)), int(128 + 120 * std::cos(v - kind * 1.3)),
                                  int(128 + 120 * std::sin(u * v * 0.1 + kind * 2.1))));
        }
    return picture;
}

QJsonObject objectOf(const QString& text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

QStringList linesOf(const QString& file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly)
               ? QString::fromUtf8(opened.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)
               : QStringList();
}

} // namespace

/// `dataset`, what takes its file, and `predict`, of the real program with a small model by formula.
class TestDatasetCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void refuses_data();
    void refuses();
    void tellsProblemsAndFixesThem();
    void undoesSteps();
    void evaluatesPartsAndCrops();
    void tellsUnusualPicturesAndComparesModels();
    void explainsCrops();
    void trainsOnIt();
    void predicts();
    void sortsWithoutReplacing();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void addPicture(const QString& name, int kind) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QVERIFY(drawnPicture(kind).save(path(name)));
    }
    void write(const QString& name, const QByteArray& content) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }
    CliResult run(const QStringList& arguments) const { return runCli(arguments); }
    /// Of birds/, with what is asked for besides, written to x.ocellus-dataset.
    CliResult dataset(const QStringList& more = {}) const
    {
        return run(QStringList{"dataset", path("birds"), "--out", path("x.ocellus-dataset"), "--json"} + more);
    }
    QString model() const { return m_models.filePath("model.safetensors"); }

    QTemporaryDir m_models;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDatasetCommand::initTestCase()
{
    const std::string listed = QJsonDocument(QJsonArray::fromStringList(names)).toJson().toStdString();
    writeFormulaCheckpoint(model().toStdString(), smallConfig(static_cast<int>(names.size())),
                           {{"class_names", listed}, {"image_size", "fixed:64"}});
}

void TestDatasetCommand::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    int kind = 0;
    for (const QString& name : names)
        for (int i = 0; i < 6; ++i)
            addPicture(QStringLiteral("birds/%1/%2%3.png").arg(name, name.toLower()).arg(i), ++kind);
}

void TestDatasetCommand::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("no source") << QStringList{"dataset"} << "sources is required";
    QTest::newRow("no such folder") << QStringList{"dataset", "nowhere"} << "no such folder or table";
    QTest::newRow("unknown problem") << QStringList{"dataset", ".", "--fix", "rain"} << "across_split";
    QTest::newRow("unknown group") << QStringList{"dataset", "BIRDS", "--split", "0.3", "--group", "moon"}
                                   << "stem, folder";
    QTest::newRow("column that is not there")
        << QStringList{"dataset", "BIRDS", "--split", "0.3", "--group", "column:ring"} << "it has none";
    QTest::newRow("test without val") << QStringList{"dataset", "BIRDS", "--test", "0.3"} << "expected --split";
    QTest::newRow("another ending") << QStringList{"dataset", "BIRDS", "--out", "x.json"} << ".ocellus-dataset";
    QTest::newRow("crop without boxes") << QStringList{"dataset", "BIRDS", "--crop"} << "expected boxes, got none";
    QTest::newRow("merge of nothing") << QStringList{"dataset", "BIRDS", "--merge", "Duck"} << "OLD=NEW";
    QTest::newRow("merge of none") << QStringList{"dataset", "BIRDS", "--merge", "Heron=Duck"} << "Heron";
    QTest::newRow("evaluate without data")
        << QStringList{"evaluate", "--checkpoint", "m", "--out", "o"} << "expected --data or --dataset, got neither";
    QTest::newRow("part without data set")
        << QStringList{"evaluate", "--checkpoint", "m", "--out", "o", "--data", "d", "--subset", "val"} << "--dataset";
    QTest::newRow("no data set") << QStringList{"evaluate", "--checkpoint", "m", "--out", "o", "--dataset", "d"}
                                 << "no such data set";
    QTest::newRow("split of a data set") << QStringList{"train", "--dataset", "d", "--out", "o", "--val-share", "0.2"}
                                         << "its own split";
    QTest::newRow("predict nothing") << QStringList{"predict", "--checkpoint", "m", "--out", "o"} << "got neither";
    QTest::newRow("dry run of nothing") << QStringList{"predict", "--checkpoint", "m", "--out",
                                                       "o",       "--image",      "a", "--dry-run"}
                                        << "--sort-into";
}

void TestDatasetCommand::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(const QString, says);
    arguments.replaceInStrings("BIRDS", path("birds"));
    const CliResult result = run(arguments);
    QVERIFY(result.exitCode != 0);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors[0].contains(says), qPrintable(result.errors[0]));
}

void TestDatasetCommand::tellsProblemsAndFixesThem()
{
    write("birds/Owl/broken.jpg", "\xff\xd8\xff");
    QVERIFY(QFile::copy(path("birds/Gull/gull1.png"), path("birds/Gull/copy of it.png")));
    const auto kinds = [](const CliResult& result) {
        QStringList list;
        for (const QJsonValue& problem : objectOf(result.out)["problems"].toArray())
            list << problem["kind"].toString();
        return list;
    };
    CliResult result = dataset();
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(kinds(result), QStringList({"unreadable", "same_content", "few_pictures"}));
    QCOMPARE(objectOf(result.out)["pictures"].toInt(), 20);
    result = dataset({"--fix", "unreadable,same_content", "--split", "0.34"});
    QCOMPARE(kinds(result), QStringList("few_pictures"));
    QCOMPARE(objectOf(result.out)["excluded"].toInt(), 2);
    for (const QJsonValue& one : objectOf(result.out)["classes"].toArray()) {
        QCOMPARE(one["val"].toInt(), 2);
        QCOMPARE(one["train"].toInt(), 4);
    }
    const CliResult text = run({"dataset", path("x.ocellus-dataset")});
    QVERIFY2(text.out.contains("class\tDuck\t6\t4\t2\t0\n"), qPrintable(text.out));
    QVERIFY(text.out.contains("step\tExclude 1 picture: unreadable\n"));
}

void TestDatasetCommand::undoesSteps()
{
    QCOMPARE(dataset({"--merge", "003.owl=gull", "--split", "0.34"}).exitCode, 0);
    const CliResult result = run({"dataset", path("x.ocellus-dataset"), "--undo", "2", "--json"});
    QCOMPARE(objectOf(result.out)["classes"].toArray().size(), 3);
    QVERIFY(objectOf(result.out)["steps"].toArray().isEmpty());
}

void TestDatasetCommand::evaluatesPartsAndCrops()
{
    QCOMPARE(dataset({"--split", "0.34"}).exitCode, 0);
    const QStringList evaluate{"evaluate", "--checkpoint", model(),    "--dataset", path("x.ocellus-dataset"),
                               "--json",   "--out",        path("out")};
    QCOMPARE(objectOf(run(evaluate).out)["n"].toInt(), 6);
    const CliResult all = run(evaluate + QStringList{"--subset", "all"});
    QCOMPARE(objectOf(all.out)["n"].toInt(), 18);
    const CliResult folder =
        run({"evaluate", "--checkpoint", model(), "--data", path("birds"), "--json", "--out", path("out")});
    QCOMPARE(objectOf(all.out)["loss"], objectOf(folder.out)["loss"]);

    write("boxes.csv", "file,x,y,width,height\nDuck/duck0.png,10,10,30,30\n");
    QCOMPARE(dataset({"--split", "0.34", "--boxes", path("boxes.csv"), "--crop", "--margin", "0"}).exitCode, 0);
    const QJsonObject cropped = objectOf(run(evaluate + QStringList{"--subset", "all"}).out);
    QVERIFY(cropped["loss"] != objectOf(folder.out)["loss"]);
    QCOMPARE(cropped["dataset"]["crop"].toString(), QString("boxes, 0 % margin"));
    // The same picture cut out by hand.
    QVERIFY(drawnPicture(1).copy(10, 10, 30, 30).save(path("birds/Duck/duck0.png")));
    const CliResult byHand =
        run({"evaluate", "--checkpoint", model(), "--data", path("birds"), "--json", "--out", path("out")});
    QCOMPARE(cropped["loss"], objectOf(byHand.out)["loss"]);
}

void TestDatasetCommand::tellsUnusualPicturesAndComparesModels()
{
    int kind = 50;
    for (const QString& name : names)
        for (int i = 10; i < 25; ++i)
            addPicture(QStringLiteral("birds/%1/%2.png").arg(name).arg(i), ++kind);
    for (int i = 0; i < 5; ++i)
        addPicture(QStringLiteral("odd/%1.png").arg(i), 200 + i);
    const CliResult result = run({"evaluate", "--checkpoint", model(), "--data", path("birds"), "--unusual",
                                  path("odd"), "--against", model(), "--json", "--out", path("out")});
    QCOMPARE(result.exitCode, 0);
    const QJsonObject told = objectOf(result.out);
    QCOMPARE(told["macro_average"]["classes"].toInt(), 3);
    QCOMPARE(told["calibration"]["fitted_on"].toInt(), 31);
    QCOMPARE(told["none_of_these"]["unusual"].toInt(), 5);
    QCOMPARE(told["none_of_these"]["scores"].toArray().size(), 4);
    QCOMPARE(told["against"]["mcnemar_p"].toDouble(), 1.0);
    QCOMPARE(told["against"]["named_differently"].toInt(), 0);
    QCOMPARE(linesOf(path("out/changed.csv")).size(), 1);
    QCOMPARE(linesOf(path("out/against/pictures.csv")), linesOf(path("out/pictures.csv")));
    QCOMPARE(linesOf(path("out/reliability.csv")).size(), 31);
    QCOMPARE(linesOf(path("out/coverage.csv")).size(), 41);
}

void TestDatasetCommand::explainsCrops()
{
    write("boxes.csv", "file,x,y,width,height\nDuck/duck0.png,10,10,30,30\n");
    QCOMPARE(dataset({"--boxes", path("boxes.csv"), "--crop", "--split", "0.34"}).exitCode, 0);
    const CliResult result = run({"explain", "--checkpoint", model(), "--dataset", path("x.ocellus-dataset"),
                                  "--subset", "all", "--query", "top:1", "--out", path("out")});
    QCOMPARE(result.exitCode, 0);
    QVERIFY(QFile::exists(path("out/Duck/duck0.npz")));
    QCOMPARE(result.out.count('\n'), 18);
}

void TestDatasetCommand::trainsOnIt()
{
    const QStringList train{"train",
                            "--dataset",
                            path("x.ocellus-dataset"),
                            "--out",
                            path("run"),
                            "--backbone-width",
                            "4",
                            "--backbone",
                            "resnet18",
                            "--hidden-dim",
                            "16",
                            "--heads",
                            "2",
                            "--enc-layers",
                            "0",
                            "--dec-layers",
                            "1",
                            "--ff",
                            "16",
                            "--epochs",
                            "1",
                            "--image-size",
                            "fixed:64",
                            "--augmentation",
                            "none",
                            "--threads",
                            "1"};
    QCOMPARE(dataset().exitCode, 0);
    QVERIFY(run(train).errors.join(' ').contains("--split 0.2"));
    write("boxes.csv", "file,x,y,width,height\nDuck/duck0.png,10,10,30,30\n");
    QCOMPARE(dataset({"--split", "0.34", "--boxes", path("boxes.csv"), "--crop"}).exitCode, 0);
    const CliResult result = run(train);
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
    const QStringList split = linesOf(path("run/split.csv"));
    QCOMPARE(split.size(), 19);
    QCOMPARE(split.filter(",val").size(), 6);
    const CliResult judged = run({"evaluate", "--checkpoint", path("run/best.safetensors"), "--dataset",
                                  path("x.ocellus-dataset"), "--json", "--out", path("out")});
    QCOMPARE(objectOf(judged.out)["n"].toInt(), 6);
    QVERIFY(run({"inspect", path("run/best.safetensors"), "--json"}).exitCode == 0);
}

void TestDatasetCommand::predicts()
{
    addPicture("new/a, b.png", 60);
    addPicture("new/sub/c.png", 61);
    write("new/broken.jpg", "\xff\xd8\xff");
    const CliResult result =
        run({"predict", "--checkpoint", model(), "--images", path("new"), "--out", path("table.csv")});
    QCOMPARE(result.exitCode, 1); // one cannot be read
    const QStringList lines = linesOf(path("table.csv"));
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].startsWith("associatedMedia,scientificName,"), qPrintable(lines[0]));
    QVERIFY2(lines[1].startsWith("\"a, b.png\",") && lines[1].contains(",unverified,"), qPrintable(lines[1]));
    QVERIFY(result.errors.join(' ').contains("broken.jpg"));
    QVERIFY(result.errors.join(' ').contains("nothing tells which pictures are unusual"));
    QCOMPARE(run({"predict", "--checkpoint", model(), "--images", path("new"), "--out", path("table.csv")}).exitCode,
             2);
}

void TestDatasetCommand::sortsWithoutReplacing()
{
    addPicture("new/a.png", 60);
    addPicture("new/sub/a.png", 60);
    write("evaluation.json", "{\"none_of_these\": {\"score\": \"max_logit\", \"threshold\": -1e9}}");
    const QStringList predict{"predict",     "--checkpoint", model(),           "--images",     path("new"),
                              "--replace",   "--out",        path("table.csv"), "--evaluation", path("evaluation.json"),
                              "--sort-into", path("sorted")};
    const CliResult dry = run(predict + QStringList{"--dry-run"});
    QCOMPARE(dry.exitCode, 0);
    QVERIFY2(dry.out.contains("link\t" + path("new/a.png") + "\t" + path("sorted/unusual/a.png")), qPrintable(dry.out));
    QVERIFY(!QFile::exists(path("sorted")));
    QCOMPARE(run(predict).exitCode, 0);
    QCOMPARE(QFileInfo(path("sorted/unusual/a.png")).symLinkTarget(), path("new/a.png"));
    QVERIFY(QFileInfo(path("sorted/unusual/a_2.png")).isSymLink());
    QCOMPARE(run(predict + QStringList{"--copy"}).exitCode, 0);
    QVERIFY(!QFileInfo(path("sorted/unusual/a_3.png")).isSymLink() && QFile::exists(path("sorted/unusual/a_4.png")));
    QCOMPARE(run({"predict", "--checkpoint", model(), "--images", path("new"), "--replace", "--out", path("table.csv"),
                  "--sort-into", path("new/sorted")})
                 .exitCode,
             0);
    QCOMPARE(run({"predict", "--checkpoint", model(), "--images", path("new"), "--replace", "--out", path("table.csv"),
                  "--sort-into", path("new")})
                 .exitCode,
             2);
}

QTEST_GUILESS_MAIN(TestDatasetCommand)
#include "test_dataset_command.moc"
