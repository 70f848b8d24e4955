// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>

#include "core/experiment/control_statistics.h"
#include "core/experiment/experiment_summary.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

using Values = std::vector<double>;

constexpr double infinite = std::numeric_limits<double>::infinity();

Decoding decodingOf(const std::vector<float>& logits)
{
    Decoding::Extent extent;
    extent.queries = extent.classes = static_cast<int>(logits.size());
    std::vector<int> queries(logits.size());
    for (std::size_t i = 0; i < queries.size(); ++i)
        queries[i] = static_cast<int>(i);
    Decoding::Arrays arrays;
    arrays.logits = logits;
    return Decoding({}, {}, extent, queries, std::move(arrays));
}

ExperimentRow rowOf(double change, const Values& controls, bool flipped = false)
{
    ExperimentRow row;
    row.predicted.after.logit = change;
    row.predictedAfter = flipped ? 1 : 0;
    for (const double control : controls)
        row.controls.push_back({{control, 0, 0}, false});
    return row;
}

} // namespace

/// Numbers of which a decision hangs.
class TestControlStatistics : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void ranksAmongControls_data();
    void ranksAmongControls();
    void takesQuantiles_data();
    void takesQuantiles();
    void measuresStanding();
    void bootstrapsShares();
    void bootstrapsLikeTheNormalDistribution();
    void bootstrapsFewValues();
    void boundsTheDraws();
    void sumsUp();
    void sumsUpNothing();
};

void TestControlStatistics::refuses_data()
{
    QTest::addColumn<std::function<void()>>("action");
    const auto row = [](const char* name, std::function<void()> action) { QTest::newRow(name) << std::move(action); };
    row("infinite effect", [] { empiricalP(infinite, Values{1}); });
    row("control that is no number", [] { empiricalP(1, Values{std::nan("")}); });
    row("infinite value", [] { bootstrapMean(Values{1, -infinite}, 1); });
    row("quantile of nothing", [] { quantile({}, 0.5); });
    row("share above 1", [] { quantile({1, 2}, 1.01); });
    row("share that is no number", [] { quantile({1, 2}, std::nan("")); });
    row("no such class", [] { standingOf(decodingOf({1, 2}), 2); });
}

void TestControlStatistics::refuses()
{
    QFETCH(std::function<void()>, action);
    QVERIFY(errorOf(action) == ErrorCode::BadArgument);
}

void TestControlStatistics::ranksAmongControls_data()
{
    QTest::addColumn<double>("edit");
    QTest::addColumn<Values>("controls");
    QTest::addColumn<double>("p");
    QTest::newRow("no controls") << -3.0 << Values{} << 1.0;
    QTest::newRow("beyond all") << -3.0 << Values{1, -2, 0.5} << 1.0 / 4;
    QTest::newRow("either sign counts") << 1.0 << Values{-2, 2, 0.5, -0.5} << 3.0 / 5;
    QTest::newRow("as large counts") << -1.0 << Values{1, -1, 0.9} << 3.0 / 4;
    QTest::newRow("no effect") << 0.0 << Values{0, 1} << 1.0;
    QTest::newRow("nineteen") << 9.0 << Values(19, 1.0) << 0.05;
}

void TestControlStatistics::ranksAmongControls()
{
    QFETCH(double, edit);
    QFETCH(Values, controls);
    QTEST(empiricalP(edit, controls), "p");
}

void TestControlStatistics::takesQuantiles_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<double>("share");
    QTest::addColumn<double>("expected");
    // numpy.quantile(values, share), whose default interpolates linearly
    QTest::newRow("one") << Values{7} << 0.3 << 7.0;
    QTest::newRow("least") << Values{3, 1, 2} << 0.0 << 1.0;
    QTest::newRow("most") << Values{3, 1, 2} << 1.0 << 3.0;
    QTest::newRow("middle") << Values{4, 1, 3, 2} << 0.5 << 2.5;
    QTest::newRow("between") << Values{10, 20, 40, 80, 0} << 0.8 << 48.0;
    QTest::newRow("tail") << Values{0, 1, 2, 3, 4} << 0.025 << 0.1;
}

void TestControlStatistics::takesQuantiles()
{
    QFETCH(Values, values);
    QFETCH(double, share);
    QFETCH(double, expected);
    QVERIFY(std::abs(quantile(values, share) - expected) < 1e-12);
}

void TestControlStatistics::measuresStanding()
{
    const Decoding decoding = decodingOf({1, 4, 3});
    const double sum = std::exp(1.0) + std::exp(4.0) + std::exp(3.0);
    QCOMPARE(standingOf(decoding, 1).margin, 1.0);
    QCOMPARE(standingOf(decoding, 2).margin, -1.0);
    QCOMPARE(standingOf(decoding, 0).margin, -3.0);
    QVERIFY(std::abs(standingOf(decoding, 1).probability - std::exp(4.0) / sum) < 1e-6);
    QCOMPARE(standingOf(decodingOf({5}), 0).margin, 0.0);
    const ClassStanding change = changeOf(standingOf(decoding, 1), standingOf(decodingOf({1, 2, 3}), 1));
    QCOMPARE(change.logit, -2.0);
    QCOMPARE(change.margin, -2.0);
}

void TestControlStatistics::bootstrapsShares()
{
    // A draw of ten from five zeros and five ones is binomial: P(at most 1) = 11/1024 < 2.5 % < P(at most 2) = 56/1024.
    const BootstrapMean mean = bootstrapMean(Values{0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 1);
    QCOMPARE(mean.n, std::size_t{10});
    QCOMPARE(mean.draws, 10'000);
    QCOMPARE(mean.mean, 0.5);
    QVERIFY(std::abs(mean.low - 0.2) < 1e-12 && std::abs(mean.high - 0.8) < 1e-12);
    const BootstrapMean again = bootstrapMean(Values{0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 1);
    QVERIFY(again.low == mean.low && again.high == mean.high);
}

void TestControlStatistics::bootstrapsLikeTheNormalDistribution()
{
    // 0 ... 399: the mean's standard error is the population deviation over the root of n,
    // sqrt((400^2 - 1) / 12) / 20 = 5.7735, and draws of so many are normal: mean +- 1.96 * 5.7735.
    Values values(400);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<double>(i);
    const BootstrapMean mean = bootstrapMean(values, 7);
    QCOMPARE(mean.mean, 199.5);
    QVERIFY(std::abs(mean.low - (199.5 - 11.316)) < 0.5);
    QVERIFY(std::abs(mean.high - (199.5 + 11.316)) < 0.5);
}

void TestControlStatistics::bootstrapsFewValues()
{
    const BootstrapMean none = bootstrapMean(Values{}, 1);
    QVERIFY(none.n == 0 && none.draws == 0 && none.mean == 0);
    const BootstrapMean one = bootstrapMean(Values{-2.5}, 1);
    QVERIFY(one.mean == -2.5 && one.low == -2.5 && one.high == -2.5);
    const BootstrapMean two = bootstrapMean(Values{0, 1}, 1); // both the same in a quarter of the draws each
    QVERIFY(two.low == 0 && two.high == 1);
}

void TestControlStatistics::boundsTheDraws()
{
    const BootstrapMean many = bootstrapMean(Values(100'000, 3.0), 1);
    QCOMPARE(many.draws, 2'000);
    QCOMPARE(many.low, 3.0);
}

void TestControlStatistics::sumsUp()
{
    std::vector<ExperimentRow> rows{rowOf(-4, {-1, -3}, true), rowOf(-2, {0, 2}), rowOf(-6, {})};
    rows[1].controlShortfall = "2 of 20 control places";
    rows[0].trueClass = StandingChange{0, {}, {}};
    rows[2].insideBefore = 0.5;
    rows[2].insideAfter = 0.25;
    rows.emplace_back().skipped = "it has no mask";
    rows.emplace_back().error = "cut short";
    const ExperimentSummary summary = summaryOf(rows, 1);
    QCOMPARE(summary.pictures, 5);
    QCOMPARE(summary.edited, 3);
    QCOMPARE(summary.skipped.at("it has no mask"), 1);
    QCOMPARE(summary.failed, 1);
    QCOMPARE(summary.flips, 1);
    const Interval wilson = wilsonInterval(1, 3);
    QCOMPARE(summary.flipInterval.low, wilson.low);
    QCOMPARE(summary.withTrueClass, 1);
    QCOMPARE(summary.rightBefore, 1);
    QCOMPARE(summary.rightAfter, 0);
    QCOMPARE(summary.meanInsideBefore, 0.5);
    QCOMPARE(summary.withControls, 2);
    QCOMPARE(summary.shortOfControls, 1);
    QCOMPARE(summary.canBeUnusual, 0);
    const MeasuredChange& logit = summary.changes.front();
    QCOMPARE(logit.name, std::string("logit"));
    QCOMPARE(logit.edit.n, std::size_t{3});
    QCOMPARE(logit.edit.mean, -4.0);
    // Means of the controls: -2 and 1; edit minus them: -2 and -3.
    QCOMPARE(logit.controls.mean, -0.5);
    QCOMPARE(logit.difference.mean, -2.5);
    QCOMPARE(logit.difference.n, std::size_t{2});
    QCOMPARE(summary.changes.back().name, std::string("flips"));
    QCOMPARE(summary.changes.back().difference.mean, 0.5);
}

void TestControlStatistics::sumsUpNothing()
{
    const ExperimentSummary summary = summaryOf({}, 1);
    QCOMPARE(summary.edited, 0);
    QVERIFY(summary.flipInterval.low == 0 && summary.flipInterval.high == 1);
    QCOMPARE(summary.changes.size(), std::size_t{4});
    QCOMPARE(summary.changes.front().edit.n, std::size_t{0});
    ExperimentRow row = rowOf(-9, Values(19, 1.0));
    QCOMPARE(summaryOf(std::span(&row, 1), 1).unusual, 1);
    row = rowOf(0.5, Values(19, 1.0));
    QCOMPARE(summaryOf(std::span(&row, 1), 1).unusual, 0);
}

QTEST_APPLESS_MAIN(TestControlStatistics)
#include "test_control_statistics.moc"
