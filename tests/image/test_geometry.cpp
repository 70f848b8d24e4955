// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include <QtTest>

#include "core/base/error.h"
#include "core/image/geometry.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ocellus::Size)
Q_DECLARE_METATYPE(ocellus::Cell)

/// Cells on the picture and back, against values computed by hand.
class TestGeometry : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatHasNoSize_data();
    void refusesWhatHasNoSize();
    void unplaceablePointsGiveTheFirstCell();
    void centres_data();
    void centres();
    void cellAt_data();
    void cellAt();
    void everyCentreFindsItsCell();
    void gridBox();
    void squareInputOfAnOblongPicture();
    void seesAPartOfThePicture_data();
    void seesAPartOfThePicture();
};

namespace {

const ReceptiveField resnet{32, 0.5, 483};

/// A 1500 x 1000 picture as an 1200 x 800 input: 1.25 picture pixels an input pixel.
CellGeometry example(Placement placement)
{
    return {{1500, 1000}, Size{1200, 800}, 25, 38, resnet, placement};
}

} // namespace

void TestGeometry::refusesWhatHasNoSize_data()
{
    QTest::addColumn<int>("pictureWidth");
    QTest::addColumn<int>("inputHeight");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::newRow("no picture") << 0 << 800 << 25 << 38;
    QTest::newRow("no input") << 1500 << 0 << 25 << 38;
    QTest::newRow("no rows") << 1500 << 800 << 0 << 38;
    QTest::newRow("negative columns") << 1500 << 800 << 25 << -1;
}

void TestGeometry::refusesWhatHasNoSize()
{
    QFETCH(int, pictureWidth);
    QFETCH(int, inputHeight);
    QFETCH(int, rows);
    QFETCH(int, columns);
    QVERIFY_EXCEPTION_THROWN(CellGeometry({pictureWidth, 1000}, Size{1200, inputHeight}, rows, columns, resnet), Error);
}

void TestGeometry::unplaceablePointsGiveTheFirstCell()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(example(Placement::Receptive).cellAt({nan, 3}), Cell());
    QCOMPARE(CellGeometry().cellAt({1, 2}), Cell());
}

void TestGeometry::centres_data()
{
    QTest::addColumn<bool>("receptive");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    // Receptive: (0.5 + 32 column) * 1.25
    QTest::newRow("first") << true << 0 << 0 << 0.625 << 0.625;
    QTest::newRow("inside") << true << 10 << 20 << 800.625 << 400.625;
    QTest::newRow("last") << true << 24 << 37 << 1480.625 << 960.625;
    // Published: 1500 / 38 and 1000 / 25 picture pixels a cell
    QTest::newRow("published first") << false << 0 << 0 << 750.0 / 38 << 20.0;
    QTest::newRow("published inside") << false << 10 << 18 << 18.5 * 1500 / 38 << 420.0;
}

void TestGeometry::centres()
{
    QFETCH(bool, receptive);
    QFETCH(int, row);
    QFETCH(int, column);
    QFETCH(double, x);
    QFETCH(double, y);
    const Point centre = example(receptive ? Placement::Receptive : Placement::AsPublished).centre({row, column});
    QCOMPARE(centre.x, x);
    QCOMPARE(centre.y, y);
}

void TestGeometry::cellAt_data()
{
    QTest::addColumn<bool>("receptive");
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::newRow("far outside, upper left") << true << -1e300 << -5.0 << 0 << 0;
    QTest::newRow("far outside, lower right") << true << 1e300 << 2000.0 << 24 << 37;
    // Receptive cells change half way between centres: at 20.625 and every 40 pixels from there.
    QTest::newRow("just left of the first border") << true << 20.62 << 20.62 << 0 << 0;
    QTest::newRow("just right of the first border") << true << 20.63 << 20.63 << 1 << 1;
    QTest::newRow("beyond the last cell, in the picture") << true << 1499.9 << 999.9 << 24 << 37;
    QTest::newRow("published, upper left") << false << 0.0 << 39.9 << 0 << 0;
    QTest::newRow("published, next row") << false << 39.5 << 40.1 << 1 << 1;
    QTest::newRow("published, lower right") << false << 1499.9 << 999.9 << 24 << 37;
}

void TestGeometry::cellAt()
{
    QFETCH(bool, receptive);
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(int, row);
    QFETCH(int, column);
    const CellGeometry geometry = example(receptive ? Placement::Receptive : Placement::AsPublished);
    QCOMPARE(geometry.cellAt({x, y}), (Cell{row, column}));
}

void TestGeometry::everyCentreFindsItsCell()
{
    for (const Placement placement : {Placement::Receptive, Placement::AsPublished}) {
        const CellGeometry geometry = example(placement);
        for (int row = 0; row < geometry.rows(); ++row) {
            for (int column = 0; column < geometry.columns(); ++column)
                QCOMPARE(geometry.cellAt(geometry.centre({row, column})), (Cell{row, column}));
        }
    }
}

void TestGeometry::gridBox()
{
    const Box receptive = example(Placement::Receptive).gridBox();
    QCOMPARE(receptive.left, -19.375);
    QCOMPARE(receptive.top, -19.375);
    QCOMPARE(receptive.width, 38 * 40.0);
    QCOMPARE(receptive.height, 25 * 40.0);

    const Box published = example(Placement::AsPublished).gridBox();
    QVERIFY(std::abs(published.left) < 1e-9);
    QVERIFY(std::abs(published.top) < 1e-9);
    QCOMPARE(published.width, 1500.0);
    QCOMPARE(published.height, 1000.0);
}

/// A 448 x 112 picture squeezed to 224 x 224: 2 picture pixels an input pixel along x, half a one along y.
void TestGeometry::squareInputOfAnOblongPicture()
{
    const ReceptiveField dilated{16, 0.5, 700};
    const CellGeometry geometry({448, 112}, Size{224, 224}, 14, 14, dilated);
    QCOMPARE(geometry.centre({3, 5}).x, (0.5 + 16 * 5) * 2);
    QCOMPARE(geometry.centre({3, 5}).y, (0.5 + 16 * 3) / 2);
    for (int row = 0; row < 14; ++row) {
        for (int column = 0; column < 14; ++column)
            QCOMPARE(geometry.cellAt(geometry.centre({row, column})), (Cell{row, column}));
    }
    // Half way between the centres of columns 0 and 1 (x = 1 and 33) and of rows 0 and 1 (y = 0.25 and 8.25).
    QCOMPARE(geometry.cellAt({16.9, 4.2}), (Cell{0, 0}));
    QCOMPARE(geometry.cellAt({17.1, 4.3}), (Cell{1, 1}));
    const Box box = geometry.gridBox();
    QCOMPARE(box.left, -15.0);
    QCOMPARE(box.top, -3.75);
    QCOMPARE(box.width, 14 * 32.0);
    QCOMPARE(box.height, 14 * 8.0);
}

void TestGeometry::seesAPartOfThePicture_data()
{
    QTest::addColumn<Size>("resized");
    QTest::addColumn<Cell>("corner"); // of the input, as row and column
    QTest::addColumn<Size>("input");
    QTest::addColumn<bool>("all");
    QTest::addColumn<QList<double>>("seen"); // left, top, width, height
    QTest::newRow("all of it") << Size{224, 112} << Cell{0, 0} << Size{224, 112} << true
                               << QList<double>{0, 0, 300, 150};
    QTest::newRow("squashed") << Size{64, 64} << Cell{0, 0} << Size{64, 64} << true << QList<double>{0, 0, 300, 150};
    QTest::newRow("a side that thirds do not divide")
        << Size{7, 7} << Cell{0, 0} << Size{7, 7} << true << QList<double>{0, 0, 300, 150};
    QTest::newRow("the middle") << Size{60, 30} << Cell{5, 20} << Size{20, 20} << false
                                << QList<double>{100, 25, 100, 100};
    QTest::newRow("trimmed") << Size{60, 30} << Cell{0, 0} << Size{56, 28} << false << QList<double>{0, 0, 280, 140};
    QTest::newRow("trimmed below") << Size{60, 30} << Cell{0, 0} << Size{60, 28} << false
                                   << QList<double>{0, 0, 300, 140};
}

void TestGeometry::seesAPartOfThePicture()
{
    QFETCH(const Size, resized);
    QFETCH(const Cell, corner);
    QFETCH(const Size, input);
    QFETCH(const bool, all);
    QFETCH(const QList<double>, seen);
    const CellGeometry geometry({300, 150}, {resized, corner.column, corner.row, input}, 2, 2, {14, 7, 0});
    QCOMPARE(geometry.seesAll(), all);
    const Box& box = geometry.seen();
    QCOMPARE((QList<double>{box.left, box.top, box.width, box.height}), seen);
    QVERIFY(geometry.sees({box.left, box.top}));
    QVERIFY(geometry.sees({box.left + box.width - 0.5, box.top + box.height - 0.5}));
    for (const Point& outside : {Point{box.left - 0.5, box.top}, Point{box.left, box.top + box.height},
                                 Point{box.left + box.width, box.top}, Point{box.left, box.top - 0.5}})
        QVERIFY(!geometry.sees(outside));
    QVERIFY(!geometry.sees({std::numeric_limits<double>::quiet_NaN(), 0}));
}

QTEST_APPLESS_MAIN(TestGeometry)
#include "test_geometry.moc"
