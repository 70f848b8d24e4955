// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <csignal>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>

#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"
#include "tests/cli/experiment_files.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;

namespace {

QByteArray content(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void setContent(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

/// What a run has written, but for the ledger.
QMap<QString, QByteArray> results(const QString& folder)
{
    QMap<QString, QByteArray> files;
    for (const QString& name : QDir(folder).entryList(QDir::Files))
        if (name != "ledger.jsonl")
            files[name] = content(folder + '/' + name);
    return files;
}

/// Five pictures, of which one has no mask and one a name that is no text.
void writePictures(const QString& folder)
{
    QVERIFY(QDir().mkpath(folder));
    for (const char* name : {"a", "b", "c", "d"}) {
        QVERIFY(experimentPicture(*name - 'a').save(QString("%1/%2.png").arg(folder).arg(name)));
        if (*name != 'c')
            QVERIFY(experimentMask(30).save(QString("%1/%2.mask.png").arg(folder).arg(name)));
    }
    for (const char* ending : {".png", ".mask.png"})
        std::filesystem::copy_file((folder + "/d" + ending).toStdString(),
                                   (folder + "/e").toStdString() + "\xff" + ending);
}

/// What happens between a run and the one that goes on: in the folder of the pictures, and in the ledger.
using Change = std::function<void(const QString& pictures, const QString& ledger)>;

/// A change to the ledger's lines, each with its end.
Change inLines(const std::function<void(QList<QByteArray>&)>& change)
{
    return [change](const QString&, const QString& ledger) {
        QList<QByteArray> lines = content(ledger).split('\n');
        lines.removeLast();
        for (QByteArray& line : lines)
            line += '\n';
        change(lines);
        setContent(ledger, lines.join());
    };
}

} // namespace

/// `edit-experiment --resume` of the real program: what it keeps of an earlier run, and that it ends as if there had
/// been none.
class TestExperimentResume : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void goesOn_data();
    void goesOn();
    void triesAgainWhatFailed();
    void mendsItsLedger();
    void goesOnAfterAStop();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString out(const QString& name = {}) const { return m_out->filePath(name); }
    CliResult run(const QStringList& more, const QString& into) const;
    QStringList many(const QString& into) const
    {
        return {"edit-experiment",
                "--checkpoint",
                path("model.safetensors"),
                "--data",
                path("many"),
                "--attention-head",
                "1",
                "--operation",
                "blur",
                "--controls",
                "3",
                "--out",
                into};
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_out;
};

void TestExperimentResume::initTestCase()
{
    ModelConfig config = smallConfig(4);
    for (const auto& [model, width] : {std::pair{"model.safetensors", 16}, {"other.safetensors", 8}}) {
        config.backboneWidth = width;
        writeFormulaCheckpoint(path(model).toStdString(), config,
                               {{"class_names", R"(["Duck", "Gull", "Owl", "Wren"])"}, {"image_size", "fixed:64"}});
    }
}

void TestExperimentResume::init()
{
    m_out = std::make_unique<QTemporaryDir>();
}

/// Of path("pictures"), as `more` has it or else in one way.
CliResult TestExperimentResume::run(const QStringList& more, const QString& into) const
{
    const QString pictures = path("pictures");
    QStringList words{"edit-experiment", "--images", pictures, "--masks", pictures, "--out", into, "--threads", "1"};
    for (const auto& [option, value] : {std::pair{"--checkpoint", path("model.safetensors")},
                                        {"--operation", QString("noise")},
                                        {"--controls", QString("2")},
                                        {"--on", QString("anywhere")}})
        if (!more.contains(option))
            words << option << value;
    return runCli(words + more);
}

void TestExperimentResume::goesOn_data()
{
    QTest::addColumn<QStringList>("first"); // options of the run before
    QTest::addColumn<Change>("change");
    QTest::addColumn<QStringList>("second"); // options of the one that goes on
    QTest::addColumn<int>("kept");
    QTest::addColumn<QString>("told");
    const auto row = [](const char* name, const Change& change, int kept, const char* told = "",
                        const QStringList& second = {}, const QStringList& first = {}) {
        QTest::newRow(name) << first << change << second << kept << QString(told);
    };
    const auto inPictures = [](const std::function<void(const QString&)>& change) {
        return [change](const QString& pictures, const QString&) { change(pictures); };
    };
    const Change nothing = [](const QString&, const QString&) {};
    row("torn line", inLines([](auto& lines) { lines.last().chop(lines.last().size() / 2); }), 4);
    row("line without its end", inLines([](auto& lines) { lines.last().chop(1); }), 4);
    row("no JSON", inLines([](auto& lines) { lines[1] = "nonsense\n"; }), 4, "line 2: expected JSON");
    row("another digit", inLines([](auto& lines) { lines[1].replace("\"probability\":0.", "\"probability\":1."); }), 4,
        "line 2: expected an entry as it was written");
    row("cut and gone on with", inLines([](auto& lines) { lines[1].chop(9); }), 3, "are damaged: 1, whose");
    row("too long", inLines([](auto& lines) { lines[3] = QByteArray(9 << 20, 'x') + '\n'; }), 4,
        "line 4: expected at most");
    row("zeros", inLines([](auto& lines) { lines[4].fill('\0', 400) += '\n'; }), 4, "line 5");
    row(
        "another file", [](const QString&, const QString& ledger) { setContent(ledger, "picture,hash\nowl,1\n"); }, 0,
        "are damaged: 2, whose");
    row(
        "empty", [](const QString&, const QString& ledger) { setContent(ledger, ""); }, 0);
    row(
        "no ledger", [](const QString&, const QString& ledger) { QVERIFY(QFile::remove(ledger)); }, 0);
    row("another model", nothing, 0, "", {"--checkpoint", path("other.safetensors")});
    row("another operation", nothing, 0, "", {"--operation", "mean-fill"});
    row("more controls", nothing, 0, "", {"--controls", "3"});
    row("another seed", nothing, 0, "", {"--seed", "2"});
    row("another size", nothing, 0, "", {"--image-size", "fixed:96"});
    row("changed picture", inPictures([](const QString& at) { QVERIFY(experimentPicture(7).save(at + "/a.png")); }), 4);
    row("changed mask", inPictures([](const QString& at) { QVERIFY(experimentMask(10).save(at + "/a.mask.png")); }), 4);
    row("new mask", inPictures([](const QString& at) { QVERIFY(experimentMask(10).save(at + "/c.mask.png")); }), 4);
    row("no mask any more", inPictures([](const QString& at) { QVERIFY(QFile::remove(at + "/a.mask.png")); }), 4);
    row("another name", inPictures([](const QString& at) {
            QVERIFY(QFile::rename(at + "/a.png", at + "/f.png") &&
                    QFile::rename(at + "/a.mask.png", at + "/f.mask.png"));
        }),
        4);
    row("fewer pictures", inPictures([](const QString& at) { QVERIFY(QFile::remove(at + "/a.png")); }), 4);
    row("one that fails now", inPictures([](const QString& at) { setContent(at + "/a.png", "no picture"); }), 4,
        "a.png");
    row("on a sheet now", nothing, 1, "", {"--sheets", "1"}, {"--sheets", "0"});
    row("on no sheet now", nothing, 5, "", {"--sheets", "0"});
    row("nothing changed", nothing, 5);
}

void TestExperimentResume::goesOn()
{
    QFETCH(QStringList, first);
    QFETCH(Change, change);
    QFETCH(QStringList, second);
    QFETCH(int, kept);
    QFETCH(QString, told);
    const QString pictures = path("pictures"), stopped = out("stopped");
    writePictures(pictures);
    // Qt cannot take away a file whose name is no text.
    const auto removed = qScopeGuard([&] { std::filesystem::remove_all(pictures.toStdString()); });
    const QString before = path("before" + first.join(""));
    if (!QFile::exists(before))
        run(first, before);
    std::filesystem::copy(before.toStdString(), stopped.toStdString());
    QCOMPARE(content(stopped + "/ledger.jsonl").count('\n'), 5);
    change(pictures, stopped + "/ledger.jsonl");
    const CliResult resumed = run(second + QStringList{"--resume"}, stopped);
    const QString errors = resumed.errors.join('\n');
    const QString complete = QString("%1 pictures were complete").arg(kept);
    QVERIFY2(kept == 0 ? !errors.contains("were complete") : errors.contains(complete), qPrintable(errors));
    QVERIFY2(errors.contains(told), qPrintable(errors));
    QVERIFY2(!told.isEmpty() || resumed.errors.size() == 1 + int{kept > 0}, qPrintable(errors)); // what is a mask
    const CliResult whole = run(second, out("whole"));
    QCOMPARE(resumed.exitCode, whole.exitCode);
    QCOMPARE(resumed.out, whole.out);
    QCOMPARE(results(stopped), results(out("whole")));
}

void TestExperimentResume::triesAgainWhatFailed()
{
    const QString pictures = path("pictures");
    writePictures(pictures);
    const auto removed = qScopeGuard([&] { std::filesystem::remove_all(pictures.toStdString()); });
    const QByteArray whole = content(pictures + "/a.png");
    setContent(pictures + "/a.png", "no picture");
    QCOMPARE(run({}, out("stopped")).exitCode, 1);
    QCOMPARE(content(out("stopped/ledger.jsonl")).count('\n'), 4);
    setContent(pictures + "/a.png", whole);
    const CliResult resumed = run({"--resume"}, out("stopped"));
    QCOMPARE(resumed.exitCode, 0);
    QCOMPARE(resumed.errors.filter("4 pictures were complete").size(), 1);
    QCOMPARE(run({}, out("whole")).out, resumed.out);
    QCOMPARE(results(out("stopped")), results(out("whole")));
}

void TestExperimentResume::mendsItsLedger()
{
    const QString pictures = path("pictures"), ledger = out("stopped/ledger.jsonl");
    writePictures(pictures);
    const auto removed = qScopeGuard([&] { std::filesystem::remove_all(pictures.toStdString()); });
    run({}, out("stopped"));
    const QByteArray whole = content(ledger);
    inLines([](auto& lines) {
        lines[3] = "nonsense\n";
        lines[4].chop(40);
    })(pictures, ledger);
    QCOMPARE(run({"--resume"}, out("stopped")).errors.filter("damaged: 1").size(), 1);
    QCOMPARE(content(ledger), whole);
    const CliResult again = run({"--resume"}, out("stopped"));
    QCOMPARE(again.errors.filter("damaged").size(), 0);
    QCOMPARE(again.errors.filter("5 pictures were complete").size(), 1);
    QCOMPARE(content(ledger), whole);
}

void TestExperimentResume::goesOnAfterAStop()
{
    QVERIFY(QDir().mkpath(path("many/Owl")) && experimentPicture(0).save(path("many/Owl/first.png")));
    for (int i = 1; i < 500; ++i)
        std::filesystem::create_hard_link(path("many/Owl/first.png").toStdString(),
                                          path(QString("many/Owl/%1.png").arg(i)).toStdString());
    QProcess process;
    prepareCli(process, many(out()));
    process.start();
    // The first sheet says that some pictures are finished.
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out("sheet-1.png")), 120'000);
    QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const CliResult result = finishCli(process);
    QCOMPARE(result.exitCode, 128 + SIGINT);
    QVERIFY2(result.errors.last().contains("stopped after"), qPrintable(result.errors.join('\n')));
    const QList<QStringList> rows = experimentRows(out("pictures.csv"));
    QVERIFY(rows.size() > 24 && rows.size() < 501);
    const QJsonObject summary = QJsonDocument::fromJson(content(out("summary.json"))).object();
    QCOMPARE(summary["pictures"].toInt(), static_cast<int>(rows.size()) - 1);
    QCOMPARE(summary["planned"].toInt(), 500);

    // Ten more are enough to be left.
    std::set<QString> finished;
    for (const QStringList& row : rows.mid(1))
        finished.insert(row[0].section('/', 1));
    int left = 10;
    for (const QString& name : QDir(path("many/Owl")).entryList(QDir::Files))
        if (!finished.contains(name) && --left < 0)
            QVERIFY(QFile::remove(path("many/Owl/" + name)));
    const CliResult resumed = runCli(many(out()) + QStringList{"--resume"});
    QCOMPARE(resumed.exitCode, 0);
    QCOMPARE(resumed.errors,
             QStringList{QString("ocellus-cli: %1 pictures were complete and unchanged").arg(finished.size())});
    QTemporaryDir whole;
    QCOMPARE(runCli(many(whole.path())).out, resumed.out);
    QCOMPARE(results(out()), results(whole.path()));
    QCOMPARE(content(out("ledger.jsonl")), content(whole.filePath("ledger.jsonl")));
}

QTEST_APPLESS_MAIN(TestExperimentResume)
#include "test_experiment_resume.moc"
