// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "ui/widgets/room_sharing.h"
#include "ui/widgets/room_splitter.h"

using namespace ocellus;

/// How a large picture and its tiles divide a room, and what the user's hand does to that.
class TestRoomSharing : public QObject {
    Q_OBJECT

private slots:
    void noRoom_data()
    {
        QTest::addColumn<QSize>("room");
        QTest::newRow("none") << QSize(0, 0);
        QTest::newRow("one pixel") << QSize(1, 1);
        QTest::newRow("less than the strips") << QSize(400, 12);
    }

    void noRoom()
    {
        QFETCH(const QSize, room);
        QCOMPARE(fitTiles(room, 9, {384, 384}, {4, 20}, 4).scale, 0.0);
        const RoomSharing sharing = shareRoom(room, 9, {384, 384}, {4, 20}, 4);
        QVERIFY(sharing.large >= 0 && sharing.large <= room.width());
    }

    void tilesAreAsLargeAsCanBe()
    {
        const TileFit fit = fitTiles({900, 300}, 3, {100, 100}, {0, 0}, 0);
        QCOMPARE(fit.columns, 3);
        QCOMPARE(fit.scale, 3.0);
        QCOMPARE(fitTiles({300, 900}, 3, {100, 100}, {0, 0}, 0).columns, 1);
        QCOMPARE(fitTiles({300, 300}, 0, {100, 100}, {0, 0}, 0).columns, 1);
    }

    void picturesFillTheRoom_data()
    {
        QTest::addColumn<QSize>("room");
        QTest::addColumn<int>("tiles");
        QTest::addColumn<QSizeF>("picture");
        for (const QSize room : {QSize(1378, 850), QSize(1150, 620), QSize(2300, 1280), QSize(900, 1500)})
            for (const int tiles : {5, 9, 17})
                for (const QSizeF picture : {QSizeF(384, 384), QSizeF(600, 400), QSizeF(300, 450), QSizeF(1000, 300)})
                    QTest::addRow("%d tiles of %gx%g in %dx%d", tiles, picture.width(), picture.height(), room.width(),
                                  room.height())
                        << room << tiles << picture;
    }

    void picturesFillTheRoom()
    {
        QFETCH(const QSize, room);
        QFETCH(const int, tiles);
        QFETCH(const QSizeF, picture);
        const QSizeF strips(4, 20);
        const RoomSharing sharing = shareRoom(room, tiles, picture, strips, 4);
        const bool isHorizontal = sharing.orientation == Qt::Horizontal;
        const QSizeF large = isHorizontal ? QSizeF(sharing.large, room.height()) : QSizeF(room.width(), sharing.large);
        const QSizeF rest = isHorizontal ? QSizeF(room.width() - sharing.large - 4, room.height())
                                         : QSizeF(room.width(), room.height() - sharing.large - 4);
        const double scale = fitTiles(large, 1, picture, strips, 4).scale;
        const double tile = fitTiles(rest, tiles, picture, strips, 4).scale;
        const double covered = (scale * scale + tiles * tile * tile) * picture.width() * picture.height();
        const double share = covered / (room.width() * room.height());
        QVERIFY2(share >= 0.55, qPrintable(QString::number(share)));
        // Neither is bought with nothing of the other.
        QVERIFY2(tile >= 0.09 * scale, qPrintable(QString::number(tile / scale)));
        QVERIFY(scale >= tile);
    }

    void aDragOverridesAndADoubleClickGivesBack()
    {
        RoomSplitter splitter([](QSize room, int) { return RoomSharing{Qt::Horizontal, room.width() / 4}; });
        splitter.addWidget(new QWidget);
        splitter.addWidget(new QWidget);
        splitter.resize(800, 300);
        splitter.show();
        QVERIFY(QTest::qWaitForWindowExposed(&splitter));
        QCOMPARE(splitter.sizes().first(), 200);
        splitter.resize(1200, 300);
        QCOMPARE(splitter.sizes().first(), 300);
        QWidget* handle = splitter.handle(1);
        const QPoint at = handle->rect().center();
        QTest::mousePress(handle, Qt::LeftButton, {}, at);
        QTest::mouseMove(handle, at + QPoint(100, 0));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, at + QPoint(100, 0));
        QVERIFY(splitter.isOverridden());
        const int dragged = splitter.sizes().first();
        QVERIFY(dragged > 350);
        splitter.share();
        QCOMPARE(splitter.sizes().first(), dragged);
        QTest::mouseDClick(splitter.handle(1), Qt::LeftButton);
        QVERIFY(!splitter.isOverridden());
        QCOMPARE(splitter.sizes().first(), 300);
    }

    void aHiddenPartTakesNothing()
    {
        RoomSplitter splitter([](QSize room, int) { return RoomSharing{Qt::Vertical, room.height() / 2}; });
        splitter.addWidget(new QWidget);
        splitter.addWidget(new QWidget);
        splitter.widget(1)->hide();
        splitter.resize(400, 300);
        splitter.show();
        QVERIFY(QTest::qWaitForWindowExposed(&splitter));
        QCOMPARE(splitter.widget(0)->size(), QSize(400, 300));
    }
};

QTEST_MAIN(TestRoomSharing)
#include "test_room_sharing.moc"
