// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <filesystem>
#include <functional>
#include <memory>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "core/base/hash.h"
#include "tests/cli/cli_program.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;
namespace fs = std::filesystem;

namespace {

using Spoil = std::function<void(const fs::path& folder)>;

QJsonObject readJson(const fs::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void writeBytes(const fs::path& path, const QByteArray& bytes)
{
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", path.c_str());
}

void changeJson(const fs::path& path, const std::function<void(QJsonObject&)>& change)
{
    QJsonObject object = readJson(path);
    change(object);
    writeBytes(path, QJsonDocument(object).toJson());
}

QJsonObject changed(QJsonObject object, const QString& key, const QJsonValue& value)
{
    object[key] = value;
    return object;
}

/// Changes the first logit of the first result.
void changeLogit(QJsonObject& session, double by)
{
    QJsonArray results = session["results"].toArray();
    QJsonObject result = results[0].toObject();
    QJsonArray logits = result["logits"].toArray();
    logits[0] = logits[0].toDouble() + by;
    result["logits"] = logits;
    results[0] = result;
    session["results"] = results;
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// The session that ships with the sample, run by the real program in a copy of its folder.
class TestCliSessions : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;

    fs::path session() const { return m_folder / "example.ocellus"; }

    CliResult run(const QStringList& more) const
    {
        return runCli(QStringList{"run", QString::fromStdString(session().string())} + more);
    }

private slots:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_temporary->path().toStdString()) / "another pl\xc3\xa4"
                                                                 "ce";
        fs::copy(OCELLUS_SAMPLE, m_folder, fs::copy_options::recursive);
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<Spoil>("spoil");
        QTest::addColumn<QStringList>("named");
        const auto row = [](const char* name, const QStringList& named, const Spoil& spoil) {
            QTest::newRow(name) << spoil << named;
        };
        const auto change = [](const std::function<void(QJsonObject&)>& with) {
            return [with](const fs::path& folder) { changeJson(folder / "example.ocellus", with); };
        };
        row("no session", {"example.ocellus"}, [](const fs::path& folder) { fs::remove(folder / "example.ocellus"); });
        row("a picture", {"expected JSON"}, [](const fs::path& folder) {
            fs::copy_file(folder / "pairs" / "Calcidella_posticata.jpg", folder / "example.ocellus",
                          fs::copy_options::overwrite_existing);
        });
        row("a newer one", {"made by a newer Ocellus (schema 2): this one reads up to 1"},
            change([](QJsonObject& session) { session["schema"] = 2; }));
        row("no numbers", {"a model and numbers"},
            change([](QJsonObject& session) { session["results"] = QJsonArray(); }));
        row("no model", {"a model and numbers"}, change([](QJsonObject& session) { session["model"] = QJsonValue(); }));
        row("all at once",
            {"butterflies.safetensors (changed)", "Calcidella_posticata.jpg (missing)",
             "Calcidella_posticata.as.Lactomima_pura.jpg (changed)", "--relink"},
            [](const fs::path& folder) {
                writeBytes(folder / "butterflies.safetensors", "no model");
                fs::remove(folder / "pairs" / "Calcidella_posticata.jpg");
                writeBytes(folder / "pairs" / "Calcidella_posticata.as.Lactomima_pura.jpg", "no picture");
            });
        row("a class that the model has not", {"expected indices from 0 to 11, got 99"},
            change([](QJsonObject& session) {
                QJsonArray results = session["results"].toArray();
                const QJsonObject set{{"mode", "zero"}, {"active", QJsonArray{2, 99}}};
                results[0] = changed(results[0].toObject(), "set", set);
                session["results"] = results;
            }));
        row("a layer that the model has not", {"Calcidella_posticata.jpg"}, change([](QJsonObject& session) {
                QJsonArray results = session["results"].toArray();
                results[0] = changed(results[0].toObject(), "layer", 3);
                session["results"] = results;
            }));
    }

    void namesWhatIsWrong()
    {
        QFETCH(const Spoil, spoil);
        QFETCH(const QStringList, named);
        spoil(m_folder);
        const CliResult result = run({"--check"});
        QCOMPARE(result.exitCode, 1);
        for (const QString& part : named)
            QVERIFY2(result.errors.join('\n').contains(part), qPrintable(result.errors.join('\n')));
    }

    void theExampleGivesItsNumbersInAnyFolder()
    {
        const CliResult result = run({"--check"});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n') + result.out));
        const QStringList lines = result.out.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 7);
        QVERIFY(lines[0].startsWith("Calcidella_posticata.jpg\toriginal\tall\t2\tCalcidella posticata\t"));
        QVERIFY(lines[1].startsWith("Calcidella_posticata.jpg\tedited\tall\t6\tLactomima pura\t"));
        QVERIFY(lines[4].startsWith("Calcidella_posticata.jpg\tedited\tzero 2,6\t6\tLactomima pura\t"));
        QVERIFY2(lines[6].contains(": equal "), qPrintable(lines[6]));
        QVERIFY(result.errors.isEmpty());
    }

    void whatItWritesIsEqualBitForBit()
    {
        const QString again = QString::fromStdString((m_folder / "again.ocellus").string());
        QCOMPARE(run({"--write", again}).exitCode, 0);
        const CliResult result = runCli({"run", again, "--check"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.contains("equal bit for bit"), qPrintable(result.out));
    }

    void plainClassifiersHaveSessionsToo()
    {
        ModelConfig config;
        config.backbone = BackboneKind::ResNet18;
        config.head = HeadKind::Linear;
        config.queries = 4;
        const fs::path file = m_folder / "plain.safetensors";
        writeFormulaCheckpoint(file, config);
        changeJson(session(), [&](QJsonObject& session) {
            session["model"] = QJsonObject{{"path", "plain.safetensors"},
                                           {"bytes", static_cast<qint64>(fs::file_size(file))},
                                           {"sha256", QString::fromStdString(sha256OfFile(file))}};
            QJsonArray results;
            for (const bool edited : {false, true}) // numbers that are not these are made anew
                results.append(QJsonObject{{"picture", 0},
                                           {"edited", edited},
                                           {"set", QJsonObject{{"mode", "all"}, {"active", QJsonArray()}}},
                                           {"logits", QJsonArray{0, 0, 0, 0}},
                                           {"class", 1},
                                           {"layer", 0},
                                           {"peakAttention", QJsonArray()},
                                           {"peakScore", QJsonArray()}});
            session["results"] = results;
            session["view"] =
                changed(session["view"].toObject(), "limit", QJsonObject{{"mode", "all"}, {"active", QJsonArray()}});
            session["evidence"] = QJsonArray{QJsonObject{
                {"picture", 0},
                {"edited", false},
                {"evidence",
                 QJsonObject{{"class", 1},
                             {"layer", 0},
                             {"heads", 0},
                             {"source", "gradcam:stage=layer3"},
                             {"head", -1},
                             {"finding", QJsonObject{{"test", "cover"},
                                                     {"settings", "controls=2 enough=0 place=anywhere seed=0 "
                                                                  "share=0.05 substrate=zero"},
                                                     {"value", 1e6},
                                                     {"share", 0.05},
                                                     {"nulls", QJsonArray{0, 0}},
                                                     {"p", 1},
                                                     {"centre", QJsonValue()},
                                                     {"reversed", QJsonValue()},
                                                     {"curve", QJsonArray()},
                                                     {"low", QJsonArray()},
                                                     {"high", QJsonArray()},
                                                     {"judged", -1}}}}}}};
        });
        const QString again = QString::fromStdString((m_folder / "again.ocellus").string());
        const CliResult run = this->run({"--write", again});
        QVERIFY2(run.exitCode == 0, qPrintable(run.errors.join('\n')));
        const CliResult check = runCli({"run", again, "--check"});
        QCOMPARE(check.exitCode, 1); // the evidence was invented
        QVERIFY2(check.errors.join('\n').contains("class 1, gradcam:stage=layer3, cover: value of number 1: stored"),
                 qPrintable(check.errors.join('\n')));
        changeJson(again.toStdString(), [](QJsonObject& session) { session.remove("evidence"); });
        QCOMPARE(runCli({"run", again, "--check"}).exitCode, 0);
    }

    void namesTheFirstDifferences()
    {
        changeJson(session(), [](QJsonObject& session) { changeLogit(session, 0.01); });
        const CliResult result = run({"--check"});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.errors.size(), 1);
        QVERIFY2(result.errors[0].contains("Calcidella_posticata.jpg, original, all: logit of class 0: stored "),
                 qPrintable(result.errors[0]));
        QVERIFY2(result.out.contains("1 differ by more than 1e-4"), qPrintable(result.out));
        QCOMPARE(run({}).exitCode, 0); // nobody asked to compare
    }

    void toleratesTheLastDigits()
    {
        changeJson(session(), [](QJsonObject& session) { changeLogit(session, 0.00003); });
        const CliResult result = run({"--check"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.contains("equal within 1e-4, the largest difference is "), qPrintable(result.out));
    }

    void oneFolderRelinksAll()
    {
        const fs::path moved = m_folder.parent_path() / "moved";
        fs::create_directories(moved);
        fs::rename(m_folder / "pairs", moved / "pairs");
        fs::rename(m_folder / "butterflies.safetensors", moved / "butterflies.safetensors");
        QCOMPARE(run({"--check"}).exitCode, 1);
        const QString again = QString::fromStdString((moved / "again.ocellus").string());
        const CliResult result =
            run({"--check", "--relink", QString::fromStdString((moved / "pairs").string()), "--write", again});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.errors.join('\n').contains("3 files"));
        QCOMPARE(runCli({"run", again, "--check"}).exitCode, 0);
    }

    void speaksJson()
    {
        const CliResult result = run({"--check", "--json"});
        QCOMPARE(result.exitCode, 0);
        const QJsonObject document = QJsonDocument::fromJson(result.out.toUtf8()).object();
        QCOMPARE(document["results"].toArray().size(), 6);
        const QJsonObject first = document["results"].toArray()[1].toObject();
        QCOMPARE(first["edited"].toBool(), true);
        QCOMPARE(first["logits"].toArray().size(), 12);
        QCOMPARE(first["peakAttention"].toArray().size(), 8);
        const QJsonObject check = document["check"].toObject();
        QCOMPARE(check["agrees"].toBool(), true);
        QCOMPARE(check["numbers"].toInt(), 6 * (12 + 8 + 8));
    }
};

QTEST_GUILESS_MAIN(TestCliSessions)
#include "test_cli_sessions.moc"
