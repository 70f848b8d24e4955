// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"

using namespace ocellus;

/// `train` of the real program: what it makes of folders as people have them, and whether `evaluate` agrees.
class TestTrainCommand : public QObject {
    Q_OBJECT

private slots:
    void init();
    void refuses_data();
    void refuses();
    void refusesToWriteAmongClasses();
    void judgesByTheShareThatWasDrawn();
    void namesNumberedFolders();
    void writesPointsInALocaleOfCommas();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void addPicture(const QString& name, int kind) const;
    QStringList lines(const QString& name) const;
    /// Trains a very small model for an epoch, in a few seconds.
    CliResult train(const QString& data, const QStringList& more) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTrainCommand::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestTrainCommand::addPicture(const QString& name, int kind) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
    QImage picture(40, 30, QImage::Format_RGB32);
    picture.fill(qRgb(kind * 37 % 256, kind * 91 % 256, kind * 13 % 256));
    QVERIFY(picture.save(path(name), "PNG"));
}

QStringList TestTrainCommand::lines(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)
                                          : QStringList();
}

CliResult TestTrainCommand::train(const QString& data, const QStringList& more) const
{
    const QStringList small{"--backbone",   "resnet18", "--backbone-width", "8", "--hidden-dim",   "16",
                            "--heads",      "2",        "--enc-layers",     "1", "--dec-layers",   "1",
                            "--ff",         "16",       "--batch-size",     "4", "--image-size",   "fixed:32",
                            "--batch-norm", "train",    "--epochs",         "1", "--augmentation", "none"};
    return runCli(QStringList{"train", "--data", path(data), "--out", path("run")} + small + more);
}

void TestTrainCommand::refuses_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no val") << QStringList{} << "with --val-share 0.2";
    QTest::newRow("share too large") << QStringList{"--val-share", "1.5"} << "--val-share";
    QTest::newRow("unknown order") << QStringList{"--class-order", "size"} << "expected bytes or natural, got \"size\"";
    QTest::newRow("no such table") << QStringList{"--classes", "absent.txt"} << "there is no such class table";
    QTest::newRow("frozen epochs that were given")
        << QStringList{"--frozen-epochs", "1"} << "--epochs: with --batch-norm train, expected more than the last 1";
}

void TestTrainCommand::refuses()
{
    QFETCH(QStringList, options);
    QFETCH(QString, expected);
    for (const char* name : {"birds/train/Owl/1.png", "birds/train/Gull/1.png"})
        addPicture(name, 1);
    const CliResult result = train("birds", options);
    QVERIFY(result.exitCode != 0);
    QVERIFY2(result.errors.join('\n').contains(expected), qPrintable(result.errors.join('\n')));
}

void TestTrainCommand::refusesToWriteAmongClasses()
{
    for (const char* name : {"birds/Owl/1.png", "birds/Owl/2.png", "birds/Gull/1.png", "birds/Gull/2.png"})
        addPicture(name, 1);
    const CliResult result =
        runCli({"train", "--data", path("birds"), "--out", path("birds/run"), "--val-share", "0.5", "--dry-run"});
    QVERIFY(result.exitCode != 0);
    QVERIFY2(result.errors.join('\n').contains("--out: expected a folder outside the pictures"),
             qPrintable(result.errors.join('\n')));
}

void TestTrainCommand::judgesByTheShareThatWasDrawn()
{
    int kind = 0;
    for (const char* species : {"Owl", "Gull"})
        for (int bird = 0; bird < 5; ++bird)
            for (const char* view : {"a", "b"})
                addPicture(QString("birds/train/%1/bird%2_%3.png").arg(species).arg(bird).arg(view), ++kind);
    addPicture("birds/train/Owl/@eaDir/bird1_a.png", 1);
    const CliResult trained = train("birds", {"--val-share", "0.2"});
    const QString said = trained.errors.join('\n');
    QVERIFY2(trained.exitCode == 0, qPrintable(said));
    QVERIFY2(said.contains("1 file or folder left out: 1 system (train/Owl/@eaDir/)"), qPrintable(said));
    QVERIFY2(said.contains("4 of 20 pictures were drawn for validation with seed"), qPrintable(said));
    QVERIFY2(trained.out.contains("2 classes, 16 pictures to train on, 4 to validate on"), qPrintable(trained.out));

    QVERIFY2(trained.out.contains("run/best.safetensors of epoch 1, acc@1 "), qPrintable(trained.out));
    QVERIFY2(trained.out.contains("  acc@2 100.00"), qPrintable(trained.out));

    const CliResult judged =
        runCli({"evaluate", "--checkpoint", path("run/best.safetensors"), "--data", path("birds/train"), "--split",
                path("run/split.csv"), "--json", "--out", path("judged")});
    QVERIFY2(judged.exitCode == 0, qPrintable(judged.errors.join('\n')));
    const QJsonObject totals = QJsonDocument::fromJson(judged.out.toUtf8()).object();
    QCOMPARE(totals["n"].toInt(), 4);
    const QString table = runCli({"evaluate", "--checkpoint", path("run/best.safetensors"), "--data",
                                  path("birds/train"), "--split", path("run/split.csv"), "--out", path("told")})
                              .out;
    QVERIFY2(table.contains("\nacc@2\t100.00 %"), qPrintable(table)); // there are no more classes
    QStringList drawn;
    for (const QString& line : lines("run/split.csv").filter(",val"))
        drawn << line.section(',', 0, 0);
    QStringList counted;
    for (const QString& line : lines("judged/pictures.csv").mid(1))
        counted << "train/" + line.section(',', 0, 0);
    QCOMPARE(counted, drawn);
}

void TestTrainCommand::namesNumberedFolders()
{
    QByteArray table = "rank;class_id;class_name\n";
    for (int number = 1; number <= 10; ++number) {
        addPicture(QString("flowers/train/%1/a.png").arg(number), number);
        addPicture(QString("flowers/val/%1/b.png").arg(number), number + 20);
        table += QString("%1;%2;flower %2\n").arg(11 - number).arg(number).toUtf8();
    }
    const CliResult plain = train("flowers", {"--dry-run"});
    QVERIFY2(plain.errors.join('\n').contains("begin with 1, 10, 2, 3; --class-order natural gives 1, 2, 3, 4"),
             qPrintable(plain.errors.join('\n')));
    QFile file(path("names.csv"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(table) == table.size());
    file.close();
    const CliResult trained = train("flowers", {"--classes", path("names.csv")});
    QVERIFY2(trained.exitCode == 0, qPrintable(trained.errors.join('\n')));
    const CliResult judged = runCli({"evaluate", "--checkpoint", path("run/best.safetensors"), "--data",
                                     path("flowers/val"), "--classes", path("names.csv"), "--out", path("judged")});
    QVERIFY2(judged.exitCode == 0, qPrintable(judged.errors.join('\n')));
    QVERIFY2(judged.out.contains("matched\tfolders by index; index in the column class_id; semicolons"),
             qPrintable(judged.out));
    QFile pictures(path("judged/pictures.csv"));
    QVERIFY(pictures.open(QIODevice::ReadOnly));
    QVERIFY(pictures.readAll().contains("10/b.png,9,flower 10,"));
}

void TestTrainCommand::writesPointsInALocaleOfCommas()
{
    // Where the sources of locales are not installed, this is the plain one.
    QProcess::execute("localedef", {"-i", "de_DE", "-f", "UTF-8", path("de_DE.UTF-8")});
    const QByteArray before = qgetenv("LC_ALL");
    qputenv("LOCPATH", path("").toUtf8());
    qputenv("LC_ALL", "de_DE.UTF-8");
    const auto restored = qScopeGuard([&before] {
        qunsetenv("LOCPATH");
        before.isNull() ? qunsetenv("LC_ALL") : qputenv("LC_ALL", before);
    });
    for (const char* name :
         {"birds/train/Owl/1.png", "birds/train/Gull/1.png", "birds/val/Owl/2.png", "birds/val/Gull/2.png"})
        addPicture(name, 1);
    const CliResult trained = train("birds", {});
    QVERIFY2(trained.out.contains(" acc@1 50.00 "), qPrintable(trained.out));
    const CliResult said = runCli({"inspect", path("run/best.safetensors")});
    QVERIFY2(said.out.contains("50.000000"), qPrintable(said.out));
}

QTEST_APPLESS_MAIN(TestTrainCommand)
#include "test_train_command.moc"
