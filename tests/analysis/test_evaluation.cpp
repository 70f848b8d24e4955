// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>
#include <vector>

#include <QtTest>

#include "core/analysis/evaluation.h"
#include "core/analysis/intervals.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();

PictureOutcome named(int trueClass, int predicted, int rank, double loss)
{
    return {trueClass, predicted, 0.5, rank, loss};
}

} // namespace

Q_DECLARE_METATYPE(ErrorCode)

/// Outcomes, totals and intervals against numbers worked out by hand.
class TestEvaluation : public QObject {
    Q_OBJECT

private slots:
    void refusesIntervals_data();
    void refusesIntervals();
    void refusesLogits_data();
    void refusesLogits();
    void saysNothingOfNothing();
    void intervals_data();
    void intervals();
    void outcomes_data();
    void outcomes();
    void staysFiniteForFarLogits();
    void clustersTellLessThanTrials_data();
    void clustersTellLessThanTrials();
    void addsUp();
    void pairsInBothDirections();
};

void TestEvaluation::refusesIntervals_data()
{
    QTest::addColumn<int>("successes");
    QTest::addColumn<int>("n");
    QTest::addColumn<double>("z");
    QTest::newRow("negative") << -1 << 3 << 1.96;
    QTest::newRow("more than all") << 4 << 3 << 1.96;
    QTest::newRow("of less than nothing") << 0 << -1 << 1.96;
    QTest::newRow("no quantile") << 1 << 3 << 0.0;
    QTest::newRow("quantile NaN") << 1 << 3 << std::nan("");
    QTest::newRow("quantile infinite") << 1 << 3 << std::numeric_limits<double>::infinity();
}

void TestEvaluation::refusesIntervals()
{
    QFETCH(int, successes);
    QFETCH(int, n);
    QFETCH(double, z);
    QCOMPARE(errorOf([&] { wilsonInterval(successes, n, z); }), ErrorCode::BadArgument);
    const TrialCluster cluster{successes, n};
    QCOMPARE(errorOf([&] { clusteredInterval({&cluster, 1}, z); }), ErrorCode::BadArgument);
}

void TestEvaluation::refusesLogits_data()
{
    QTest::addColumn<std::vector<float>>("logits");
    QTest::addColumn<int>("trueClass");
    QTest::addColumn<ErrorCode>("code");
    using Logits = std::vector<float>;
    QTest::newRow("none") << Logits{} << 0 << ErrorCode::BadArgument;
    QTest::newRow("class below") << Logits{1, 2} << -1 << ErrorCode::BadArgument;
    QTest::newRow("class above") << Logits{1, 2} << 2 << ErrorCode::BadArgument;
    QTest::newRow("NaN") << Logits{1, std::nanf("")} << 0 << ErrorCode::Damaged;
    QTest::newRow("infinite") << Logits{1, infinite} << 0 << ErrorCode::Damaged;
    QTest::newRow("minus infinite") << Logits{-infinite, 1} << 1 << ErrorCode::Damaged;
}

void TestEvaluation::refusesLogits()
{
    QFETCH(std::vector<float>, logits);
    QFETCH(int, trueClass);
    QFETCH(ErrorCode, code);
    QCOMPARE(errorOf([&] { outcomeOf(logits, trueClass); }), code);
}

void TestEvaluation::saysNothingOfNothing()
{
    const Evaluation none;
    QCOMPARE(none.n(), 0);
    QCOMPARE(none.accuracy(), 0.0);
    QCOMPARE(none.meanLoss(), 0.0);
    QVERIFY(none.confusedPairs().empty() && none.involvedClasses().empty());
}

void TestEvaluation::intervals_data()
{
    QTest::addColumn<int>("successes");
    QTest::addColumn<int>("n");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("of nothing") << 0 << 0 << 0.0 << 1.0;
    // z^2 / (n + z^2) and n / (n + z^2) with z^2 = 3.841458820694124
    QTest::newRow("none of ten") << 0 << 10 << 0.0 << 3.841458820694124 / 13.841458820694124;
    QTest::newRow("ten of ten") << 10 << 10 << 10 / 13.841458820694124 << 1.0;
    // (s + z^2/2 -+ z sqrt(s (n - s) / n + z^2/4)) / (n + z^2)
    QTest::newRow("half of ten") << 5 << 10 << 0.236593090512564 << 0.763406909487436;
    QTest::newRow("588 of 600") << 588 << 600 << 0.965369945653891 << 0.988522821372956;
}

void TestEvaluation::intervals()
{
    QFETCH(int, successes);
    QFETCH(int, n);
    QFETCH(double, low);
    QFETCH(double, high);
    const Interval interval = wilsonInterval(successes, n);
    QVERIFY2(std::abs(interval.low - low) < 1e-9, qPrintable(QString::number(interval.low, 'g', 15)));
    QVERIFY2(std::abs(interval.high - high) < 1e-9, qPrintable(QString::number(interval.high, 'g', 15)));
}

void TestEvaluation::outcomes_data()
{
    QTest::addColumn<std::vector<float>>("logits");
    QTest::addColumn<int>("trueClass");
    QTest::addColumn<int>("predicted");
    QTest::addColumn<double>("probability");
    QTest::addColumn<int>("rank");
    QTest::addColumn<double>("loss");
    using Logits = std::vector<float>;
    const double e = std::exp(1.0);
    QTest::newRow("one class") << Logits{-3} << 0 << 0 << 1.0 << 1 << 0.0;
    QTest::newRow("all equal: first") << Logits{2, 2, 2, 2} << 0 << 0 << 0.25 << 1 << std::log(4.0);
    QTest::newRow("all equal: last") << Logits{2, 2, 2, 2} << 3 << 0 << 0.25 << 4 << std::log(4.0);
    QTest::newRow("right") << Logits{0, 1} << 1 << 1 << e / (1 + e) << 1 << std::log(1 + e) - 1;
    QTest::newRow("wrong") << Logits{0, 1} << 0 << 1 << e / (1 + e) << 2 << std::log(1 + e);
}

void TestEvaluation::outcomes()
{
    QFETCH(std::vector<float>, logits);
    QFETCH(int, trueClass);
    QFETCH(double, probability);
    QFETCH(double, loss);
    const PictureOutcome outcome = outcomeOf(logits, trueClass);
    QCOMPARE(outcome.trueClass, trueClass);
    QTEST(outcome.predicted, "predicted");
    QTEST(outcome.rank, "rank");
    QVERIFY(std::abs(outcome.probability - probability) < 1e-12);
    QVERIFY(std::abs(outcome.loss - loss) < 1e-12);
    QCOMPARE(outcome.isCorrect(), outcome.predicted == trueClass);
}

void TestEvaluation::staysFiniteForFarLogits()
{
    QCOMPARE(outcomeOf(std::vector<float>{1e30F, -1e30F}, 0).loss, 0.0);
    QVERIFY(std::abs(outcomeOf(std::vector<float>{1000, -1000}, 1).loss - 2000) < 1e-9);
}

void TestEvaluation::clustersTellLessThanTrials_data()
{
    QTest::addColumn<std::vector<int>>("successes");
    QTest::addColumn<int>("each");
    QTest::addColumn<double>("worth"); // independent trials
    // Student's quantiles for 95 %, by table.
    const auto few = [](double t) { return std::pow(quantile95 / t, 2); };
    const double two = few(12.70620), three = few(4.302653), four = few(3.182446), ten = few(2.262157);
    QTest::newRow("of nothing") << std::vector<int>{} << 1 << 0.0;
    QTest::newRow("clusters without trials") << std::vector<int>{0, 0} << 0 << 0.0;
    QTest::newRow("one cluster counts as one trial") << std::vector<int>{8} << 8 << 1.0;
    QTest::newRow("so it does with both outcomes") << std::vector<int>{3} << 8 << 1.0;
    QTest::newRow("all alike: nothing tells, so clusters count") << std::vector<int>{8, 8, 8, 8} << 8 << 4.0;
    // All of a cluster or none: the design effect is the cluster's size, were there many of them; k clusters at least.
    QTest::newRow("all or none of each") << std::vector<int>{8, 0, 8, 0} << 8 << 4.0;
    QTest::newRow("single trials") << std::vector<int>{1, 0, 1, 0, 1} << 1 << 5.0;
    // No effect; but of a few clusters nobody knows that well.
    QTest::newRow("the same share in two") << std::vector<int>{60, 60} << 80 << 160 * two;
    QTest::newRow("the same share in three") << std::vector<int>{6, 6, 6} << 8 << 24 * three;
    QTest::newRow("the same share but for rounding") << std::vector<int>{15, 15, 15} << 22 << 66 * three;
    QTest::newRow("nearly the same share") << std::vector<int>{15, 15, 14} << 22 << 66 * three;
    QTest::newRow("the same share in each") << std::vector<int>{4, 4, 4, 4} << 8 << 32 * four;
    QTest::newRow("the same share in ten") << std::vector<int>(10, 4) << 8 << 80 * ten;
    QTest::newRow("the same share in very many") << std::vector<int>(300, 4) << 8 << 2400 * few(1.967930);
    // Variance k / (k - 1) * sum (y - p m)^2 / n^2 = 4/3 * 4 / 32^2, p (1 - p) over that is 48, more than 32.
    QTest::newRow("more even than chance") << std::vector<int>{3, 5, 3, 5} << 8 << 32 * four;
    // 4/3 * 16 / 32^2: worth 12 trials.
    QTest::newRow("twelve") << std::vector<int>{2, 6, 2, 6} << 8 << 12 * four;
}

void TestEvaluation::clustersTellLessThanTrials()
{
    QFETCH(std::vector<int>, successes);
    QFETCH(int, each);
    QFETCH(double, worth);
    std::vector<TrialCluster> clusters;
    int sum = 0;
    for (const int one : successes) {
        clusters.push_back({one, each});
        sum += one;
    }
    Interval expected;
    if (worth > 0) {
        const double p = static_cast<double>(sum) / (each * static_cast<double>(successes.size()));
        const double z = quantile95;
        const double centre = (p + z * z / (2 * worth)) / (1 + z * z / worth);
        const double reach = z / (1 + z * z / worth) * std::sqrt(p * (1 - p) / worth + z * z / (4 * worth * worth));
        expected = {centre - reach, centre + reach};
    }
    const Interval interval = clusteredInterval(clusters);
    QVERIFY2(std::abs(interval.low - expected.low) < 1e-6 && std::abs(interval.high - expected.high) < 1e-6,
             qPrintable(QString("%1 to %2").arg(interval.low).arg(interval.high)));
}

void TestEvaluation::addsUp()
{
    Evaluation evaluation;
    evaluation.add(named(7, 7, 1, 0.25));
    evaluation.add(named(7, 2, 6, 3.0));
    evaluation.add(named(2, 9, 5, 1.0));
    evaluation.add(named(7, 7, 1, 0.75));
    QCOMPARE(evaluation.n(), 4);
    QCOMPARE(evaluation.correct(), 2);
    QCOMPARE(evaluation.accuracy(), 50.0);
    QCOMPARE(evaluation.topFiveAccuracy(), 75.0);
    QCOMPARE(evaluation.meanLoss(), 1.25);
    QCOMPARE(evaluation.classes(), (std::map<int, Evaluation::Share>{{2, {1, 0}}, {7, {3, 2}}}));
    QCOMPARE(evaluation.confusion(), (std::map<std::pair<int, int>, int>{{{2, 9}, 1}, {{7, 2}, 1}, {{7, 7}, 2}}));
    QCOMPARE(evaluation.involvedClasses(), (std::vector<int>{2, 7, 9}));
}

void TestEvaluation::pairsInBothDirections()
{
    Evaluation evaluation;
    for (const auto& [truth, predicted] :
         std::vector<std::pair<int, int>>{{4, 1}, {1, 4}, {4, 1}, {0, 3}, {2, 0}, {5, 5}})
        evaluation.add(named(truth, predicted, truth == predicted ? 1 : 2, 1));
    QCOMPARE(evaluation.confusedPairs(), (std::vector<ConfusedPair>{{1, 4, 1, 2}, {0, 2, 0, 1}, {0, 3, 1, 0}}));
}

QTEST_APPLESS_MAIN(TestEvaluation)
#include "test_evaluation.moc"
