// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <array>
#include <cmath>
#include <memory>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/cli/cli_program.h"
#include "tests/train/picture_folder.h"

using namespace ocellus;

namespace {

using Variables = QMap<QString, QString>;

/// One that nobody listens on.
QString freePort()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* general = reinterpret_cast<sockaddr*>(&address);
    if (bind(descriptor, general, length) != 0 || getsockname(descriptor, general, &length) != 0)
        qFatal("no free port");
    close(descriptor);
    return QString::number(ntohs(address.sin_port));
}

Variables rankOf(int rank, int ranks, const QString& port)
{
    return {{"RANK", QString::number(rank)},
            {"WORLD_SIZE", QString::number(ranks)},
            {"MASTER_ADDR", "127.0.0.1"},
            {"MASTER_PORT", port},
            {"GLOO_SOCKET_IFNAME", "lo"}};
}

std::unique_ptr<QProcess> started(const QStringList& arguments, const Variables& variables)
{
    auto process = std::make_unique<QProcess>();
    prepareCli(*process, arguments);
    QProcessEnvironment environment = process->processEnvironment();
    for (auto variable = variables.cbegin(); variable != variables.cend(); ++variable)
        environment.insert(variable.key(), variable.value());
    process->setProcessEnvironment(environment);
    process->start();
    return process;
}

using Results = std::vector<CliResult>;

/// The same command in several processes at once.
Results runRanks(const QStringList& arguments, int ranks)
{
    const QString port = freePort();
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int rank = 0; rank < ranks; ++rank)
        processes.push_back(started(arguments, rankOf(rank, ranks, port)));
    Results results;
    for (const auto& process : processes)
        results.push_back(finishCli(*process));
    return results;
}

std::vector<QJsonObject> logOf(const QString& folder)
{
    std::vector<QJsonObject> epochs;
    QFile file(folder + "/log.jsonl");
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& line : file.readAll().split('\n'))
            if (!line.isEmpty())
                epochs.push_back(QJsonDocument::fromJson(line).object());
    return epochs;
}

/// Empty, or the first figure in which two runs differ.
QString difference(const QString& folder, const QString& other)
{
    const std::vector<QJsonObject> epochs = logOf(folder), others = logOf(other);
    if (epochs.empty() || epochs.size() != others.size())
        return QString("%1 and %2 epochs").arg(epochs.size()).arg(others.size());
    for (std::size_t i = 0; i < epochs.size(); ++i)
        for (const char* key : {"loss", "val_loss", "train_acc@1", "acc@1", "acc@5", "lr"}) {
            const double a = epochs[i][key].toDouble(), b = others[i][key].toDouble();
            if (!(std::abs(a - b) <= 1e-5))
                return QString("epoch %1, %2: %3 and %4").arg(i + 1).arg(key).arg(a, 0, 'g', 9).arg(b, 0, 'g', 9);
        }
    return {};
}

} // namespace

/// Several real processes that train together over Gloo on this machine.
class TestDistributed : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refusesBadVariables();
    void endsWhereTheOthersDoNotCome_data();
    void endsWhereTheOthersDoNotCome();
    void refusesRanksThatDiffer_data();
    void refusesRanksThatDiffer();
    void endsWhenAnotherRankIsKilled_data();
    void endsWhenAnotherRankIsKilled();
    void givesTheLossesOfOneProcess_data();
    void givesTheLossesOfOneProcess();
    void goesOnWithAnotherNumberOfRanks();

private:
    QString out(const QString& name) const { return m_out.filePath(name); }
    QStringList train(const QString& name, const QStringList& more = {}) const;

    test::PictureFolder m_data, m_otherData;
    QTemporaryDir m_out;
};

void TestDistributed::initTestCase()
{
    // Batches of four of nine pictures: shares of two ranks are equal, and the last one leaves rank 0 without any.
    for (int i = 0; i < 9; ++i)
        m_data.write(QString("train/%1/%2.bmp").arg(QChar('a' + i % 3)).arg(i), test::greyBitmap(32, 32, 20 + 25 * i));
    for (int i = 0; i < 3; ++i)
        m_data.write(QString("val/%1/%2.bmp").arg(QChar('a' + i)).arg(i), test::greyBitmap(32, 32, 40 + 60 * i));
    for (int i = 0; i < 3; ++i)
        for (const char* part : {"train", "val"})
            m_otherData.write(QString("%1/%2/%3.bmp").arg(part).arg(QChar('a' + i)).arg(i),
                              test::greyBitmap(32, 32, 40 + 60 * i));
}

QStringList TestDistributed::train(const QString& name, const QStringList& more) const
{
    return QStringList{"train",
                       "--data",
                       QString::fromStdString(m_data.path().string()),
                       "--out",
                       out(name),
                       "--backbone",
                       "resnet18",
                       "--stage",
                       "layer3",
                       "--backbone-width",
                       "8",
                       "--hidden-dim",
                       "16",
                       "--heads",
                       "2",
                       "--enc-layers",
                       "1",
                       "--dec-layers",
                       "1",
                       "--ff",
                       "16",
                       "--dropout",
                       "0",
                       "--image-size",
                       "fixed:32",
                       "--augmentation",
                       "flip",
                       "--batch-size",
                       "4",
                       "--lr",
                       "1e-2",
                       "--lr-backbone",
                       "1e-3",
                       "--device",
                       "cpu",
                       "--threads",
                       "1",
                       "--workers",
                       "1"} +
           more;
}

void TestDistributed::refusesBadVariables()
{
    const CliResult result = finishCli(*started(train("bad"), {{"RANK", "2"}, {"WORLD_SIZE", "2"}}));
    QCOMPARE(result.exitCode, 2);
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors[0].contains("RANK: expected a number from 0 to 1"), qPrintable(result.errors[0]));
    QVERIFY(!QFile::exists(out("bad")));
}

void TestDistributed::endsWhereTheOthersDoNotCome_data()
{
    QTest::addColumn<int>("rank");
    QTest::newRow("rank 0") << 0;
    QTest::newRow("rank 1") << 1;
}

void TestDistributed::endsWhereTheOthersDoNotCome()
{
    QFETCH(int, rank);
    Variables variables = rankOf(rank, 2, freePort());
    variables["OCELLUS_JOIN_SECONDS"] = "1";
    const CliResult result = finishCli(*started(train("alone"), variables));
    QCOMPARE(result.exitCode, 1);
    const QString said = result.errors.value(result.errors.size() - 1);
    QVERIFY2(said.contains("MASTER_ADDR 127.0.0.1") && said.contains("expected 2 processes to meet there within 1 s"),
             qPrintable(said));
    QCOMPARE(said.contains("rank 1 of 2"), rank == 1);
}

void TestDistributed::refusesRanksThatDiffer_data()
{
    QTest::addColumn<QStringList>("ofRankOne");
    QTest::addColumn<QString>("expected");
    QTest::newRow("data") << QStringList{"--data", QString::fromStdString(m_otherData.path().string())}
                          << "ranks start from different pictures: rank 0 differs from 1";
    QTest::newRow("recipe") << QStringList{"--weight-decay", "0.1"} << "ranks start from different options";
}

void TestDistributed::refusesRanksThatDiffer()
{
    QFETCH(QStringList, ofRankOne);
    QFETCH(QString, expected);
    QStringList arguments = train("differ");
    const QString port = freePort();
    const auto leader = started(arguments, rankOf(0, 2, port));
    if (ofRankOne[0] == "--data")
        arguments[arguments.indexOf("--data") + 1] = ofRankOne[1];
    else
        arguments += ofRankOne;
    const auto other = started(arguments, rankOf(1, 2, port));
    for (QProcess* process : {leader.get(), other.get()}) {
        const CliResult result = finishCli(*process);
        QCOMPARE(result.exitCode, 1);
        const QString said = result.errors.value(result.errors.size() - 1);
        QVERIFY2(said.contains(expected), qPrintable(said));
    }
    QVERIFY(!QFile::exists(out("differ/checkpoint.pth")));
}

void TestDistributed::endsWhenAnotherRankIsKilled_data()
{
    QTest::addColumn<int>("killed");
    QTest::newRow("rank 0") << 0;
    QTest::newRow("rank 1") << 1;
}

void TestDistributed::endsWhenAnotherRankIsKilled()
{
    QFETCH(int, killed);
    const QStringList arguments = train(QString("killed %1").arg(killed), {"--epochs", "100000"});
    const QString port = freePort();
    const auto leader = started(arguments, rankOf(0, 2, port));
    const auto other = started(arguments, rankOf(1, 2, port));
    QByteArray said;
    while (!said.contains("epoch 1/")) {
        QVERIFY2(leader->waitForReadyRead(120'000), leader->readAllStandardError().constData());
        said += leader->readAllStandardOutput();
    }
    (killed == 0 ? leader : other)->kill();
    const CliResult result = finishCli(killed == 0 ? *other : *leader);
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.value(result.errors.size() - 1).contains("is gone"), qPrintable(result.errors.join('\n')));
    finishCli(killed == 0 ? *leader : *other);
}

void TestDistributed::givesTheLossesOfOneProcess_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("INTR") << QStringList{};
    QTest::newRow("frozen backbone") << QStringList{"--freeze-backbone", "--backbone-weights",
                                                    out("INTR, alone/best.safetensors")};
    QTest::newRow("plain classifier") << QStringList{"--head", "linear"};
}

void TestDistributed::givesTheLossesOfOneProcess()
{
    QFETCH(QStringList, options);
    const QString name = QTest::currentDataTag();
    options += {"--epochs", "3"};
    const CliResult alone = runCli(train(name + ", alone", options));
    QCOMPARE(alone.exitCode, 0);
    const Results together = runRanks(train(name + ", together", options), 2);
    QCOMPARE(together[0].exitCode, 0);
    QCOMPARE(together[1].exitCode, 0);
    QCOMPARE(together[0].out.count("epoch "), alone.out.count("epoch "));
    QCOMPARE(together[0].errors, alone.errors); // that the classes are small
    QCOMPARE(together[1].out, QString());
    QCOMPARE(together[1].errors, QStringList());
    const std::vector<QJsonObject> epochs = logOf(out(name + ", alone"));
    QVERIFY(std::abs(epochs.front()["loss"].toDouble() - epochs.back()["loss"].toDouble()) > 1e-4);
    const QString differs = difference(out(name + ", alone"), out(name + ", together"));
    QVERIFY2(differs.isEmpty(), qPrintable(differs));
}

void TestDistributed::goesOnWithAnotherNumberOfRanks()
{
    QCOMPARE(runCli(train("straight on", {"--epochs", "3"})).exitCode, 0);
    constexpr std::array ranksOfEpoch = {2, 1, 3};
    for (int epoch = 1; epoch <= 3; ++epoch) {
        QStringList more = {"--epochs", QString::number(epoch)};
        if (epoch > 1)
            more << "--resume";
        for (const CliResult& result : runRanks(train("changing", more), ranksOfEpoch[epoch - 1]))
            QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
    }
    const QString differs = difference(out("straight on"), out("changing"));
    QVERIFY2(differs.isEmpty(), qPrintable(differs));
}

QTEST_APPLESS_MAIN(TestDistributed)
#include "test_distributed.moc"
