// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include <QtTest>

#include "core/analysis/mark_pointing.h"
#include "core/analysis/part_pointing.h"
#include "core/analysis/pointing.h"
#include "core/engine/prototype_maps.h"
#include "core/engine/stored_maps.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

// A grid of 4 x 5 cells, ten pixels apart: by its receptive field at 0, 10, ... and as published at 5, 15, ...
constexpr int rows = 4, columns = 5;
constexpr Size size{50, 40};
constexpr ReceptiveField field{10, 0, 21};

CellGeometry grid(Placement placement = Placement::Receptive)
{
    return {size, size, rows, columns, field, placement};
}

std::vector<std::size_t> cellsOf(const CellsNear& near)
{
    std::vector<std::size_t> cells;
    for (std::size_t cell = 0; cell < near.cells(); ++cell)
        if (near.contains(cell))
            cells.push_back(cell);
    return cells;
}

struct MarkedPixel {
    int x, y;
    std::uint8_t value;
};

Mask maskWith(const std::vector<MarkedPixel>& pixels, Size ofSize = size)
{
    std::vector<std::uint8_t> alpha(wholeBox(ofSize).area());
    for (const MarkedPixel& pixel : pixels)
        alpha[wholeBox(ofSize).indexOf(pixel.x, pixel.y)] = pixel.value;
    return {ofSize, wholeBox(ofSize), std::move(alpha)};
}

/// One class, one layer; head k peaks at cell peaks[k] with score heights[k].
Decoding peaking(const std::vector<std::size_t>& peaks, const std::vector<float>& heights, int layers = 1)
{
    Decoding::Extent extent;
    extent.layers = layers;
    extent.heads = static_cast<int>(peaks.size());
    extent.queries = extent.classes = extent.hiddenDim = 1;
    extent.rows = rows;
    extent.columns = columns;
    std::vector<float> maps(static_cast<std::size_t>(layers) * peaks.size() * extent.cells());
    const std::size_t last = maps.size() - peaks.size() * extent.cells() * (layers > 0 ? 1 : 0);
    for (std::size_t head = 0; layers > 0 && head < peaks.size(); ++head)
        maps[last + head * extent.cells() + peaks[head]] = heights[head];
    Decoding::Arrays arrays;
    arrays.logits = {0};
    arrays.outputs = {0};
    arrays.maps = std::make_shared<StoredMaps>(extent.heads, 1, extent.cells(), maps, maps);
    return {{}, {}, extent, {0}, arrays};
}

/// One class of prototypes, each of which peaks at its cell; and one without any.
Decoding ofPrototypes(const std::vector<std::pair<MapSource::Part, std::size_t>>& own)
{
    Decoding::Extent extent{1, static_cast<int>(own.size()), 2, rows, columns, 2, 1};
    std::vector<float> similarities(own.size() * extent.cells());
    std::vector<std::vector<MapSource::Part>> parts(2);
    for (const auto& [part, cell] : own) {
        parts.front().push_back(part);
        similarities[static_cast<std::size_t>(part.prototype) * extent.cells() + cell] = 1;
    }
    Decoding::Arrays arrays{
        {0, 0}, {0, 0}, {}, std::make_shared<PrototypeMaps>(extent.cells(), similarities, 0.0, parts)};
    return {{}, {}, extent, {0, 1}, arrays};
}

const PointingRow& rowOf(const std::vector<PointingRow>& all, const std::string& mark, const std::string& limit,
                         Placement placement, const std::string& heads)
{
    for (const PointingRow& row : all)
        if (row.mark == mark && row.limit == limit && row.placement == placement && row.heads == heads)
            return row;
    throw std::runtime_error("no row " + mark + ", " + limit + ", " + heads);
}

} // namespace

/// Which cells lie within one cell of a point or mark, and the counts that are made of it.
class TestPointing : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatHasNoPlace();
    void refusesMapsThatDoNotFit();
    void leavesOutWhatHasNoMark();
    void nearPoints_data();
    void nearPoints();
    void placementsDiffer();
    void nearMarks();
    void peaks_data();
    void peaks();
    void countsParts();
    void countsMarks();
    void leavesOutMapsWithoutAPlace();
    void measuresWhatLiesOnAMark();
    void shufflesBySeed();
};

void TestPointing::refusesWhatHasNoPlace()
{
    CellsNear near(grid());
    for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
        QCOMPARE(errorOf([&] { near.add({bad, 1}); }), ErrorCode::BadArgument);
        QCOMPARE(errorOf([&] { near.add({1, bad}); }), ErrorCode::BadArgument);
    }
    QVERIFY(near.isEmpty());
    QString message;
    QCOMPARE(errorOf([] { cellsNearMark(grid(), maskWith({}, {50, 41})); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains("50x40, got 50x41"), qPrintable(message));
    QCOMPARE(errorOf([] { peakCell({}); }), ErrorCode::BadArgument);
}

void TestPointing::refusesMapsThatDoNotFit()
{
    PartPointing parts({"beak"}, 2, field, 1);
    MarkPointing marks(2, field, 1);
    const Mask mask = maskWith({{3, 3, 255}});
    const std::vector<PartPoint> points{{0, {1, 1}}};
    for (const Decoding& decoding : {peaking({0, 0}, {1, 1}, 0), peaking({0}, {1}), peaking({0, 0, 0}, {1, 1, 1})}) {
        QCOMPARE(errorOf([&] { parts.add(decoding, 0, size, size, points); }), ErrorCode::BadArgument);
        QCOMPARE(errorOf([&] { marks.add(decoding, &decoding, 0, size, size, mask); }), ErrorCode::BadArgument);
    }
}

void TestPointing::leavesOutWhatHasNoMark()
{
    PartPointing parts({"beak"}, 1, field, 1);
    parts.add(peaking({0}, {1}), 0, size, size, {});
    for (const PointingRow& row : parts.rows())
        QCOMPARE(row.tally.n, 0);
    MarkPointing marks(1, field, 1);
    const Mask faint = maskWith({{0, 0, 127}});
    const Decoding one = peaking({0}, {1});
    marks.add(one, &one, 0, size, size, faint);
    for (const PointingRow& row : marks.rows()) {
        QCOMPARE(row.tally.n, 0);
        QCOMPARE(row.tally.share(), 0.0);
        QCOMPARE(row.tally.chance(), 0.0);
    }
}

void TestPointing::nearPoints_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<std::vector<std::size_t>>("expected");
    using Cells = std::vector<std::size_t>;
    QTest::newRow("far away") << 500.0 << -300.0 << Cells{};
    QTest::newRow("beyond the last cells, too far for all") << 49.9 << 39.9 << Cells{};
    QTest::newRow("on a centre: its cross, the ends included") << 20.0 << 10.0 << Cells{2, 6, 7, 8, 12};
    QTest::newRow("between four: all of them") << 15.0 << 5.0 << Cells{1, 2, 6, 7};
    QTest::newRow("at the corner") << 0.0 << 0.0 << Cells{0, 1, 5};
    QTest::newRow("just beside a centre") << 20.1 << 10.0 << Cells{7, 8};
    QTest::newRow("outside, within a cell") << -9.0 << 0.0 << Cells{0};
}

void TestPointing::nearPoints()
{
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(std::vector<std::size_t>, expected);
    CellsNear near(grid());
    near.add({x, y});
    near.add({x, y});
    QVERIFY(!near.isEmpty());
    QCOMPARE(cellsOf(near), expected);
    QCOMPARE(near.share(), static_cast<double>(expected.size()) / (rows * columns));
}

void TestPointing::placementsDiffer()
{
    CellsNear near(grid(Placement::AsPublished));
    near.add({15, 5});
    QCOMPARE(cellsOf(near), (std::vector<std::size_t>{0, 1, 2, 6}));
}

void TestPointing::nearMarks()
{
    QVERIFY(cellsNearMark(grid(), maskWith({})).isEmpty());
    // Centres at (14.5, 4.5), and at (0.5, 39.5): 9.5 below the last row's first cell.
    const Mask mask = maskWith({{14, 4, 128}, {0, 39, 255}});
    QCOMPARE(cellsOf(cellsNearMark(grid(), mask)), (std::vector<std::size_t>{1, 2, 6, 7, 15}));
}

void TestPointing::peaks_data()
{
    QTest::addColumn<std::vector<float>>("map");
    QTest::addColumn<int>("expected");
    using Map = std::vector<float>;
    QTest::newRow("one cell") << Map{-1} << 0;
    QTest::newRow("all equal") << Map{2, 2, 2} << 0;
    QTest::newRow("last") << Map{-3, -2, -1} << 2;
    QTest::newRow("first of two") << Map{0, 5, 1, 5} << 1;
}

void TestPointing::peaks()
{
    QFETCH(std::vector<float>, map);
    QFETCH(int, expected);
    QCOMPARE(static_cast<int>(peakCell(map)), expected);
}

void TestPointing::countsParts()
{
    PartPointing parts({"beak", "tail"}, 2, field, 1);
    // A beak on cell 7's centre: 5 of 20 cells; a tail between cells 1, 2, 6 and 7.
    const std::vector<PartPoint> both{{0, {20, 10}}, {1, {15, 5}}};
    parts.add(peaking({12, 6}, {1, 1}, 2), 0, size, size, both);
    parts.add(peaking({12, 19}, {1, 1}), 0, size, size, {{0, {20, 10}}});
    const auto tally = [all = parts.rows()](const std::string& part, const std::string& head, Placement placement) {
        return rowOf(all, part, "full set", placement, head).tally;
    };
    QCOMPARE(parts.rows().size(), std::size_t{2 * 3 * 2});
    QCOMPARE(tally("beak", "1", Placement::Receptive).n, 2);
    QCOMPARE(tally("beak", "1", Placement::Receptive).hits, 2);
    QCOMPARE(tally("beak", "1", Placement::Receptive).chance(), 0.25);
    QCOMPARE(tally("beak", "2", Placement::Receptive).hits, 1);
    QCOMPARE(tally("tail", "1", Placement::Receptive).n, 1);
    QCOMPARE(tally("tail", "1", Placement::Receptive).hits, 0);
    QCOMPARE(tally("tail", "2", Placement::Receptive).hits, 1);
    QCOMPARE(tally("any part", "2", Placement::Receptive).n, 2);
    QCOMPARE(tally("any part", "2", Placement::Receptive).hits, 1);
    QCOMPARE(tally("any part", "1", Placement::Receptive).chance(), (6 / 20.0 + 5 / 20.0) / 2);
    // As published the beak lies between cells 1, 2, 6 and 7.
    QCOMPARE(tally("beak", "1", Placement::AsPublished).hits, 0);
    QCOMPARE(tally("beak", "2", Placement::AsPublished).hits, 1);
}

void TestPointing::countsMarks()
{
    const Mask mask = maskWith({{14, 4, 255}}); // near 1, 2, 6 and 7
    const double share = 4 / 20.0;
    MarkPointing marks(4, field, 1);
    // Limited, the fourth head finds it with the lowest peak of all, which the best three do not count.
    const Decoding first = peaking({0, 0, 0, 6}, {4, 3, 2, 1});
    const Decoding second = peaking({0, 0, 0, 6}, {2, 3, 1, 4});
    marks.add(peaking({6, 0, 0, 0}, {4, 3, 2, 1}), &first, 0, size, size, mask);
    marks.add(peaking({0, 0, 0, 0}, {4, 3, 2, 1}), &second, 0, size, size, mask);
    const auto tally = [all = marks.rows()](const std::string& limit, const std::string& heads) {
        return rowOf(all, "mark", limit, Placement::Receptive, heads).tally;
    };
    QCOMPARE(marks.rows().size(), std::size_t{2 * 6});
    QCOMPARE(tally("ring", "any of best 3").n, 2);
    QCOMPARE(tally("ring", "any of best 3").hits, 1);
    QCOMPARE(tally("full set", "any of best 3").hits, 1);
    QCOMPARE(tally("ring", "4").hits, 2);
    QCOMPARE(tally("ring", "1").hits, 0);
    QCOMPARE(tally("full set", "1").hits, 1);
    // Its centre lies on no pixel of the mark.
    QCOMPARE(rowOf(marks.rows(), "on the mark", "ring", Placement::Receptive, "any of best 3").tally.hits, 0);
    QVERIFY(std::abs(tally("ring", "4").chance() - share) < 1e-12);
    QVERIFY(std::abs(tally("ring", "any of best 3").chance() - (1 - std::pow(1 - share, 3))) < 1e-12);
}

/// What a map of the whole picture or of a node that is not there peaks at is nothing that it points at.
void TestPointing::leavesOutMapsWithoutAPlace()
{
    const Mask mask = maskWith({{14, 4, 255}}); // near 1, 2, 6 and 7
    const Decoding decoding = ofPrototypes({{{0, -1, 3, 1, MapSource::PartKind::GlobalPrototype}, 6},
                                            {{1, -1, 2, 1}, 19},
                                            {{2, 5, 0.4, 1}, 6},
                                            {{3, -1, 1, 1, MapSource::PartKind::GlobalConcept}, 6}});
    MarkPointing marks(4, field, 1);
    PartPointing parts({"beak"}, 4, field, 1);
    for (const int classIndex : {0, 1}) { // of the second nothing points at anything
        marks.add(decoding, nullptr, classIndex, size, size, mask);
        parts.add(decoding, classIndex, size, size, {{0, {15, 5}}});
    }
    const PointingRow best = rowOf(marks.rows(), "mark", "full set", Placement::Receptive, "any of best 3");
    QCOMPARE(best.tally.n, 1);
    QCOMPARE(best.tally.hits, 0);
    QVERIFY(std::abs(best.inside.value()) < 1e-6); // of the best one that has a place
    for (const char* head : {"1", "2", "3", "4"}) {
        const int expected = std::string(head) == "2" ? 1 : 0;
        QCOMPARE(rowOf(marks.rows(), "mark", "full set", Placement::Receptive, head).tally.n, expected);
        QCOMPARE(rowOf(parts.rows(), "beak", "full set", Placement::Receptive, head).tally.n, expected);
    }
}

void TestPointing::measuresWhatLiesOnAMark()
{
    // A mark as large as a cell, on the cell itself.
    const CellGeometry geometry = grid();
    const std::size_t cell = 7;
    const Point centre =
        geometry.centre({static_cast<int>(cell) / geometry.columns(), static_cast<int>(cell) % geometry.columns()});
    std::vector<MarkedPixel> pixels;
    const Point next = geometry.centre({1, 1});
    const Point first = geometry.centre({0, 0});
    const int halfWidth = static_cast<int>((next.x - first.x) / 2);
    const int halfHeight = static_cast<int>((next.y - first.y) / 2);
    for (int y = -halfHeight; y < halfHeight; ++y)
        for (int x = -halfWidth; x < halfWidth; ++x)
            pixels.push_back({static_cast<int>(centre.x) + x, static_cast<int>(centre.y) + y, 255});
    const Mask mask = maskWith(pixels);
    const CellsNear on = cellsOnMark(geometry, mask);
    const std::vector<double> cover = markCover(geometry, mask);
    for (std::size_t i = 0; i < cover.size(); ++i) {
        QCOMPARE(on.contains(i), i == cell);
        QVERIFY2(i == cell ? cover[i] > 0.7 && cover[i] <= 1 : cover[i] < 0.3, qPrintable(QString::number(cover[i])));
    }
    QVERIFY(std::abs(on.share() - 1.0 / static_cast<double>(on.cells())) < 1e-12);
}

void TestPointing::shufflesBySeed()
{
    CellsNear near(grid());
    near.add({20, 10});
    const std::vector<std::size_t> peaks{0, 1};
    const auto shuffled = [&](std::uint64_t seed) {
        std::mt19937_64 generator(seed);
        PointingTally tally;
        for (int i = 0; i < 4000; ++i)
            tally.add(near, peaks, generator);
        return tally;
    };
    QCOMPARE(shuffled(3).shuffledHits, shuffled(3).shuffledHits);
    QVERIFY(shuffled(3).shuffledHits != shuffled(4).shuffledHits);
    // 1 - 0.75^2, five standard deviations wide
    QVERIFY(std::abs(shuffled(3).chance() - 0.4375) < 1e-9);
    QVERIFY(std::abs(shuffled(3).shuffledShare() - 0.4375) < 0.04);
    QCOMPARE(shuffled(3).hits, 0);
    QCOMPARE(shuffled(3).centralShare(), near.containsMiddle() ? 1.0 : 0.0);
}

QTEST_APPLESS_MAIN(TestPointing)
#include "test_pointing.moc"
