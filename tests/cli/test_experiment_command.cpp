// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <memory>

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"
#include "tests/cli/experiment_files.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;

namespace {

const QStringList names = {"Duck", "Gull", "Owl", "Wren"};
constexpr int columns = 33;

QJsonObject objectOf(const QString& text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

} // namespace

/// `edit-experiment` of the real program with a small model whose weights are a formula's.
class TestExperimentCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void refuses_data();
    void refuses();
    void measuresFolders();
    void takesItsOwnRecipe();
    void takesMasksBesidePictures();
    void takesAttention();
    void followsLinksAndNamesWhatItSkips();
    void reportsWhatFails();
    void endsWithoutAnyEdit();
    void drawsPictures();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString out(const QString& name = {}) const { return m_out->filePath(name); }
    void write(const QString& name, const QByteArray& content) const;
    void addPicture(const QString& name, int kind) const;
    QStringList command(const QStringList& more) const
    {
        return QStringList{"edit-experiment", "--checkpoint", path("model.safetensors")} + more;
    }
    CliResult run(const QStringList& more) const { return runCli(command(more) + QStringList{"--out", out()}); }
    /// The points' owls and ducks have a beak.
    QStringList beaks(const QStringList& more = {}) const
    {
        return QStringList{"--points", path("parts.csv"), "--part", "beak", "--radius", "9px"} + more;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_out;
};

void TestExperimentCommand::write(const QString& name, const QByteArray& content) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

void TestExperimentCommand::addPicture(const QString& name, int kind) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
    QVERIFY(experimentPicture(kind).save(path(name)));
}

void TestExperimentCommand::initTestCase()
{
    const std::string listed = QJsonDocument(QJsonArray::fromStringList(names)).toJson().toStdString();
    ModelConfig config = smallConfig(static_cast<int>(names.size()));
    config.backboneWidth = 16;
    writeFormulaCheckpoint(path("model.safetensors").toStdString(), config,
                           {{"class_names", listed}, {"image_size", "fixed:64"}});
    QByteArray points = "file,part,x,y\n";
    for (int i = 0; i < 8; ++i) {
        addPicture(QString("val/%1/%2.png").arg(names[i % 4]).arg(i), i);
        if (i % 4 != 1)
            points += QString("val/%1/%2.png,beak,40,30\n").arg(names[i % 4]).arg(i).toUtf8();
    }
    write("parts.csv", points);
    addPicture("flat/owl.png", 1);
    addPicture("flat/gull.png", 2);
    QVERIFY(experimentMask(30).save(path("flat/owl.mask.png")));
    addPicture("partly/Owl/2.png", 2);
    write("partly/Owl/bad.png", "no picture");
    write("recipe.json", "{}");
}

void TestExperimentCommand::init()
{
    m_out = std::make_unique<QTemporaryDir>();
}

void TestExperimentCommand::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QStringList& arguments, int code, const char* expected) {
        QTest::newRow(name) << arguments << code << expected;
    };
    const QStringList fill{"--operation", "mean-fill"};
    const QStringList data{"--data", path("val")};
    row("no pictures", beaks(fill), 2, "--image, --images, --data and --dataset, got none");
    row("two sources", data + QStringList{"--images", path("val")} + beaks(fill), 2, "got several");
    row("absent folder", QStringList{"--images", path("absent")} + beaks(fill), 1, "absent");
    row("results among pictures", data + beaks(fill) + QStringList{"--out", path("val/results")}, 2, "outside");
    row("no operation", data + beaks(), 2, "--recipe or --operation, got neither");
    row("no region", data + fill, 2, "got none");
    row("two regions", data + beaks(fill) + QStringList{"--masks", path("flat")}, 2, "got several");
    row("part without points", data + fill + QStringList{"--part", "beak"}, 2, "requires");
    row("recipe and options", data + fill + QStringList{"--recipe", path("recipe.json")}, 2, "excludes");
    row("empty recipe", data + QStringList{"--recipe", path("recipe.json")}, 1, "\"region\"");
    row("absent recipe", data + QStringList{"--recipe", path("absent.json")}, 1, "absent.json");
    row("unknown part", data + fill + QStringList{"--points", path("parts.csv"), "--part", "horn"}, 1, "got \"horn\"");
    row("absent points", data + fill + QStringList{"--points", path("absent.csv"), "--part", "beak"}, 1, "absent.csv");
    row("radius", data + fill + QStringList{"--points", path("parts.csv"), "--part", "beak", "--radius", "wide"}, 2,
        "--radius");
    row("radius beyond the side",
        data + fill + QStringList{"--points", path("parts.csv"), "--part", "beak", "--radius", "1.5"}, 2, "a radius");
    row("head", data + fill + QStringList{"--attention-head", "best"}, 2, "--attention-head");
    row("share", data + fill + QStringList{"--attention-head", "1", "--attention-share", "2"}, 2, "a share");
    row("class", data + fill + QStringList{"--attention-head", "1", "--attention-of", "mine"}, 2, "--attention-of");
    row("operation", data + beaks({"--operation", "melt"}), 2, "got \"melt\"");
    row("whole picture", data + beaks({"--operation", "rotate"}), 2, "on a mask");
    row("parameter", data + beaks(fill) + QStringList{"--parameter", "radius=3"}, 2, "radius=3");
    row("controls", data + beaks(fill) + QStringList{"--controls", "1001"}, 2, "not in range");
    row("where controls lie", data + beaks(fill) + QStringList{"--on", "moon"}, 2, "moon");
}

void TestExperimentCommand::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, expected);
    if (!arguments.contains("--out"))
        arguments << "--out" << out("results");
    const CliResult result = runCli(command(arguments));
    QTEST(result.exitCode, "exitCode");
    QCOMPARE(result.out, QString());
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors.front().contains(expected), qPrintable(result.errors.front()));
    QVERIFY(!QFile::exists(out("results")) && !QFile::exists(path("val/results")));
}

void TestExperimentCommand::measuresFolders()
{
    const CliResult result = run(beaks({"--data", path("val"), "--operation", "blur", "--parameter", "deviation=4",
                                        "--controls", "3", "--on", "anywhere", "--json"}));
    QCOMPARE(result.errors, QStringList());
    QCOMPARE(result.exitCode, 0);
    const QList<QStringList> rows = experimentRows(out("pictures.csv"));
    QCOMPARE(rows.size(), 1 + 8);
    const auto field = [&](const QStringList& row, const char* name) { return row[rows[0].indexOf(name)]; };
    int flips = 0;
    double change = 0;
    for (const QStringList& row : rows.mid(1)) {
        QCOMPARE(row.size(), columns);
        const bool isGull = row[0].startsWith("Gull");
        QCOMPARE(field(row, "status"), QString(isGull ? "skipped" : "edited"));
        if (isGull)
            continue;
        QCOMPARE(field(row, "true_name"), row[0].section('/', 0, 0));
        QCOMPARE(field(row, "controls").toInt(), 3);
        QVERIFY(field(row, "p_logit").toDouble() >= 0.25 && field(row, "p_logit").toDouble() <= 1);
        QCOMPARE(field(row, "flipped").toInt(), int(field(row, "predicted") != field(row, "predicted_after")));
        flips += field(row, "flipped").toInt();
        change += (field(row, "logit_after").toDouble() - field(row, "logit_before").toDouble()) / 6;
    }
    const QJsonObject summary = objectOf(result.out);
    QCOMPARE(summary["pictures"].toInt(), 8);
    QCOMPARE(summary["edited"].toInt(), 6);
    QCOMPARE(summary["skipped"].toObject()["it has no part points"].toInt(), 2);
    QCOMPARE(summary["flips"].toInt(), flips);
    const QJsonObject logit = summary["changes"].toObject()["logit"].toObject();
    QVERIFY(std::abs(logit["edit"].toObject()["mean"].toDouble() - change) < 1e-4);
    QCOMPARE(logit["difference"].toObject()["n"].toInt(), 6);
    QFile file(out("summary.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(objectOf(QString::fromUtf8(file.readAll())), summary);
    QVERIFY(QFile::exists(out("summary.md")));
    QVERIFY(!QImage(out("sheet-1.png")).isNull() && !QFile::exists(out("sheet-2.png")));
}

void TestExperimentCommand::takesItsOwnRecipe()
{
    const QStringList data{"--data", path("val"), "--controls", "2"};
    QCOMPARE(run(data + beaks({"--operation", "noise", "--feather", "2", "--threads", "1"})).exitCode, 0);
    const QList<QStringList> first = experimentRows(out("pictures.csv"));
    QVERIFY(QFile::copy(out("recipe.json"), path("own.json")));
    QCOMPARE(run(data + QStringList{"--recipe", path("own.json"), "--threads", "1", "--sheets", "0"}).exitCode, 0);
    QCOMPARE(experimentRows(out("pictures.csv")), first);
    QVERIFY(!QFile::exists(out("sheet-1.png"))); // the earlier run's would pass for this one's
}

void TestExperimentCommand::takesMasksBesidePictures()
{
    const QStringList inpaint{"--masks", path("flat"), "--operation", "inpaint", "--json"};
    const CliResult result = run(QStringList{"--images", path("flat")} + inpaint);
    QCOMPARE(result.exitCode, 0);
    const QJsonObject summary = objectOf(result.out);
    QCOMPARE(summary["pictures"].toInt(), 2);
    QCOMPARE(summary["edited"].toInt(), 1);
    QCOMPARE(summary["with_true_class"].toInt(), 0);
    const CliResult single = run(QStringList{"--image", path("flat/owl.png")} + inpaint);
    QCOMPARE(objectOf(single.out)["changes"], summary["changes"]);
}

void TestExperimentCommand::takesAttention()
{
    const CliResult result = run({"--data", path("val"), "--attention-head", "mean", "--attention-of", "true",
                                  "--attention-share", "0.3", "--operation", "mean-fill", "--json"});
    QCOMPARE(result.errors, QStringList());
    const QJsonObject summary = objectOf(result.out);
    QCOMPARE(summary["edited"].toInt(), 8);
    QCOMPARE(summary["with_true_class"].toInt(), 8);
    QVERIFY(summary["mean_selected_share"].toDouble() > 0 && summary["mean_selected_share"].toDouble() < 1);
}

void TestExperimentCommand::followsLinksAndNamesWhatItSkips()
{
    QVERIFY(QDir().mkpath(path("linked/Owl")));
    QVERIFY(QFile::copy(path("val/Duck/0.png"), path("linked/Owl/original.png?7")));
    QVERIFY(QFile::copy(path("val/Duck/0.png"), path("linked/Owl/._a.png")));
    QVERIFY(QFile::link(path("val/Gull"), path("linked/Gull")));
    const QStringList blur{"--attention-head", "1", "--operation", "blur", "--json"};
    for (const char* kind : {"--data", "--images"}) {
        const CliResult result = run(QStringList{kind, path("linked")} + blur);
        const QJsonObject summary = objectOf(result.out);
        QCOMPARE(summary["edited"].toInt(), 1 + QDir(path("val/Gull")).entryList(QDir::Files).size());
        QCOMPARE(summary["skipped_files"].toObject()["resource fork of macOS"].toObject()["count"].toInt(), 1);
        QCOMPARE(summary["folders_matched_by"].toString(), QString(kind == QString("--data") ? "name" : ""));
        QVERIFY2(result.errors.value(0).contains("1 file or folder left out"), qPrintable(result.errors.join('\n')));
    }
}

void TestExperimentCommand::reportsWhatFails()
{
    const CliResult result = run({"--data", path("partly"), "--attention-head", "1", "--operation", "blur"});
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors.front().contains("bad.png"), qPrintable(result.errors.front()));
    const QList<QStringList> rows = experimentRows(out("pictures.csv"));
    QCOMPARE(rows.size(), 1 + 2);
    QCOMPARE(rows[1][1], QString("edited"));
    QCOMPARE(rows[2][1], QString("failed"));
    QVERIFY(rows[2][2].contains("bad.png"));
}

void TestExperimentCommand::endsWithoutAnyEdit()
{
    const CliResult result = run({"--image", path("flat/gull.png"), "--masks", path("flat"), "--operation", "blur"});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.value(0).contains("no picture was edited"), qPrintable(result.errors.join('\n')));
    QCOMPARE(experimentRows(out("pictures.csv")).value(1).value(2), QString("it has no mask"));
    QVERIFY(!QFile::exists(out("sheet-1.png")));
}

void TestExperimentCommand::drawsPictures()
{
    const QStringList few{"--data", path("val"),   "--attention-head", "1",          "--operation",
                          "blur",   "--parameter", "deviation=1",      "--pictures", "3"};
    QCOMPARE(run(few).exitCode, 0);
    const QList<QStringList> first = experimentRows(out("pictures.csv"));
    QCOMPARE(first.size(), 1 + 3);
    QCOMPARE(run(few).exitCode, 0);
    QCOMPARE(experimentRows(out("pictures.csv")), first);
    QCOMPARE(run(few + QStringList{"--seed", "5"}).exitCode, 0);
    QVERIFY(experimentRows(out("pictures.csv")) != first);
}

QTEST_APPLESS_MAIN(TestExperimentCommand)
#include "test_experiment_command.moc"
