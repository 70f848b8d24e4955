// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QSignalSpy>
#include <QtTest>

#include <qcustomplot.h>

#include "ui/panels/attention_plot.h"

using namespace ocellus;

namespace {

constexpr double Nan = std::numeric_limits<double>::quiet_NaN();

void clickAt(QCustomPlot* plot, double x, double y)
{
    const QPoint place(qRound(plot->xAxis->coordToPixel(x)), qRound(plot->yAxis->coordToPixel(y)));
    QTest::mouseClick(plot, Qt::LeftButton, {}, place);
}

} // namespace

class TestPlots : public QObject {
    Q_OBJECT

private slots:
    void emptyPlotsShowWords()
    {
        AttentionPlot attention;
        attention.show();
        QVERIFY(!attention.findChild<QCustomPlot*>()->isVisible());
        attention.setValues({1, 2}, 1.5f, {3, 4}, {});
        QVERIFY(attention.findChild<QCustomPlot*>()->isVisible());
        attention.clear();
        QVERIFY(!attention.findChild<QCustomPlot*>()->isVisible());
    }

    void clickedHeadsAreChosenAndTheMeanIsTheLast()
    {
        AttentionPlot plot;
        plot.resize(400, 200);
        plot.show();
        plot.setValues({3, static_cast<float>(Nan), 0.5f}, 1.2f, {3, 4}, {});
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
        AttentionPlot plot;
        plot.setValues({1, 2}, 1.5f, {3, 4}, {});
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
