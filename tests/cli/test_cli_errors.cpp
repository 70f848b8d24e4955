// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <QImage>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;

namespace {

constexpr int classes = 6;

} // namespace

/// Every way to ask for something that cannot be: one sentence on stderr, nothing on stdout, nothing written.
class TestCliErrors : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refusesBadOptions_data();
    void refusesBadOptions();
    void refusesBadExplanations_data();
    void refusesBadExplanations();
    void refusesWhatDoesNotLoad_data();
    void refusesWhatDoesNotLoad();
    void reportsResultsThatCannotBePrinted();
    void explainsItself_data();
    void explainsItself();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& content) const;

    QTemporaryDir m_folder;
};

void TestCliErrors::write(const QString& name, const QByteArray& content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

void TestCliErrors::initTestCase()
{
    writeFormulaCheckpoint(path("model.safetensors").toStdString(), smallConfig(classes));
    QImage picture(40, 30, QImage::Format_RGB32);
    picture.fill(Qt::darkGreen);
    QVERIFY(picture.save(path("bird.jpg")) && picture.save(path("bird.png")) && picture.save(path("other.png")));
    QVERIFY(QDir(m_folder.path()).mkdir("empty"));
    write("five.txt", "a\nb\nc\nd\ne\n");
    write("empty.pth", "");
    write("words.pth", "no checkpoint at all");
}

void TestCliErrors::refusesBadOptions_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("expected");
    const QStringList explain = {"explain", "--checkpoint", "m.pth", "--out", "o"};
    const QStringList one = explain + QStringList{"--image", "a.jpg"};
    QTest::newRow("nothing") << QStringList{} << "command: expected one, got none";
    QTest::newRow("unknown command") << QStringList{"explode"} << "explode";
    QTest::newRow("unknown option") << one + QStringList{"--colour"} << "--colour";
    QTest::newRow("inspect nothing") << QStringList{"inspect"} << "checkpoint is required";
    QTest::newRow("no checkpoint") << QStringList{"explain", "--image", "a", "--out", "o"}
                                   << "--checkpoint is required";
    QTest::newRow("no output") << QStringList{"explain", "--checkpoint", "c", "--image", "a"} << "--out is required";
    QTest::newRow("no picture") << explain << "expected --image, --images or --dataset, got none";
    QTest::newRow("both sources") << one + QStringList{"--images", "d"} << "excludes";
    QTest::newRow("style") << one + QStringList{"--style", "bold"} << "bold not in {honest,paper}";
    QTest::newRow("short of nothing") << one + QStringList{"--short", "0"} << "0 not in range 1 to";
    QTest::newRow("short of words") << one + QStringList{"--short", "wide"} << "wide not in range 1 to";
    QTest::newRow("short beyond memory") << one + QStringList{"--short", "4097"} << "not in range 1 to 4096";
    QTest::newRow("short above long") << one + QStringList{"--short", "100", "--long", "50"} << "long";
    for (const char* size : {"", "800", "800:", "fixed:0", "fixed:5000", "100:50", "224x224"})
        QTest::addRow("image size \"%s\"", size) << one + QStringList{"--image-size", size} << "--image-size: expected";
    QTest::newRow("two ways to give a size")
        << one + QStringList{"--image-size", "fixed:64", "--short", "64"} << "excludes";
    QTest::newRow("two sizes to time") << QStringList{"bench", "--checkpoint", "c",      "--size",
                                                      "8x8",   "--image-size", "fixed:8"}
                                       << "excludes";
    QTest::newRow("no thread") << one + QStringList{"--threads", "0"} << "0 not in range 1 to";
    QTest::newRow("active without mode") << one + QStringList{"--active", "1"} << "--active requires --mode";
    QTest::newRow("mode without active") << one + QStringList{"--mode", "zero"} << "--mode requires --active";
    QTest::newRow("mode") << one + QStringList{"--active", "1", "--mode", "half"} << "half not in {zero,drop}";
    QTest::newRow("active range") << one + QStringList{"--active", "1-3", "--mode", "zero"}
                                  << "--active: expected a class";
    QTest::newRow("active nothing") << one + QStringList{"--active", "", "--mode", "zero"}
                                    << "--active: expected a value";
    QTest::newRow("table without a name") << one + QStringList{"--classes", ""} << "--classes: expected a value";
    QTest::newRow("layer without a number") << one + QStringList{"--layer", ""} << "--layer: expected a value";
    QTest::newRow("query") << one + QStringList{"--query", "top:0"} << "expected top:K with K from 1";
    QTest::newRow("layer zero") << one + QStringList{"--layer", "0"} << "expected a layer from 1, or all";
    QTest::newRow("layer words") << one + QStringList{"--layer", "last"} << "expected a layer from 1, or all";
    QTest::newRow("collision") << explain + QStringList{"--image", "a.jpg", "b/a.jpg"} << "results of its own";
    QTest::newRow("size words") << QStringList{"bench", "--checkpoint", "c", "--size", "big"}
                                << "expected HEIGHTxWIDTH";
    QTest::newRow("size half") << QStringList{"bench", "--checkpoint", "c", "--size", "80x"} << "expected HEIGHTxWIDTH";
    QTest::newRow("size zero") << QStringList{"bench", "--checkpoint", "c", "--size", "0x8"} << "expected HEIGHTxWIDTH";
    QTest::newRow("size tail") << QStringList{"bench", "--checkpoint", "c", "--size", "8x8x8"} << "HEIGHTxWIDTH";
    const QStringList train{"train", "--data", "no-such-folder", "--out", "o"};
    QTest::newRow("train on nothing") << QStringList{"train", "--out", "o"}
                                      << "expected --data or --dataset, got neither";
    QTest::newRow("backbone") << train + QStringList{"--backbone", "vgg"} << "backbone: expected one of resnet18";
    QTest::newRow("stage") << train + QStringList{"--stage", "5"}
                           << "--stage: expected layer2, layer3 or layer4, got 5";
    QTest::newRow("head") << train + QStringList{"--head", "two"} << "head: expected one of shared, per-class";
    QTest::newRow("batch norm") << train + QStringList{"--batch-norm", "no"}
                                << "--batch-norm: expected frozen or train";
    QTest::newRow("scheduler") << train + QStringList{"--scheduler", "up"}
                               << "--scheduler: expected step, cosine, onecycle or";
    QTest::newRow("augmentation") << train + QStringList{"--augmentation", "mixup"} << "flip or full, got";
    QTest::newRow("rate in words") << train + QStringList{"--lr", "fast"} << "--lr";
    QTest::newRow("batch of none") << train + QStringList{"--batch-size", "0"} << "--batch-size: expected 1 to 65536";
    QTest::newRow("size to train at") << train + QStringList{"--image-size", "fixed:0"} << "--image-size: expected";
    QTest::newRow("run among the pictures") << QStringList{"train", "--data", "d", "--out", "d/train/run"}
                                            << "--out: expected a folder outside the pictures, got one in train";
    QTest::newRow("two starts") << train + QStringList{"--finetune", "a", "--backbone-weights", "b"} << "excludes";
    QTest::newRow("convert to another format")
        << QStringList{"convert", "c", "--out", "c.onnx"} << "expected a name that ends in .safetensors, got c.onnx";
    QTest::newRow("repeat") << QStringList{"bench", "--checkpoint", "c", "--repeat", "0"} << "0 not in range 1 to";
}

void TestCliErrors::refusesBadOptions()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, expected);
    const CliResult result = runCli(arguments);
    QCOMPARE(result.exitCode, 2);
    QCOMPARE(result.out, QString());
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors.front().contains(expected), qPrintable(result.errors.front()));
}

void TestCliErrors::refusesBadExplanations_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("expected");
    QTest::newRow("layer too high") << QStringList{"--layer", "3"} << 2 << "expected a layer from 1 to 2";
    QTest::newRow("query too high") << QStringList{"--query", "6"} << 2 << "expected class indices from 0 to 5";
    QTest::newRow("unknown name") << QStringList{"--query", "Emu"} << 2 << "expected a name of the class table";
    QTest::newRow("active too high") << QStringList{"--active", "1,6", "--mode", "zero"} << 2 << "6";
    QTest::newRow("active of no class") << QStringList{"--active", "Emu", "--mode", "zero"} << 2
                                        << "--active: expected a name of the class table";
    QTest::newRow("active twice") << QStringList{"--active", "1,1", "--mode", "drop"} << 2 << "1";
    QTest::newRow("inactive under drop") << QStringList{"--active", "1,2", "--mode", "drop", "--query", "1,3"} << 2
                                         << "expected active classes only";
    QTest::newRow("table of another model") << QStringList{"--classes", path("five.txt")} << 1 << "5";
    QTest::newRow("table that is not there") << QStringList{"--classes", path("none.txt")} << 1 << "none.txt";
    QTest::newRow("figure over the picture") << QStringList{"--image", path("other.png"), "--out", m_folder.path()} << 2
                                             << "a result would replace this one";
    QTest::newRow("device that is not there") << QStringList{"--device", "cuda:99"} << 1 << "cuda:99";
    QTest::newRow("device that no one knows") << QStringList{"--device", "abacus"} << 2 << "abacus";
    QTest::newRow("output without a name") << QStringList{"--out", ""} << 2 << "expected a folder, got an empty name";
    QTest::newRow("output is a file") << QStringList{"--out", path("five.txt")} << 1 << "five.txt";
    QTest::newRow("output below a file") << QStringList{"--out", path("five.txt/o")} << 1 << "five.txt";
}

void TestCliErrors::refusesBadExplanations()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, expected);
    QStringList all = {"explain", "--checkpoint", path("model.safetensors")};
    if (!arguments.contains("--image"))
        all << "--image" << path("bird.jpg");
    if (!arguments.contains("--out"))
        all << "--out" << path("never");
    const CliResult result = runCli(all + arguments);
    QCOMPARE(result.out, QString());
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors.front().contains(expected), qPrintable(result.errors.front()));
    QCOMPARE(result.exitCode, exitCode);
    QVERIFY(!QFile::exists(path("never")));
}

void TestCliErrors::refusesWhatDoesNotLoad_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("expected");
    for (const char* name : {"none.pth", "empty.pth", "words.pth", "bird.jpg", "empty"}) {
        const QString model = path(QString::fromLatin1(name));
        const QStringList more = {"--image", path("bird.jpg"), "--out", path("never")};
        QTest::addRow("inspect %s", name) << QStringList{"inspect", model} << QString::fromLatin1(name);
        QTest::addRow("inspect --json %s", name)
            << QStringList{"inspect", model, "--json"} << QString::fromLatin1(name);
        QTest::addRow("explain %s", name)
            << QStringList{"explain", "--checkpoint", model} + more << QString::fromLatin1(name);
        QTest::addRow("bench %s", name) << QStringList{"bench", "--checkpoint", model} << QString::fromLatin1(name);
    }
    const QStringList explain = {"explain", "--checkpoint", path("model.safetensors"), "--out", path("never")};
    QTest::newRow("folder that is not there") << explain + QStringList{"--images", path("none")} << "none";
    QTest::newRow("folder without pictures") << explain + QStringList{"--images", path("empty")} << "found none";
}

void TestCliErrors::refusesWhatDoesNotLoad()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, expected);
    const CliResult result = runCli(arguments);
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.out, QString());
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors.front().contains(expected), qPrintable(result.errors.front()));
    QVERIFY(!QFile::exists(path("never")));
}

void TestCliErrors::reportsResultsThatCannotBePrinted()
{
    QProcess process;
    prepareCli(process, {"inspect", path("model.safetensors")});
    process.setStandardOutputFile("/dev/full");
    process.start();
    const CliResult result = finishCli(process);
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors, QStringList{"ocellus-cli: stdout: cannot write the results"});
}

void TestCliErrors::explainsItself_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("expected");
    QTest::newRow("version") << QStringList{"--version"} << "ocellus-cli ";
    QTest::newRow("help") << QStringList{"--help"} << "explain";
    QTest::newRow("help of explain") << QStringList{"explain", "--help"} << "--ignore-exif";
}

void TestCliErrors::explainsItself()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, expected);
    const CliResult result = runCli(arguments);
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.out.contains(expected), qPrintable(result.out));
    QCOMPARE(result.errors, QStringList());
}

QTEST_APPLESS_MAIN(TestCliErrors)
#include "test_cli_errors.moc"
