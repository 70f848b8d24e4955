// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTest>

#include "ui/widgets/view_transform.h"

using namespace ocellus;

namespace {

const QRectF area(2, 40, 400, 300);

double distance(const Point& a, const Point& b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

} // namespace

class TestViewTransform : public QObject {
    Q_OBJECT

private slots:
    void zoomStaysWithinBounds_data()
    {
        QTest::addColumn<QSizeF>("picture");
        QTest::newRow("one pixel") << QSizeF(1, 1);
        QTest::newRow("a line") << QSizeF(20000, 1);
        QTest::newRow("usual") << QSizeF(500, 375);
        QTest::newRow("huge") << QSizeF(20000, 10000);
    }

    void zoomStaysWithinBounds()
    {
        QFETCH(QSizeF, picture);
        ViewTransform view(picture);
        for (int i = 0; i < 100; ++i)
            view.zoomAt({50, 60}, 3, area);
        const double largest = view.in(area).scale;
        QVERIFY(std::isfinite(largest) && largest >= 1);
        for (int i = 0; i < 100; ++i)
            view.zoomAt({350, 200}, 0.2, area);
        const double smallest = view.in(area).scale;
        QVERIFY(smallest > 0 && smallest <= 1);
        QVERIFY(smallest <= largest);
    }

    void fitShowsAllInTheMiddle()
    {
        const PictureTransform transform = ViewTransform({500, 375}).in(area);
        QCOMPARE(transform.scale, 0.8);
        QCOMPARE(transform.toDevice(Point{250, 187.5}), area.center());
    }

    void oneToOne()
    {
        ViewTransform view({5000, 3750});
        view.showPixels(1, area.center(), area);
        QCOMPARE(view.in(area).scale, 1.0);
        view.showPixels(0.5, area.center(), area); // two device pixels a unit
        QCOMPARE(view.in(area).scale, 0.5);
        view.fit();
        QCOMPARE(view.zoom(), 1.0);
        QCOMPARE(view.centre(), QPointF(2500, 1875));
    }

    void zoomKeepsThePointUnderTheCursor()
    {
        ViewTransform view({500, 375});
        for (const QPointF cursor : {QPointF(100, 100), QPointF(390, 330), QPointF(202, 190)}) {
            const Point before = view.in(area).toPicture(cursor);
            view.zoomAt(cursor, 1.7, area);
            QVERIFY(distance(view.in(area).toPicture(cursor), before) < 1e-9);
        }
        QVERIFY(view.zoom() > 4.9);
    }

    void panMovesWithTheHandAndStopsAtTheEdge()
    {
        ViewTransform view({500, 375});
        view.zoomAt(area.center(), 4, area);
        const Point grabbed = view.in(area).toPicture({120, 130});
        view.pan({30, -20}, area);
        QVERIFY(distance(view.in(area).toPicture({150, 110}), grabbed) < 1e-9);
        view.pan({1e9, 1e9}, area);
        QCOMPARE(view.centre(), QPointF(0, 0));
    }

    void otherSizesShowTheSamePart()
    {
        ViewTransform view({500, 375});
        view.zoomAt({300, 100}, 3, area);
        const QRectF larger(0, 0, 1600, 1200);
        QCOMPARE(view.in(larger).scale, 4 * view.in(area).scale);
        QVERIFY(distance(view.in(larger).toPicture(larger.center()), view.in(area).toPicture(area.center())) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(TestViewTransform)
#include "test_view_transform.moc"
