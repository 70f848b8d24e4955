// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <vector>

#include <QtTest>

#include "core/analysis/map_image.h"
#include "core/base/error.h"

using namespace ocellus;

namespace {

/// Cells of 10 x 10 pixels that fill the picture.
CellGeometry cells(int rows, int columns)
{
    return {{columns * 10, rows * 10}, Size{columns * 32, rows * 32}, rows, columns, {}, Placement::AsPublished};
}

double area(const std::vector<Point>& line)
{
    double sum = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const Point& next = line[(i + 1) % line.size()];
        sum += line[i].x * next.y - next.x * line[i].y;
    }
    return sum / 2;
}

} // namespace

/// Outlines of areas whose shape is known.
class TestContours : public QObject {
    Q_OBJECT

private slots:
    void refusesValuesThatDoNotFillTheGrid();
    void nothingReachesTheLevel();
    void everythingReachesTheLevel();
    void outlinesFollowCells_data();
    void outlinesFollowCells();
    void oneCellIsItsSquare();
    void linesStayOnThePicture();
    void smoothLineLiesWhereTheValueCrosses();
};

void TestContours::refusesValuesThatDoNotFillTheGrid()
{
    QVERIFY_EXCEPTION_THROWN(contours(std::vector<float>(5), cells(2, 3), false, 1), Error);
}

void TestContours::nothingReachesTheLevel()
{
    QVERIFY(contours(std::vector<float>(6, 0.5F), cells(2, 3), false, 1).empty());
    QVERIFY(contours(std::vector<float>(6, std::nanf("")), cells(2, 3), true, 1).empty());
}

void TestContours::everythingReachesTheLevel()
{
    for (const bool smooth : {false, true}) {
        const auto lines = contours(std::vector<float>(6, 2), cells(2, 3), smooth, 1);
        QCOMPARE(lines.size(), 1U);
        QCOMPARE(area(lines[0]), 20.0 * 30.0);
    }
}

void TestContours::outlinesFollowCells_data()
{
    QTest::addColumn<QString>("map");
    QTest::addColumn<std::vector<double>>("areas");
    // In cells; holes run the other way round and count negative. Rows are separated by blanks.
    QTest::newRow("one cell") << "..... ..#.. ....." << std::vector<double>{1};
    QTest::newRow("an L") << "..... .#... .##.. ....." << std::vector<double>{3};
    QTest::newRow("two that touch at a corner") << "..... .#... ..#.. ....." << std::vector<double>{1, 1};
    QTest::newRow("the other corner") << "..... ..#.. .#... ....." << std::vector<double>{1, 1};
    QTest::newRow("a ring") << "..... .###. .#.#. .###. ....." << std::vector<double>{9, -1};
    QTest::newRow("at the edge") << "##... ##... ....." << std::vector<double>{4};
}

void TestContours::outlinesFollowCells()
{
    QFETCH(QString, map);
    QFETCH(std::vector<double>, areas);
    const QStringList rows = map.split(' ');
    std::vector<float> values;
    for (const QChar cell : map) {
        if (cell != ' ')
            values.push_back(cell == '#' ? 2.0F : 0.0F);
    }
    const auto lines = contours(values, cells(static_cast<int>(rows.size()), 5), false, 1);
    std::vector<double> got;
    for (const auto& line : lines)
        got.push_back(area(line) / 100);
    QCOMPARE(got, areas);
}

void TestContours::oneCellIsItsSquare()
{
    const auto lines = contours(std::vector<float>{0, 0, 0, 0, 1, 0, 0, 0, 0}, cells(3, 3), false, 1);
    QCOMPARE(lines.size(), 1U);
    QCOMPARE(lines[0].size(), 4U);
    for (const Point& point : lines[0]) {
        QVERIFY(point.x == 10 || point.x == 20);
        QVERIFY(point.y == 10 || point.y == 20);
    }
}

void TestContours::linesStayOnThePicture()
{
    // Receptive cells reach beyond the upper left corner, and the margin beyond every edge.
    const CellGeometry geometry({300, 200}, Size{96, 64}, 2, 3, {32, 0.5, 0}, Placement::Receptive);
    for (const bool smooth : {false, true}) {
        const auto lines = contours(std::vector<float>{5, 0, 5, 0, 5, 0}, geometry, smooth, 2);
        QVERIFY(!lines.empty());
        for (const auto& line : lines) {
            for (const Point& point : line) {
                QVERIFY(point.x >= 0 && point.x <= 300);
                QVERIFY(point.y >= 0 && point.y <= 200);
            }
        }
    }
}

void TestContours::smoothLineLiesWhereTheValueCrosses()
{
    // Values rise from 0 at x = 5 to 4 at x = 15: 1 is reached at 7.5, 3 at 12.5.
    for (const auto& [level, x] : {std::pair{1.0F, 7.5}, std::pair{3.0F, 12.5}}) {
        const auto lines = contours(std::vector<float>{0, 4, 0, 4}, cells(2, 2), true, level);
        QCOMPARE(lines.size(), 1U);
        const auto leftmost = std::min_element(lines[0].begin(), lines[0].end(),
                                               [](const Point& a, const Point& b) { return a.x < b.x; });
        QVERIFY2(std::abs(leftmost->x - x) < 1e-3, qPrintable(QString::number(leftmost->x)));
    }
}

QTEST_APPLESS_MAIN(TestContours)
#include "test_contours.moc"
