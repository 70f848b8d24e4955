// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QSignalSpy>
#include <QtTest>

#include <qcustomplot.h>

#include "ui/panels/attention_plot.h"
#include "ui/panels/logits_plot.h"

using namespace ocellus;

namespace {

constexpr double Nan = std::numeric_limits<double>::quiet_NaN();
constexpr double Infinity = std::numeric_limits<double>::infinity();

QList<LogitBar> threeBars()
{
    return {{5, "Wren", 4.0, {}}, {7, "Robin", 2.0, {}}, {1, QString(500, 'x'), -1.0, {}}};
}

void clickAt(QCustomPlot* plot, double x, double y)
{
    const QPoint place(qRound(plot->xAxis->coordToPixel(x)), qRound(plot->yAxis->coordToPixel(y)));
    QTest::mouseClick(plot, Qt::LeftButton, {}, place);
}

} // namespace

class TestPlots : public QObject {
    Q_OBJECT

private slots:
    void badLogitsAreLeftOut_data()
    {
        QTest::addColumn<double>("logit");
        QTest::addColumn<double>("full");
        QTest::newRow("not a number") << Nan << 1.0;
        QTest::newRow("infinite") << Infinity << 1.0;
        QTest::newRow("full not a number") << 1.0 << Nan;
        QTest::newRow("full infinite") << 1.0 << -Infinity;
    }

    void badLogitsAreLeftOut()
    {
        QFETCH(double, logit);
        QFETCH(double, full);
        LogitsPlot plot;
        plot.resize(300, 150);
        plot.show();
        plot.setBars({{0, "bad", logit, full}, {1, "good", 2.0, 1.0}});
        auto* canvas = plot.findChild<QCustomPlot*>();
        QVERIFY(canvas->xAxis->range().upper > 2.0 && canvas->xAxis->range().upper < 3.0);
        QCOMPARE(canvas->xAxis->range().lower, 0.0);
    }

    void emptyPlotsShowWords()
    {
        LogitsPlot logits;
        AttentionPlot attention;
        logits.show();
        attention.show();
        QVERIFY(!logits.findChild<QCustomPlot*>()->isVisible());
        QVERIFY(!attention.findChild<QCustomPlot*>()->isVisible());
        logits.setBars(threeBars());
        attention.setValues({1, 2}, 1.5f, {3, 4});
        QVERIFY(logits.findChild<QCustomPlot*>()->isVisible());
        QVERIFY(attention.findChild<QCustomPlot*>()->isVisible());
        logits.setBars({});
        attention.clear();
        QVERIFY(!logits.findChild<QCustomPlot*>()->isVisible());
        QVERIFY(!attention.findChild<QCustomPlot*>()->isVisible());
    }

    void clickedBarsChoose()
    {
        LogitsPlot plot;
        plot.resize(400, 200);
        plot.show();
        plot.setBars(threeBars());
        plot.setChosenClass(99);
        auto* canvas = plot.findChild<QCustomPlot*>();
        canvas->replot();
        QSignalSpy spy(&plot, &LogitsPlot::classChosen);
        clickAt(canvas, 0.5, 1);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().toInt(), 7);
        QTest::mouseClick(canvas, Qt::LeftButton, {}, {canvas->width() / 2, canvas->height() - 2});
        QCOMPARE(spy.size(), 1);
    }

    void lowPlotShowsTheBestOnly()
    {
        LogitsPlot plot;
        QList<LogitBar> bars;
        for (int i = 0; i < 100; ++i)
            bars.append({i, QString::number(i), 100.0 - i, {}});
        plot.setBars(bars);
        plot.resize(300, 120);
        plot.show();
        const QCPRange range = plot.findChild<QCustomPlot*>()->yAxis->range();
        QCOMPARE(range.lower, -0.5);
        QVERIFY(range.upper < 12);
    }

    void clickedHeadsAreChosenAndTheMeanIsTheLast()
    {
        AttentionPlot plot;
        plot.resize(400, 200);
        plot.show();
        plot.setValues({3, static_cast<float>(Nan), 0.5f}, 1.2f, {3, 4});
        auto* canvas = plot.findChild<QCustomPlot*>();
        canvas->replot();
        QSignalSpy spy(&plot, &AttentionPlot::headChosen);
        clickAt(canvas, 0, 0.5);
        clickAt(canvas, 3, 0.5);
        QCOMPARE(spy.size(), 2);
        QCOMPARE(spy[0].first().toInt(), 0);
        QCOMPARE(spy[1].first().toInt(), 3);
        QVERIFY(plot.accessibleDescription().contains("head 2: 0.00"));
        QVERIFY(plot.accessibleDescription().contains("mean: 1.20"));
    }

    void coloursFollowThePalette()
    {
        LogitsPlot plot;
        plot.setBars(threeBars());
        QPalette dark;
        dark.setColor(QPalette::Text, Qt::white);
        dark.setColor(QPalette::Base, Qt::black);
        plot.setPalette(dark);
        const auto* canvas = plot.findChild<QCustomPlot*>();
        QCOMPARE(canvas->xAxis->labelColor(), QColor(Qt::white));
        QCOMPARE(canvas->xAxis->tickLabelColor(), QColor(Qt::white));
    }
};

QTEST_MAIN(TestPlots)
#include "test_plots.moc"
