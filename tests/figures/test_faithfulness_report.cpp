// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QLocale>
#include <QtTest>

#include "core/base/error.h"
#include "tests/figures/recording_device.h"
#include "ui/figures/faithfulness_figure.h"
#include "ui/figures/faithfulness_report.h"

using namespace ocellus;

namespace {

BootstrapMean around(double mean)
{
    return {30, 10'000, mean, mean - 0.02, mean + 0.02};
}

FaithfulnessDifference difference(const char* first, const char* second, double insertion, double deletion)
{
    return {first, second, around(insertion), around(deletion)};
}

/// A source that beats both nulls, and one that beats neither.
FaithfulnessResults results()
{
    FaithfulnessResults results;
    results.facts = {{"Judge", "linear.safetensors, <b>"}};
    results.pictures = 1234;
    results.leftOut = 56;
    results.summaries = {
        {"mean", false, around(0.8), around(0.1)},
        {"reversed mean", true, around(0.3), around(0.7)},
        {"gradcam:stage=a_stage_with_a_name_that_is_far_too_otherfor_it", false, around(0.5), around(0.4)},
        {"random", true, around(0.5), around(0.4)},
        {"centre", true, around(0.6), around(0.3)}};
    const char* const other = results.summaries[2].order.c_str();
    results.differences = {difference("mean", other, 0.3, -0.3), difference("mean", "random", 0.3, -0.3),
                           difference("mean", "centre", 0.2, -0.2), difference(other, "random", 0, 0),
                           difference(other, "centre", -0.1, 0.1)};
    return results;
}

} // namespace

/// Faithfulness over a folder as a page.
class TestFaithfulnessReport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void refusesToShowNullsAlone();
    void saysWhichSourcesBeatWhatKnowsNothing();
    void saysThatNoneDoes();
    void leavesOutAnEmptyTable();
    void everyAreaHasItsNullBesideIt();
    void labelsStayInTheirColumns();
    void hostileTextIsText();
};

void TestFaithfulnessReport::refusesToShowNullsAlone()
{
    FaithfulnessResults nulls = results();
    std::erase_if(nulls.summaries, [](const FaithfulnessSummary& summary) { return !summary.isNull; });
    QVERIFY_EXCEPTION_THROWN(faithfulnessFigure(nulls.summaries), Error);
    QVERIFY_EXCEPTION_THROWN(faithfulnessReport(nulls), Error);
    QVERIFY_EXCEPTION_THROWN(faithfulnessReport({}), Error);
}

void TestFaithfulnessReport::saysWhichSourcesBeatWhatKnowsNothing()
{
    const ReportSection section = faithfulnessReport(results()).sections.front();
    QVERIFY2(section.verdict.contains("in insertion and in deletion: mean. Not so: gradcam"),
             qPrintable(section.verdict));
    QCOMPARE(section.tables.size(), std::size_t{3});
    QCOMPARE(section.tables[1].marked, (std::vector<int>{0, 1}));
    QCOMPARE(section.tables[2].rows.front()[2], QString("0.300 (0.280 to 0.320)"));
}

void TestFaithfulnessReport::saysThatNoneDoes()
{
    FaithfulnessResults worse = results();
    worse.differences[2] = difference("mean", "centre", 0.01, -0.2); // its interval holds zero
    const QString verdict = faithfulnessReport(worse).sections.front().verdict;
    QVERIFY2(verdict.startsWith("No source"), qPrintable(verdict));
}

void TestFaithfulnessReport::leavesOutAnEmptyTable()
{
    FaithfulnessResults one = results();
    one.summaries.erase(one.summaries.begin() + 2);
    one.leftOut = 0;
    std::erase_if(one.differences, [](const FaithfulnessDifference& difference) {
        return difference.first != "mean" || difference.second.starts_with("gradcam");
    });
    const Report report = faithfulnessReport(one);
    QCOMPARE(report.sections.front().tables.size(), std::size_t{2});
    QCOMPARE(report.facts.front().second, QString("1,234"));
}

void TestFaithfulnessReport::everyAreaHasItsNullBesideIt()
{
    const QString html = QString::fromUtf8(htmlOf(faithfulnessReport(results())));
    for (const char* said : {"random", "centre", "reversed mean", "1,234", "56", "0.800 (0.780 to 0.820)"})
        QVERIFY2(html.contains(said), said);
}

void TestFaithfulnessReport::labelsStayInTheirColumns()
{
    const Figure figure = faithfulnessFigure(results().summaries);
    test::RecordingDevice device(figure.size);
    QPainter painter(&device);
    figure.paint(painter, 1);
    painter.end();
    const auto& texts = device.recorded().texts;
    QVERIFY(texts.size() > 15);
    int elided = 0;
    for (const auto& text : texts) {
        QVERIFY2(QRectF(QPointF(), figure.size).contains(text.place), qPrintable(text.text));
        elided += text.text.contains(QChar(0x2026)) ? 1 : 0;
    }
    QCOMPARE(elided, 1); // the source with the long name
    for (std::size_t a = 0; a < texts.size(); ++a)
        for (std::size_t b = a + 1; b < texts.size(); ++b)
            QVERIFY2(!texts[a].place.adjusted(0.1, 1, -0.1, -1).intersects(texts[b].place.adjusted(0.1, 1, -0.1, -1)),
                     qPrintable(texts[a].text + " / " + texts[b].text));
}

void TestFaithfulnessReport::hostileTextIsText()
{
    const QString html = QString::fromUtf8(htmlOf(faithfulnessReport(results())));
    QVERIFY(html.contains("linear.safetensors, &lt;b>") || html.contains("linear.safetensors, &lt;b&gt;"));
}

QTEST_MAIN(TestFaithfulnessReport)
#include "test_faithfulness_report.moc"
