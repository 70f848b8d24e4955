// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>

#include <nlohmann/json.hpp>

#include "core/train/learning_rate.h"

using namespace ocellus;

/// Against the rates that PyTorch 1.13's schedulers give for a rate of 5e-4.
class TestLearningRate : public QObject {
    Q_OBJECT

private slots:
    void followsPyTorch_data();
    void followsPyTorch();
    void staysFiniteForTheShortestRuns_data();
    void staysFiniteForTheShortestRuns();
    void describesTheSchedulerForPython();
};

namespace {

TrainOptions options(Schedule schedule, int epochs)
{
    TrainOptions options;
    options.schedule = schedule;
    options.epochs = epochs;
    options.learningRate = 5e-4;
    options.backboneLearningRate = 1e-5;
    options.learningRateDrop = 3;
    options.warmupEpochs = 2;
    return options;
}

} // namespace

void TestLearningRate::followsPyTorch_data()
{
    QTest::addColumn<int>("schedule");
    QTest::addColumn<int>("epochs");
    QTest::addColumn<int>("epoch");
    QTest::addColumn<int>("step");
    QTest::addColumn<double>("expected");

    const int step = static_cast<int>(Schedule::Step);
    QTest::newRow("step: before the drop") << step << 10 << 2 << 4 << 5e-4;
    QTest::newRow("step: after it") << step << 10 << 3 << 0 << 5e-5;
    QTest::newRow("step: after two") << step << 10 << 6 << 0 << 5e-6;
    const int cosine = static_cast<int>(Schedule::Cosine);
    QTest::newRow("cosine: first") << cosine << 10 << 0 << 3 << 5e-4;
    QTest::newRow("cosine: second") << cosine << 10 << 1 << 0 << 0.0004877641290737884;
    QTest::newRow("cosine: half") << cosine << 10 << 5 << 0 << 0.00025;
    QTest::newRow("cosine: last") << cosine << 10 << 9 << 0 << 1.2235870926211617e-05;
    const int cycle = static_cast<int>(Schedule::OneCycle);
    QTest::newRow("one cycle: first step") << cycle << 4 << 0 << 0 << 2e-05;
    QTest::newRow("one cycle: rising") << cycle << 4 << 0 << 3 << 0.00033416407864998737;
    QTest::newRow("one cycle: top") << cycle << 4 << 1 << 0 << 0.0005;
    QTest::newRow("one cycle: just past it") << cycle << 4 << 1 << 1 << 0.0004937320031175437;
    QTest::newRow("one cycle: falling") << cycle << 4 << 2 << 2 << 0.000250001;
    QTest::newRow("one cycle: last step") << cycle << 4 << 3 << 4 << 2e-09;
    // timm's CosineLRScheduler, which lets the first of two epochs of warm-up have 0
    const int warm = static_cast<int>(Schedule::WarmCosine);
    QTest::newRow("warm cosine: first") << warm << 10 << 0 << 2 << 2.5e-4;
    QTest::newRow("warm cosine: warm") << warm << 10 << 1 << 0 << 5e-4;
    QTest::newRow("warm cosine: half") << warm << 10 << 5 << 0 << 0.0002505;
    QTest::newRow("warm cosine: last") << warm << 10 << 9 << 0 << 1.3211399184359193e-05;
}

void TestLearningRate::followsPyTorch()
{
    QFETCH(int, schedule);
    QFETCH(int, epochs);
    QFETCH(int, epoch);
    QFETCH(int, step);
    QFETCH(double, expected);

    const LearningRate rate(options(static_cast<Schedule>(schedule), epochs), 5);
    const double got = rate.at(5e-4, epoch, step);
    QVERIFY2(std::abs(got - expected) <= 1e-9 * expected, qPrintable(QString::number(got, 'g', 17)));
}

void TestLearningRate::staysFiniteForTheShortestRuns_data()
{
    QTest::addColumn<int>("epochs");
    QTest::addColumn<int>("stepsPerEpoch");

    QTest::newRow("one step") << 1 << 1;
    QTest::newRow("two steps") << 2 << 1;
    QTest::newRow("three steps") << 1 << 3;
    QTest::newRow("four steps") << 2 << 2;
}

void TestLearningRate::staysFiniteForTheShortestRuns()
{
    QFETCH(int, epochs);
    QFETCH(int, stepsPerEpoch);

    const LearningRate rate(options(Schedule::OneCycle, epochs), stepsPerEpoch);
    for (int epoch = 0; epoch < epochs; ++epoch)
        for (int step = 0; step < stepsPerEpoch; ++step) {
            const double value = rate.at(5e-4, epoch, step);
            QVERIFY2(value >= 0 && value <= 5e-4 * (1 + 1e-12), qPrintable(QString::number(value)));
        }
}

void TestLearningRate::describesTheSchedulerForPython()
{
    const nlohmann::json step = LearningRate(options(Schedule::Step, 10), 5).stateDict(4);
    QCOMPARE(step.at("step_size").get<int>(), 3);
    QCOMPARE(step.at("last_epoch").get<int>(), 4);
    QCOMPARE(step.at("_last_lr").at(0).get<double>(), 5e-5);
    const nlohmann::json cosine = LearningRate(options(Schedule::Cosine, 10), 5).stateDict(10);
    QCOMPARE(cosine.at("T_max").get<int>(), 10);
    QCOMPARE(cosine.at("_last_lr").at(1).get<double>(), 0.0);
    const nlohmann::json cycle = LearningRate(options(Schedule::OneCycle, 4), 5).stateDict(4);
    QCOMPARE(cycle.at("total_steps").get<int>(), 20);
    QVERIFY(std::abs(cycle.at("_last_lr").at(0).get<double>() - 2e-9) < 1e-15);
}

QTEST_APPLESS_MAIN(TestLearningRate)
#include "test_learning_rate.moc"
