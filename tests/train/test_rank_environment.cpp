// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/train/rank_environment.h"
#include "tests/support/error_of.h"

using namespace ocellus;

using Variables = QMap<QByteArray, QByteArray>;

/// What launchers say about a process by environment variables.
class TestRankEnvironment : public QObject {
    Q_OBJECT

private slots:
    void init() { clear(); }
    void cleanupTestCase() { clear(); }
    void refuses_data();
    void refuses();
    void trainsAlone_data();
    void trainsAlone();
    void reads_data();
    void reads();

private:
    static void clear();
    static void set(const Variables& variables);
};

void TestRankEnvironment::clear()
{
    for (const char* name :
         {"RANK", "WORLD_SIZE", "LOCAL_RANK", "MASTER_ADDR", "MASTER_PORT", "OMPI_COMM_WORLD_RANK",
          "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK", "SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID",
          "OCELLUS_JOIN_SECONDS", "TORCHELASTIC_USE_AGENT_STORE", "TORCHELASTIC_RESTART_COUNT"})
        qunsetenv(name);
}

void TestRankEnvironment::set(const Variables& variables)
{
    for (auto variable = variables.cbegin(); variable != variables.cend(); ++variable)
        qputenv(variable.key().constData(), variable.value());
}

void TestRankEnvironment::refuses_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<QString>("named");
    const auto whole = [](const QByteArray& name, const QByteArray& value) {
        Variables variables = {{"RANK", "1"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "localhost"}, {"MASTER_PORT", "5"}};
        variables[name] = value;
        return variables;
    };
    QTest::newRow("rank alone") << Variables{{"RANK", "0"}} << "WORLD_SIZE: ";
    QTest::newRow("size alone") << Variables{{"WORLD_SIZE", "2"}} << "RANK: ";
    QTest::newRow("no address") << Variables{{"RANK", "0"}, {"WORLD_SIZE", "2"}} << "MASTER_ADDR: ";
    QTest::newRow("rank of the size") << whole("RANK", "2") << "RANK: expected a number from 0 to 1, got \"2\"";
    QTest::newRow("negative rank") << whole("RANK", "-1") << "RANK: ";
    QTest::newRow("rank in words") << whole("RANK", "first") << "RANK: ";
    QTest::newRow("rank with a tail") << whole("RANK", "1st") << "RANK: ";
    QTest::newRow("size zero") << whole("WORLD_SIZE", "0") << "WORLD_SIZE: ";
    QTest::newRow("size beyond any") << whole("WORLD_SIZE", "99999999999") << "WORLD_SIZE: ";
    QTest::newRow("size in words") << whole("WORLD_SIZE", "two") << "WORLD_SIZE: ";
    QTest::newRow("local rank in words") << whole("LOCAL_RANK", "a") << "LOCAL_RANK: ";
    QTest::newRow("port in words") << whole("MASTER_PORT", "http") << "MASTER_PORT: ";
    QTest::newRow("port zero") << whole("MASTER_PORT", "0") << "MASTER_PORT: ";
    QTest::newRow("port beyond any") << whole("MASTER_PORT", "65536") << "MASTER_PORT: ";
    QTest::newRow("no time") << whole("OCELLUS_JOIN_SECONDS", "0") << "OCELLUS_JOIN_SECONDS: ";
    QTest::newRow("Open MPI without an address")
        << Variables{{"OMPI_COMM_WORLD_RANK", "0"}, {"OMPI_COMM_WORLD_SIZE", "2"}} << "MASTER_ADDR: ";
    QTest::newRow("Slurm without an address")
        << Variables{{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "2"}} << "MASTER_ADDR: ";
    QTest::newRow("Slurm's rank") << Variables{{"SLURM_PROCID", "4"}, {"SLURM_NTASKS", "4"}} << "SLURM_PROCID: ";
}

void TestRankEnvironment::refuses()
{
    QFETCH(Variables, variables);
    QFETCH(QString, named);
    set(variables);
    QString message;
    QVERIFY(errorOf([] { readRankEnvironment(); }, &message) == ErrorCode::BadArgument);
    QVERIFY2(message.startsWith(named), qPrintable(message));
}

void TestRankEnvironment::trainsAlone_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::newRow("nothing set") << Variables{};
    QTest::newRow("all empty") << Variables{{"RANK", ""}, {"WORLD_SIZE", ""}};
    QTest::newRow("one process") << Variables{{"RANK", "0"}, {"WORLD_SIZE", "1"}};
    QTest::newRow("one process in Slurm") << Variables{{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "1"}};
    QTest::newRow("a Slurm job that asks for one by WORLD_SIZE")
        << Variables{{"WORLD_SIZE", "1"}, {"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "4"}};
}

void TestRankEnvironment::trainsAlone()
{
    QFETCH(Variables, variables);
    set(variables);
    const RankEnvironment environment = readRankEnvironment();
    QCOMPARE(environment.ranks, 1);
    QVERIFY(environment.isLeader());
    QVERIFY(environment.masterAddress.empty());
}

void TestRankEnvironment::reads_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("localRank");
    QTest::addColumn<int>("port");
    QTest::newRow("torchrun") << Variables{{"RANK", "5"},
                                           {"WORLD_SIZE", "8"},
                                           {"LOCAL_RANK", "1"},
                                           {"MASTER_PORT", "77"}}
                              << "rank 5 of 8" << 1 << 77;
    QTest::newRow("only what must be") << Variables{{"RANK", "1"}, {"WORLD_SIZE", "2"}} << "rank 1 of 2" << 0 << 29500;
    QTest::newRow("Open MPI inside Slurm") << Variables{{"OMPI_COMM_WORLD_RANK", "2"},
                                                        {"OMPI_COMM_WORLD_SIZE", "3"},
                                                        {"OMPI_COMM_WORLD_LOCAL_RANK", "1"},
                                                        {"SLURM_PROCID", "0"},
                                                        {"SLURM_NTASKS", "1"}}
                                           << "rank 2 of 3" << 1 << 29500;
    QTest::newRow("Slurm") << Variables{{"SLURM_PROCID", "7"}, {"SLURM_NTASKS", "8"}, {"SLURM_LOCALID", "3"}}
                           << "rank 7 of 8" << 3 << 29500;
    QTest::newRow("the standard ones before Slurm's")
        << Variables{{"RANK", "0"}, {"WORLD_SIZE", "2"}, {"SLURM_PROCID", "7"}, {"SLURM_NTASKS", "8"}} << "rank 0 of 2"
        << 0 << 29500;
}

void TestRankEnvironment::reads()
{
    QFETCH(Variables, variables);
    QFETCH(QString, name);
    QFETCH(int, localRank);
    QFETCH(int, port);
    set(variables);
    qputenv("MASTER_ADDR", "node1");
    const RankEnvironment environment = readRankEnvironment();
    QCOMPARE(QString::fromStdString(environment.name()), name);
    QCOMPARE(environment.localRank, localRank);
    QCOMPARE(environment.masterPort, port);
    QCOMPARE(environment.masterAddress, std::string("node1"));
    QCOMPARE(environment.sharedPrefix, std::string());
}

QTEST_APPLESS_MAIN(TestRankEnvironment)
#include "test_rank_environment.moc"
