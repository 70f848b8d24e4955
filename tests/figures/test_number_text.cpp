// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QLocale>
#include <QtTest>

#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/edit_comparison.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/number_text.h"

using namespace ocellus;

/// Figures and files have one locale, whatever the system's.
class TestNumberText : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany)); }
    void cleanupTestCase() { QLocale::setDefault(QLocale::c()); }
    void fixed_data();
    void fixed();
    void words();
};

void TestNumberText::fixed_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<QString>("text");
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << 2 << "nan";
    QTest::newRow("negative") << -0.5 << 2 << QString(QChar(0x2212)) + "0.50";
    QTest::newRow("no negative zero") << -0.001 << 2 << "0.00";
    QTest::newRow("negative zero itself") << -0.0 << 1 << "0.0";
    QTest::newRow("thousands") << 1234.5 << 1 << "1234.5";
    QTest::newRow("whole") << -3.0 << 0 << QString(QChar(0x2212)) + "3";
}

void TestNumberText::fixed()
{
    QFETCH(const double, value);
    QFETCH(const int, decimals);
    QFETCH(const QString, text);
    QCOMPARE(fixedText(value, decimals), text);
}

void TestNumberText::words()
{
    QCOMPARE(FigureText::probability(1), QString("1.000"));
    QCOMPARE(FigureText::probability(0.0001), QString("< 0.001"));
    QCOMPARE(FigureText::timesUniform(0.5), QString("0.5×"));
    QCOMPARE(FigureText::number(-1.234), QString(QChar(0x2212)) + "1.23");
    QCOMPARE(changeText(-0.25), QString(QChar(0x2212)) + "0.25");
    QCOMPARE(countText(1234567), QString("1,234,567"));
    QCOMPARE(generalText(-0.25, 3), QString(QChar(0x2212)) + "0.25");
    QVERIFY(FigureText::prediction(test::syntheticExplanation()).contains("logit 3.50, p 0."));
}

QTEST_MAIN(TestNumberText)
#include "test_number_text.moc"
