// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <csignal>
#include <filesystem>
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

constexpr int heads = 4;
const QStringList names = {"Duck", "Gull", "Owl", "Robin", "Tern", "Wren"};

QImage drawnPicture(int kind)
{
    QImage picture(90, 70, QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixel(x, y, qRgb((x * (kind + 2)) % 256, (y * 3 + kind * 40) % 256, (x * y * kind) % 256));
    return picture;
}

/// As the fields hold no quotation marks here.
QList<QStringList> csvRows(const QString& file)
{
    QFile csv(file);
    QList<QStringList> rows;
    if (csv.open(QIODevice::ReadOnly))
        for (const QString& line : QString::fromUtf8(csv.readAll()).split('\n', Qt::SkipEmptyParts))
            rows << line.split(',');
    return rows;
}

QJsonObject objectOf(const QString& text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

} // namespace

/// `evaluate` of the real program with a small model whose weights are a formula's.
class TestEvaluate : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void refuses_data();
    void refuses();
    void refusesMapsOfClassifiers();
    void leavesOutWhatCannotBeRead();
    void writesNothingWithoutPictures();
    void goesOnAfterAStop();
    void agreesWithLogits();
    void countsClassifiers();
    void takesFoldersInOrder();
    void followsLinksAndNamesWhatItSkips();
    void refusesOrderThatNamesContradict();
    void matchesNumbersOfFolders();
    void countsOnlyTheSplit();
    void refusesPointsAtAnotherScale();
    void saysThatNothingWasCounted();
    void pointsAtParts();
    void saysWhetherHeadsKeepToAPart();
    void pointsAtMarks_data();
    void pointsAtMarks();
    void energiesGoIntoACheckpoint();
    void energiesAreRefused_data();
    void energiesAreRefused();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString out(const QString& name = {}) const { return m_out->filePath(name); }
    void write(const QString& name, const QByteArray& content) const;
    void addPicture(const QString& name, int kind) const;
    CliResult evaluate(const QStringList& more = {}, const QString& data = "val",
                       const QString& model = "model.safetensors") const;
    /// Puts the pictures of `val` into `named`, each in the folder of the class that the model takes it for.
    void sortByPrediction() const;

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_out;
};

void TestEvaluate::write(const QString& name, const QByteArray& content) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

void TestEvaluate::addPicture(const QString& name, int kind) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
    QVERIFY(drawnPicture(kind).save(path(name)));
}

void TestEvaluate::initTestCase()
{
    const std::string listed = QJsonDocument(QJsonArray::fromStringList(names)).toJson().toStdString();
    const ModelConfig config = smallConfig(static_cast<int>(names.size()));
    writeFormulaCheckpoint(path("model.safetensors").toStdString(), config,
                           {{"class_names", listed}, {"image_size", "fixed:64"}});
    writeFormulaCheckpoint(path("nameless.safetensors").toStdString(), config, {{"image_size", "fixed:64"}});
    ModelConfig plain = config;
    plain.head = HeadKind::Linear;
    writeFormulaCheckpoint(path("plain.safetensors").toStdString(), plain,
                           {{"class_names", listed}, {"image_size", "fixed:64"}});
    for (int i = 0; i < 8; ++i)
        addPicture(QString("val/%1/%2.png").arg(names[i % 4]).arg(i), i);
    for (const QString& name : names)
        addPicture("six/" + name + "/a.png", 1);
    addPicture("strange/Emu/a.png", 1);
    write("broken/Owl/a.png", "no picture");
    write("parts.csv", "file,part,x,y\nval/Nowhere/1.png,beak,1,1\n");
    write("rings.csv", "species,ring\nDuck,a\nGull,a\nOwl,b\nRobin,b\nTern,b\nWren,b\n");
    write("few_rings.csv", "species,ring\nDuck,a\nGull,a\n");
    sortByPrediction();
}

void TestEvaluate::init()
{
    m_out = std::make_unique<QTemporaryDir>();
}

CliResult TestEvaluate::evaluate(const QStringList& more, const QString& data, const QString& model) const
{
    return runCli(QStringList{"evaluate", "--checkpoint", path(model), "--data", path(data), "--out",
                              m_out ? out() : path("first")} +
                  more);
}

void TestEvaluate::sortByPrediction() const
{
    QCOMPARE(evaluate().exitCode, 0);
    const QList<QStringList> rows = csvRows(path("first/pictures.csv"));
    QCOMPARE(rows.size(), 1 + 8);
    for (const QStringList& row : rows.mid(1)) {
        const QString file = "named/" + row[4] + "/" + QFileInfo(row[0]).fileName();
        QVERIFY(QDir().mkpath(QFileInfo(path(file)).path()));
        QVERIFY(QFile::copy(path("val/" + row[0]), path(file)));
    }
}

void TestEvaluate::refuses_data()
{
    QTest::addColumn<QString>("data");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* data, const QStringList& more, int code, const char* expected) {
        QTest::newRow(name) << data << more << code << expected;
    };
    row("no data", "absent", {}, 1, "absent");
    row("a file", "parts.csv", {}, 1, "expected a folder");
    row("unknown class", "strange", {}, 1, "Emu");
    row("size", "val", {"--image-size", "wide"}, 2, "--image-size");
    row("threads", "val", {"--threads", "0"}, 2, "not in range");
    row("results among pictures", "val", {"--out", path("val/results")}, 2, "outside --data");
    row("masks without groups", "val", {"--masks", path("masks")}, 2, "--masks requires --groups");
    row("groups without masks", "val", {"--groups", path("rings.csv")}, 2, "--groups requires --masks");
    row("table of another count", "val", {"--classes", path("strange")}, 1, "expected 6 classes, got 1");
    row("points of others", "val", {"--points", path("parts.csv")}, 1, "expected points of the pictures");
    row("no points", "val", {"--points", path("absent.csv")}, 1, "no such part points");
    row("no masks", "val", {"--masks", path("absent"), "--groups", path("rings.csv")}, 1, "found none");
    row("no ring", "val", {"--masks", path("val"), "--groups", path("few_rings.csv")}, 1, "got none for Owl");
}

void TestEvaluate::refuses()
{
    QFETCH(QString, data);
    QFETCH(QStringList, more);
    QFETCH(QString, expected);
    QStringList arguments = {"evaluate", "--checkpoint", path("model.safetensors"), "--data", path(data)};
    if (!more.contains("--out"))
        arguments << "--out" << out("results");
    const CliResult result = runCli(arguments + more);
    QTEST(result.exitCode, "exitCode");
    QCOMPARE(result.out, QString());
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors.front().contains(expected), qPrintable(result.errors.front()));
    QVERIFY(!QFile::exists(out("results")) && !QFile::exists(path("val/results")));
}

void TestEvaluate::refusesMapsOfClassifiers()
{
    for (const QStringList& asked : {QStringList{"--points", path("parts.csv")},
                                     QStringList{"--masks", path("val"), "--groups", path("rings.csv")}}) {
        const CliResult result = evaluate(asked, "val", "plain.safetensors");
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.errors.value(0).contains("plain classifier"), qPrintable(result.errors.join('\n')));
    }
}

void TestEvaluate::leavesOutWhatCannotBeRead()
{
    addPicture("partly/Owl/good.png", 2);
    write("partly/Owl/bad.png", "no picture");
    const CliResult result = evaluate({"--json"}, "partly");
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors.front().contains("Owl/bad.png"), qPrintable(result.errors.front()));
    const QJsonObject totals = objectOf(result.out);
    QCOMPARE(totals["n"].toInt(), 1);
    QCOMPARE(totals["left_out"].toArray(), QJsonArray{"Owl/bad.png"});
    QCOMPARE(totals["classes_without_pictures"].toArray().size(), 5);
}

void TestEvaluate::writesNothingWithoutPictures()
{
    const CliResult result = evaluate({}, "broken");
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.last().contains("every one failed"), qPrintable(result.errors.last()));
    QCOMPARE(result.out, QString());
    QCOMPARE(QDir(out()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestEvaluate::goesOnAfterAStop()
{
    QVERIFY(QDir().mkpath(path("many/Owl")));
    for (int i = 0; i < 400; ++i)
        std::filesystem::create_hard_link(path("val/Duck/0.png").toStdString(),
                                          path(QString("many/Owl/%1.png").arg(i)).toStdString());
    QProcess process;
    prepareCli(process, {"evaluate", "--checkpoint", path("model.safetensors"), "--data", path("many"), "--image-size",
                         "fixed:320", "--out", out()});
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(out()).isEmpty(), 60'000);
    QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const CliResult result = finishCli(process);
    QCOMPARE(result.exitCode, 128 + SIGINT);
    QVERIFY2(result.errors.value(0).contains("no result was written"), qPrintable(result.errors.join('\n')));
    QCOMPARE(QDir(out()).entryList(QDir::Files | QDir::Hidden), QStringList{"ledger.csv"});
    const auto done = csvRows(out("ledger.csv")).size() - 1;
    QVERIFY(done < 400);

    const QStringList whole = {"evaluate",  "--checkpoint", path("model.safetensors"),
                               "--data",    path("many"),   "--image-size",
                               "fixed:320", "--json"};
    const CliResult resumed = runCli(whole + QStringList{"--resume", "--out", out()});
    QVERIFY2(done == 0 || resumed.errors.filter(QString("%1 pictures").arg(done)).size() == 1,
             qPrintable(resumed.errors.join('\n')));
    const QString fresh = path("fresh");
    const CliResult atOnce = runCli(whole + QStringList{"--out", fresh});
    QJsonObject totals[] = {QJsonDocument::fromJson(resumed.out.toUtf8()).object(),
                            QJsonDocument::fromJson(atOnce.out.toUtf8()).object()};
    for (QJsonObject& object : totals)
        for (const char* ofThisRun : {"seconds", "pictures_per_second", "calibration", "none_of_these", "notes"})
            object.remove(ofThisRun);
    QCOMPARE(totals[0], totals[1]);
    QCOMPARE(csvRows(out("pictures.csv")), csvRows(fresh + "/pictures.csv"));
    QCOMPARE(csvRows(out("ledger.csv")), csvRows(fresh + "/ledger.csv"));
}

void TestEvaluate::agreesWithLogits()
{
    const CliResult result = evaluate({"--json"});
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.out.count('\n'), 1);
    QTemporaryDir explained;
    QCOMPARE(runCli({"explain", "--checkpoint", path("model.safetensors"), "--images", path("val"), "--query", "0",
                     "--out", explained.path()})
                 .exitCode,
             0);
    double loss = 0;
    int first = 0, withinFive = 0;
    for (int i = 0; i < 8; ++i) {
        const QString base = explained.filePath(QString("%1/%2.npz").arg(names[i % 4]).arg(i));
        const std::vector<double> logits = readNpz(base.toStdString()).at("logits").values;
        const double truth = logits[static_cast<std::size_t>(i % 4)];
        double sum = 0;
        int higher = 0;
        for (const double logit : logits) {
            sum += std::exp(logit - truth);
            higher += logit > truth;
        }
        loss += std::log(sum) / 8;
        first += higher == 0;
        withinFive += higher < 5;
    }
    const QJsonObject totals = objectOf(result.out);
    QCOMPARE(totals["n"].toInt(), 8);
    QCOMPARE(totals["acc@1"].toDouble(), 100.0 * first / 8);
    QCOMPARE(totals["acc@5"].toDouble(), 100.0 * withinFive / 8);
    QVERIFY2(std::abs(totals["loss"].toDouble() - loss) < 1e-6, qPrintable(result.out));
    QCOMPARE(totals["image_size"].toString(), QString("fixed:64"));

    QFile file(out("evaluation.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject everything = objectOf(QString::fromUtf8(file.readAll()));
    QCOMPARE(everything["loss"], totals["loss"]);
    QCOMPARE(everything["sha256"].toString().size(), 64);
    QCOMPARE(everything["classes"].toArray().size(), 4);
    QCOMPARE(csvRows(out("pictures.csv")).size(), 1 + 8);
    QCOMPARE(csvRows(out("classes.csv")).size(), 1 + 4);
    QVERIFY(csvRows(out("confusion.csv")).size() >= 1 + 4);
    QVERIFY(QFile::exists(out("confused_pairs.csv")));
    QVERIFY(!QImage(out("confusion.png")).isNull());
}

void TestEvaluate::countsClassifiers()
{
    const CliResult result = evaluate({"--json"}, "val", "plain.safetensors");
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(objectOf(result.out)["n"].toInt(), 8);
    QVERIFY(objectOf(result.out)["loss"].toDouble() > 0);
}

void TestEvaluate::takesFoldersInOrder()
{
    const CliResult result = evaluate({"--json"}, "six", "nameless.safetensors");
    QVERIFY2(result.errors.value(0).contains("no class names: the folders are its classes in their order"),
             qPrintable(result.errors.join('\n')));
    QCOMPARE(objectOf(result.out)["n"].toInt(), 6);
    QCOMPARE(objectOf(result.out)["folders_matched_by"].toString(), QString("order"));
    QVERIFY(objectOf(result.out)["notes"].toArray().first().toString().contains("no class names"));
    const CliResult fewer = evaluate({}, "val", "nameless.safetensors");
    QCOMPARE(fewer.exitCode, 1);
    QVERIFY2(fewer.errors.value(0).contains("expected 6 folders"), qPrintable(fewer.errors.join('\n')));
}

void TestEvaluate::followsLinksAndNamesWhatItSkips()
{
    addPicture("linked/Owl/a.png", 1);
    for (const char* name : {"linked/Owl/._a.png", "linked/Owl/@eaDir/a.png", "linked/Owl/Thumbs.db",
                             "linked/notes.txt", "linked/.ipynb_checkpoints/a.png"})
        write(name, "no picture");
    QVERIFY(QFile::copy(path("val/Duck/0.png"), path("linked/Owl/original.png?1545")));
    QVERIFY(QFile::copy(path("val/Duck/0.png"), path("linked/Owl/stray")));
    QVERIFY(QFile::copy(path("val/Duck/0.png"), path("linked/outside.png")));
    QVERIFY(QFile::link(path("val/Gull"), path("linked/Gull")));
    const CliResult result = evaluate({"--json"}, "linked");
    QCOMPARE(result.exitCode, 0);
    const QJsonObject totals = objectOf(result.out);
    QCOMPARE(totals["n"].toInt(), 3 + 2);
    const QJsonObject skipped = totals["skipped_files"].toObject();
    QCOMPARE(skipped["hidden"].toObject()["names"].toArray(), QJsonArray{".ipynb_checkpoints/"});
    QCOMPARE(skipped["system"].toObject()["count"].toInt(), 2);
    QCOMPARE(skipped["resource fork of macOS"].toObject()["count"].toInt(), 1);
    QCOMPARE(skipped["no picture"].toObject()["names"].toArray(), QJsonArray{"notes.txt"});
    QCOMPARE(skipped["in no class's folder"].toObject()["names"].toArray(), QJsonArray{"outside.png"});
    QVERIFY2(result.errors.value(0).contains("6 files or folders left out: "), qPrintable(result.errors.join('\n')));

    const CliResult table = evaluate({}, "linked");
    QVERIFY2(table.out.contains("matched\tfolders by name; names in the checkpoint\n"), qPrintable(table.out));
}

void TestEvaluate::refusesOrderThatNamesContradict()
{
    for (const QString& name : names) {
        addPicture("data/train/" + name + "/a.png", 1);
        addPicture("data/val/" + (name == "Duck" ? QString("Mallard") : name) + "/a.png", 1);
    }
    const CliResult renamed = evaluate({}, "data/val", "nameless.safetensors");
    QCOMPARE(renamed.exitCode, 1);
    QVERIFY2(renamed.errors.value(0).contains("Duck of ") && renamed.errors.value(0).contains("is not among them"),
             qPrintable(renamed.errors.join('\n')));
    // The checkpoint's own names contradict the order of another data set's folders.
    const CliResult shifted = evaluate({"--classes", path("data/val")}, "data/train");
    QCOMPARE(shifted.exitCode, 1);
    QVERIFY2(shifted.errors.value(0).contains("\"Gull\" is class 1 of the checkpoint and class 0 of the table"),
             qPrintable(shifted.errors.join('\n')));
}

void TestEvaluate::matchesNumbersOfFolders()
{
    QByteArray json;
    for (int i = 0; i < names.size(); ++i) {
        addPicture(QString("numbers/%1/a.png").arg(i + 1), 1);
        json +=
            (i == 0 ? "{" : ", ") + QByteArray("\"") + QByteArray::number(i + 1) + "\": \"" + names[i].toUtf8() + "\"";
    }
    write("numbers.json", json + "}");
    QCOMPARE(evaluate({}, "numbers").exitCode, 1); // no names of the model's classes
    const CliResult result = evaluate({"--json", "--classes", path("numbers.json")}, "numbers");
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
    QCOMPARE(objectOf(result.out)["folders_matched_by"].toString(), QString("index"));
    QCOMPARE(csvRows(out("pictures.csv"))[6].mid(0, 3), (QStringList{"6/a.png", "5", "Wren"}));
}

void TestEvaluate::countsOnlyTheSplit()
{
    write("split.csv", "picture;split\nval/Duck/0.png;val\nval/Duck/4.png;train\nval/Gull/1.png;val\n");
    const CliResult result = evaluate({"--json", "--split", path("split.csv")});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
    const QJsonObject totals = objectOf(result.out);
    QCOMPARE(totals["n"].toInt(), 2);
    QCOMPARE(totals["skipped_files"].toObject()["not in val by the split"].toObject()["count"].toInt(), 6);
    write("other.csv", "picture,split\nval/Duck/0.png,val\nval/Duck/77.png,val\n");
    const CliResult other = evaluate({"--split", path("other.csv")});
    QVERIFY2(other.errors.value(0).contains("77.png is not among them"), qPrintable(other.errors.join('\n')));
}

void TestEvaluate::refusesPointsAtAnotherScale()
{
    QByteArray csv = "file,part,x,y\n";
    for (int i = 0; i < 8; ++i)
        csv += QString("%1/%2.png,beak,%3,60\n").arg(names[i % 4]).arg(i).arg(100 + i).toUtf8();
    write("large.csv", csv);
    const CliResult result = evaluate({"--points", path("large.csv")});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.value(0).contains("the points of 8 of 8 pictures do not fit: Duck/0.png: expected points "
                                             "within the picture's 90x70 pixels, got beak at (100, 60)"),
             qPrintable(result.errors.join('\n')));
}

void TestEvaluate::saysThatNothingWasCounted()
{
    // All named wrongly: each picture in a folder of a class that the model does not take it for.
    for (const QStringList& row : csvRows(path("first/pictures.csv")).mid(1)) {
        const QString folder = row[4] == "Owl" ? "Gull" : "Owl";
        const QString file = "wrong/" + folder + "/" + QFileInfo(row[0]).fileName();
        QVERIFY(QDir().mkpath(QFileInfo(path(file)).path()));
        QVERIFY(QFile::copy(path("val/" + row[0]), path(file)));
    }
    QByteArray csv = "file,part,x,y\n";
    for (const char* folder : {"Owl", "Gull"})
        for (const QString& name : QDir(path(QString("wrong/") + folder)).entryList(QDir::Files))
            csv += QString("%1/%2,beak,80,60\n").arg(folder, name).toUtf8();
    write("wrong.csv", csv);
    const CliResult result = evaluate({"--json", "--points", path("wrong.csv")}, "wrong");
    QCOMPARE(objectOf(result.out)["acc@1"].toDouble(), 0.0);
    const QString said = result.errors.join('\n');
    QVERIFY2(said.contains("not one picture was named rightly") && said.contains("pointing counted no picture"),
             qPrintable(said));
}

void TestEvaluate::pointsAtParts()
{
    // Every picture is named rightly. A grid of points covers each cell.
    QByteArray csv = "file,part,x,y\n";
    const QList<QStringList> sorted = csvRows(path("first/pictures.csv")).mid(1);
    for (const QStringList& row : sorted) {
        const QByteArray name = ("named/" + row[4] + "/" + QFileInfo(row[0]).fileName()).toUtf8();
        for (int y = 1; y <= 70; y += 13)
            for (int x = 1; x <= 90; x += 14) {
                const QByteArray place = QByteArray::number(x) + "," + QByteArray::number(y) + "\n";
                csv += name + ",grid," + place;
                if (row != sorted.front())
                    csv += name + ",most," + place;
            }
    }
    write("grid.csv", csv);
    const CliResult result = evaluate({"--json", "--points", path("grid.csv")}, "named");
    QCOMPARE(result.errors, QStringList());
    const QJsonObject totals = objectOf(result.out);
    QCOMPARE(totals["acc@1"].toDouble(), 100.0);
    QCOMPARE(totals["pointing"].toArray().size(), 2 * heads);
    const QList<QStringList> rows = csvRows(out("pointing.csv"));
    QCOMPARE(rows.size(), 1 + 2 * 3 * heads);
    for (const QStringList& row : rows.mid(1)) {
        QCOMPARE(row[4].toInt(), row[0] == "most" ? 7 : 8);
        QCOMPARE(row[6].toDouble(), 100.0);
        QCOMPARE(row[9].toDouble(), row[6].toDouble());
        QCOMPARE(row[10].toDouble(), row[6].toDouble());
        QCOMPARE(row[11].toDouble(), row[6].toDouble());
    }
}

void TestEvaluate::saysWhetherHeadsKeepToAPart()
{
    // A part in the middle of every picture.
    QByteArray csv = "file,part,x,y\n";
    const QList<QStringList> sorted = csvRows(path("first/pictures.csv")).mid(1);
    for (const QStringList& row : sorted) {
        const QByteArray name = ("named/" + row[4] + "/" + QFileInfo(row[0]).fileName()).toUtf8();
        csv += name + ",middle,45,35\n";
    }
    write("middle.csv", csv);
    QVERIFY(evaluate({"--stability"}, "named").errors.value(0).contains("--points"));
    const QStringList asked = {"--json", "--points", path("middle.csv"), "--stability"};
    const CliResult result = evaluate(asked, "named");
    QCOMPARE(result.errors, QStringList());
    const QJsonArray rows = objectOf(result.out)["consistency"].toArray();
    QCOMPARE(rows.size(), 1 + heads + 1 + 2);
    const QJsonObject all = rows.first().toObject();
    QCOMPARE(all["map"].toString(), QString("heads"));
    QCOMPARE(all["pictures"].toInt(), 8 * heads);
    QVERIFY(all["stability"].toDouble() >= 0 && all["stability"].toDouble() <= 100);
    const QJsonObject centre = rows.last().toObject();
    QCOMPARE(centre["map"].toString(), QString("centre"));
    QCOMPARE(centre["stability"].toDouble(), 100.0);
    const QList<QStringList> lines = csvRows(out("consistency.csv"));
    QCOMPARE(lines.size(), 1 + all["consistency"].toObject()["n"].toInt() / heads * (2 * heads + 2));
    QCOMPARE(lines.last()[3], QString("middle"));

    const QJsonArray again = objectOf(evaluate(asked, "named").out)["consistency"].toArray();
    QCOMPARE(again, rows);
    QCOMPARE(evaluate({}, "named").exitCode, 0);
    QVERIFY(!QFile::exists(out("consistency.csv")) && !QFile::exists(out("consistency.json")));
}

void TestEvaluate::pointsAtMarks_data()
{
    QTest::addColumn<int>("value");
    QTest::newRow("0 and 255") << 255;
    QTest::newRow("labels of 0 and 1") << 1;
}

void TestEvaluate::pointsAtMarks()
{
    QFETCH(int, value);
    // Masks of all but a pixel, on which no cell's centre lies, for five pictures, black ones for two, none for the
    // last.
    const QList<QStringList> sorted = csvRows(path("first/pictures.csv")).mid(1);
    for (int i = 0; i < 7; ++i) {
        const QString mask = path("masks/" + sorted[i][4] + "/" + QFileInfo(sorted[i][0]).fileName());
        QImage drawn(90, 70, QImage::Format_Grayscale8);
        drawn.fill(i < 5 ? value : 0);
        drawn.scanLine(0)[1] = 0;
        QVERIFY(QDir().mkpath(QFileInfo(mask).path()) && drawn.save(mask));
    }
    const QStringList asked = {"--json", "--masks", path("masks"), "--groups", path("rings.csv")};
    const CliResult result = evaluate(asked, "named");
    QCOMPARE(result.errors, QStringList());
    const QJsonArray rows = objectOf(result.out)["pointing"].toArray();
    QCOMPARE(rows.size(), 2 * (2 + heads));
    QCOMPARE(rows[0].toObject()["heads"].toString(), QString("any of best 3"));
    QCOMPARE(rows[0].toObject()["limit"].toString(), QString("ring"));
    for (const QJsonValue& row : rows) {
        QCOMPARE(row["n"].toInt(), 5);
        QCOMPARE(row["share"].toDouble(), 100.0);
        QCOMPARE(row["chance"].toDouble(), 100.0);
        QCOMPARE(row["central"].toDouble(), 100.0);
        for (const char* inside : {"inside", "lift", "central_lift"})
            QCOMPARE(row.toObject().contains(inside), row["mark"].toString() == "mark");
    }
    QVERIFY(QFile::exists(out("pointing.json")) && QFile::exists(out("pointing.csv")));

    const QString last = path("masks/" + sorted[7][4] + "/" + QFileInfo(sorted[7][0]).fileName());
    QVERIFY(QImage(10, 10, QImage::Format_Grayscale8).save(last));
    const CliResult small = evaluate(asked, "named");
    QVERIFY(QFile::remove(last));
    QCOMPARE(small.exitCode, 1);
    QVERIFY2(small.errors.value(0).contains("90x70 pixels, got 10x10"), qPrintable(small.errors.join('\n')));
}

void TestEvaluate::energiesGoIntoACheckpoint()
{
    QVERIFY(QDir().mkpath(path("twentyfour/Owl")));
    for (int i = 0; i < 24; ++i)
        QVERIFY(QFile::copy(path(QString("val/%1/%2.png").arg(names[i % 4]).arg(i % 8)),
                            path(QString("twentyfour/Owl/%1.png").arg(i))));
    QCOMPARE(evaluate({}, "twentyfour").exitCode, 0);
    const QString file = out("with.safetensors");
    const CliResult converted =
        runCli({"convert", path("model.safetensors"), "--out", file, "--energies", out("evaluation.json")});
    QCOMPARE(converted.errors, QStringList());
    const CliResult inspected = runCli({"inspect", file});
    QVERIFY(!inspected.out.contains("energies")); // nothing to be read by people
    QCOMPARE(
        runCli({"explain", "--checkpoint", file, "--images", path("val"), "--query", "0", "--out", out("explained")})
            .errors,
        QStringList());
    for (const QStringList& row : csvRows(out("explained/summary.csv")).mid(1)) {
        const double percent = row.value(7).toDouble();
        QVERIFY2(!row.value(7).isEmpty() && percent >= 0 && percent <= 100, qPrintable(row.join(',')));
    }
}

void TestEvaluate::energiesAreRefused_data()
{
    QTest::addColumn<QByteArray>("evaluation");
    QTest::newRow("no JSON") << QByteArray("energies");
    QTest::newRow("none") << QByteArray("{}");
    QTest::newRow("no list") << QByteArray("{\"validation_energies\": 4}");
    QTest::newRow("too few") << QByteArray("{\"validation_energies\": [1, 2]}");
}

void TestEvaluate::energiesAreRefused()
{
    QFETCH(const QByteArray, evaluation);
    write("evaluation.json", evaluation);
    const CliResult result = runCli(
        {"convert", path("model.safetensors"), "--out", out("n.safetensors"), "--energies", path("evaluation.json")});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.value(0).contains("expected the energies of 20 pictures"),
             qPrintable(result.errors.join(' ')));
    QVERIFY(!QFile::exists(out("n.safetensors")));
}

QTEST_APPLESS_MAIN(TestEvaluate)
#include "test_evaluate.moc"
