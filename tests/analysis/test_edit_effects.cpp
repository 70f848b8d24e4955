// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <vector>

#include <QtTest>

#include "core/analysis/edit_effects.h"
#include "core/base/error.h"
#include "core/engine/prototype_maps.h"
#include "core/engine/stored_maps.h"

using namespace ocellus;

namespace {

/// One layer, a query a class, the same maps for all classes: `maps` has one a head.
Decoding decoding(const std::vector<float>& logits, const std::vector<std::vector<float>>& maps, int rows, int columns,
                  const QuerySet& set = {})
{
    const int classes = 3;
    std::vector<int> queryOfClass(classes, -1);
    int queries = 0;
    for (int c = 0; c < classes; ++c)
        if (set.mode != LimitMode::Drop || std::ranges::count(set.active, c) > 0)
            queryOfClass[static_cast<std::size_t>(c)] = queries++;
    std::vector<float> attention;
    for (const std::vector<float>& map : maps)
        for (int query = 0; query < queries; ++query)
            attention.insert(attention.end(), map.begin(), map.end());
    const Decoding::Extent extent{1, static_cast<int>(maps.size()), queries, rows, columns, classes, 1};
    Decoding::Arrays arrays;
    arrays.logits = logits;
    arrays.outputs.resize(static_cast<std::size_t>(queries));
    arrays.maps = std::make_shared<StoredMaps>(extent.heads, queries, extent.cells(), attention, attention);
    return {ContentKey{}, set, extent, queryOfClass, arrays};
}

/// Cells of 10 x 10 pixels that fill the picture.
CellGeometry cells(int rows, int columns)
{
    return {{columns * 10, rows * 10}, Size{columns * 32, rows * 32}, rows, columns, {}, Placement::AsPublished};
}

Mask rectangle(Size picture, const PixelBox& box, std::uint8_t alpha = 255)
{
    return {picture, box, std::vector<std::uint8_t>(box.area(), alpha)};
}

} // namespace

/// What an edit did, with values that were worked out by hand.
class TestEditEffects : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatCannotBeCompared();
    void distanceRefusesWhatIsNoDistribution_data();
    void distanceRefusesWhatIsNoDistribution();
    void coverRefusesAnotherSize();
    void changesOfClasses();
    void limitedClassesOnly();
    void distances_data();
    void distances();
    void coverOfCells();
    void coverOfCellsBesideThePicture();
    void coverOfCellsBelowAPixel();
    void coverOfWhatTheModelSees();
    void changesOfMaps();
    void anotherGridHasNoDistance();
    void classesWithoutMapsHaveNoRows();
    void tables();
    void aNodeIsComparedWithItself();
};

void TestEditEffects::refusesWhatCannotBeCompared()
{
    const std::vector<std::vector<float>> maps{{1, 0}, {0, 1}};
    const Decoding all = decoding({1, 2, 3}, maps, 1, 2);
    const Decoding some = decoding({1, 2}, maps, 1, 2, {LimitMode::Drop, {0, 2}});
    QVERIFY_EXCEPTION_THROWN(classEffects(all, some), Error);
    QVERIFY_EXCEPTION_THROWN(mapEffects(all, decoding({1, 2, 3}, {{1, 0}}, 1, 2), 0, 0), Error);
    QVERIFY_EXCEPTION_THROWN(mapEffects(all, all, 1, 0), Error);
    QVERIFY_EXCEPTION_THROWN(mapEffects(all, all, 0, 0, std::vector<double>(3)), Error);
    QVERIFY_EXCEPTION_THROWN(mapEffects(all, all, 0, 0, {}, std::vector<double>(1)), Error);
}

void TestEditEffects::distanceRefusesWhatIsNoDistribution_data()
{
    QTest::addColumn<std::vector<float>>("q");
    QTest::newRow("another length") << std::vector<float>{1};
    QTest::newRow("below zero") << std::vector<float>{2, -1};
    QTest::newRow("not a number") << std::vector<float>{1, std::nanf("")};
    QTest::newRow("infinite") << std::vector<float>{1, std::numeric_limits<float>::infinity()};
    QTest::newRow("nothing") << std::vector<float>{0, 0};
}

void TestEditEffects::distanceRefusesWhatIsNoDistribution()
{
    QFETCH(std::vector<float>, q);
    const std::vector<float> p{0.5F, 0.5F};
    QVERIFY_EXCEPTION_THROWN(jensenShannonDistance(p, q), Error);
    QVERIFY_EXCEPTION_THROWN(jensenShannonDistance(q, p), Error);
}

void TestEditEffects::coverRefusesAnotherSize()
{
    QVERIFY_EXCEPTION_THROWN(cellCover(Mask::whole({10, 10}), cells(2, 2)), Error);
    QVERIFY_EXCEPTION_THROWN(cellCover(Mask(), cells(2, 2)), Error);
}

void TestEditEffects::changesOfClasses()
{
    const std::vector<std::vector<float>> maps{{1, 0}};
    // exp(ln 2) : exp(0) : exp(ln 5) = 2 : 1 : 5, and 6 : 1 : 1 after.
    const auto ln = [](double value) { return static_cast<float>(std::log(value)); };
    const Decoding before = decoding({ln(2), 0, ln(5)}, maps, 1, 2);
    const Decoding after = decoding({ln(6), 0, 0}, maps, 1, 2);
    const ClassEffects effects = classEffects(before, after);
    QVERIFY(effects.flips());
    QCOMPARE(effects.topBefore, 2);
    QCOMPARE(effects.topAfter, 0);
    QCOMPARE(effects.classes.size(), std::size_t{3});

    const ClassEffect& best = effects.classes[0];
    QCOMPARE(best.classIndex, 2);
    QCOMPARE(best.rankBefore, 1);
    QCOMPARE(best.rankAfter, 3); // level with class 1, which comes first by its index
    QCOMPARE(best.rankChange(), 2);
    QCOMPARE(best.logitChange(), -ln(5));
    QCOMPARE(best.probabilityBefore, 0.625F);
    QCOMPARE(best.probabilityAfter, 0.125F);
    QCOMPARE(best.probabilityChange(), -0.5F);
    QCOMPARE(effects.classes[1].classIndex, 0);
    QCOMPARE(effects.classes[1].rankChange(), -1);
    QCOMPARE(effects.classes[1].probabilityAfter, 0.75F);
    QCOMPARE(effects.classes[2].classIndex, 1);
    QCOMPARE(effects.classes[2].rankAfter, 2);

    QVERIFY(!classEffects(before, before).flips());
    QCOMPARE(classEffects(before, before).classes[0].rankChange(), 0);
}

void TestEditEffects::limitedClassesOnly()
{
    const QuerySet set{LimitMode::Drop, {2, 0}};
    const ClassEffects effects =
        classEffects(decoding({1, 5}, {{1, 0}}, 1, 2, set), decoding({4, 3}, {{1, 0}}, 1, 2, set));
    QCOMPARE(effects.classes.size(), std::size_t{2});
    QCOMPARE(effects.topBefore, 0);
    QCOMPARE(effects.topAfter, 2);
    QCOMPARE(effects.classes[1].logitChange(), 3.0F);

    // Zero vectors change too, and it means nothing.
    const QuerySet zero{LimitMode::Zero, {2, 0}};
    const Decoding before = decoding({1, 9, 5}, {{1, 0}}, 1, 2, zero);
    const Decoding after = decoding({4, 8, 3}, {{1, 0}}, 1, 2, zero);
    const ClassEffects ofTwo = classEffects(before, after);
    QCOMPARE(ofTwo.classes.size(), std::size_t{2});
    QCOMPARE(ofTwo.topBefore, 2);
    QCOMPARE(ofTwo.topAfter, 0);
    QCOMPARE(ofTwo.classes[0].rankAfter, 2);
    QVERIFY(mapEffects(before, after, 0, 1).empty());
}

void TestEditEffects::distances_data()
{
    QTest::addColumn<std::vector<float>>("p");
    QTest::addColumn<std::vector<float>>("q");
    QTest::addColumn<double>("distance");
    using Map = std::vector<float>;
    QTest::newRow("nothing in common") << Map{1, 0} << Map{0, 1} << 1.0;
    QTest::newRow("equal") << Map{0.25F, 0.75F} << Map{0.25F, 0.75F} << 0.0;
    QTest::newRow("equal but for the sum") << Map{1, 3} << Map{0.25F, 0.75F} << 0.0;
    // m = (3/4, 1/4): (log2(4/3)) / 2 + (log2(2/3) / 2 + log2(2) / 2) / 2 = 0.311278...
    QTest::newRow("one cell to both") << Map{1, 0} << Map{0.5F, 0.5F} << std::sqrt(0.31127812445913283);
    // Half of the weight stays: the divergence is the half that went elsewhere.
    QTest::newRow("half moved away") << Map{0.5F, 0.5F, 0} << Map{0.5F, 0, 0.5F} << std::sqrt(0.5);
}

void TestEditEffects::distances()
{
    QFETCH(std::vector<float>, p);
    QFETCH(std::vector<float>, q);
    QFETCH(double, distance);
    QVERIFY(std::abs(jensenShannonDistance(p, q) - distance) < 1e-12);
    QVERIFY(std::abs(jensenShannonDistance(q, p) - distance) < 1e-12);
}

void TestEditEffects::coverOfCells()
{
    const CellGeometry geometry = cells(2, 3);
    QCOMPARE(cellCover(Mask::whole({30, 20}), geometry), std::vector<double>(6, 1.0));
    QCOMPARE(cellCover(Mask({30, 20}), geometry), std::vector<double>(6, 0.0));
    // 5 columns of cell 0 and all of cell 1, in the lower 4 lines of the upper row and the upper 2 of the lower one.
    const std::vector<double> cover = cellCover(rectangle({30, 20}, {5, 6, 15, 6}), geometry);
    QCOMPARE(cover, (std::vector<double>{0.2, 0.4, 0, 0.1, 0.2, 0}));
    const std::vector<double> partly = cellCover(rectangle({30, 20}, {0, 0, 10, 10}, 51), geometry);
    QCOMPARE(partly.front(), 0.2);
}

/// The last cells' receptive fields are centred so that pixels to the right and below have no cell of their own: they
/// belong to the nearest, and count among its pixels.
void TestEditEffects::coverOfCellsBesideThePicture()
{
    const CellGeometry geometry({100, 40}, Size{100, 40}, 1, 3, ReceptiveField{}); // steps of 32, from 0
    QCOMPARE(geometry.cellAt({99.5, 20}).column, 2);
    const std::vector<double> cover = cellCover(Mask::whole({100, 40}), geometry);
    QCOMPARE(cover, std::vector<double>(3, 1.0));
}

void TestEditEffects::coverOfWhatTheModelSees()
{
    // The middle square of 4 of a picture of 8 x 4: what lies beside it is no cell's.
    const CellGeometry geometry({8, 4}, {{8, 4}, 2, 0, {4, 4}}, 2, 2, {2, 1, 0});
    QCOMPARE(cellCover(Mask::whole({8, 4}), geometry), std::vector<double>(4, 1.0));
    QCOMPARE(cellCover(rectangle({8, 4}, {0, 0, 2, 4}), geometry), std::vector<double>(4, 0.0));
    QCOMPARE(cellCover(rectangle({8, 4}, {0, 0, 3, 2}), geometry), (std::vector<double>{0.5, 0, 0, 0}));
}

void TestEditEffects::coverOfCellsBelowAPixel()
{
    const CellGeometry geometry({2, 1}, Size{128, 32}, 1, 4, {}, Placement::AsPublished); // two cells a pixel
    const std::vector<double> cover = cellCover(rectangle({2, 1}, {1, 0, 1, 1}), geometry);
    QCOMPARE(cover, (std::vector<double>{0, 0, 1, 1}));
}

void TestEditEffects::changesOfMaps()
{
    const Decoding before = decoding({1, 2, 3}, {{1, 0}, {0.5F, 0.5F}}, 1, 2);
    const Decoding after = decoding({1, 2, 3}, {{0, 1}, {0.5F, 0.5F}}, 1, 2);
    const std::vector<double> cover{0.5, 1};
    const std::vector<MapEffect> effects = mapEffects(before, after, 0, 1, cover, cover);
    QCOMPARE(effects.size(), std::size_t{3});
    QCOMPARE(effects[0].head, 0);
    QCOMPARE(*effects[0].distance, 1.0);
    QCOMPARE(*effects[0].inMaskBefore, 0.5);
    QCOMPARE(*effects[0].inMaskAfter, 1.0);
    QCOMPARE(*effects[1].distance, 0.0);
    QCOMPARE(*effects[1].inMaskAfter, 0.75);
    QCOMPARE(effects[2].head, 2); // the mean: (3/4, 1/4) and (1/4, 3/4)
    QCOMPARE(*effects[2].inMaskBefore, 0.625);
    QCOMPARE(*effects[2].inMaskAfter, 0.875);
    // 1 - H(1/4) = 1 - 0.811278... as m is even
    QVERIFY(std::abs(*effects[2].distance - std::sqrt(0.18872187554086717)) < 1e-7);

    const std::vector<MapEffect> without = mapEffects(before, after, 0, 1);
    QVERIFY(without[0].distance && !without[0].inMaskBefore && !without[0].inMaskAfter);
}

void TestEditEffects::anotherGridHasNoDistance()
{
    const Decoding before = decoding({1, 2, 3}, {{0.5F, 0.5F}}, 1, 2);
    const Decoding after = decoding({1, 2, 3}, {{0.5F, 0.25F, 0.25F}}, 1, 3);
    const std::vector<MapEffect> effects =
        mapEffects(before, after, 0, 0, std::vector<double>{1, 0}, std::vector<double>{0, 0, 1});
    QCOMPARE(effects.size(), std::size_t{2});
    for (const MapEffect& effect : effects) {
        QVERIFY(!effect.distance);
        QCOMPARE(*effect.inMaskBefore, 0.5);
        QCOMPARE(*effect.inMaskAfter, 0.25);
    }
}

void TestEditEffects::classesWithoutMapsHaveNoRows()
{
    const QuerySet set{LimitMode::Drop, {2, 0}};
    const Decoding dropped = decoding({1, 5}, {{1, 0}}, 1, 2, set);
    QVERIFY(mapEffects(dropped, dropped, 0, 1).empty());
    const Decoding classifier = decoding({1, 2, 3}, {}, 1, 2);
    QVERIFY(mapEffects(classifier, classifier, 0, 1).empty());
}

void TestEditEffects::tables()
{
    const ClassEffects effects =
        classEffects(decoding({0, 1, -1}, {{1, 0}}, 1, 2), decoding({0, 0.5F, -1}, {{1, 0}}, 1, 2));
    const std::string classes = csvOf(effects, {"a", "b, \"c\"", "d"});
    QCOMPARE(std::ranges::count(classes, '\n'), 4);
    QVERIFY(classes.find("\n1,\"b, \"\"c\"\"\",1,0.5,-0.5,") != std::string::npos);
    QVERIFY(classes.ends_with(",3,3\n"));
    QVERIFY_EXCEPTION_THROWN(csvOf(effects, {"too", "few"}), std::out_of_range);

    const std::vector<MapEffect> maps{{0, 0.5, 0.25, std::nullopt}, {1, std::nullopt, 0.25, 0.125}};
    QCOMPARE(QByteArray::fromStdString(csvOf(maps)),
             QByteArray("head,js_distance,in_mask_before,in_mask_after\n1,0.5,0.25,\nmean,,0.25,0.125\n"));
}

/// An edit sends the picture another way down a tree: its second node is then another one.
void TestEditEffects::aNodeIsComparedWithItself()
{
    const auto walked = [](const std::vector<MapSource::Part>& way) {
        const Decoding::Extent extent{1, 2, 1, 1, 2, 1, 1};
        Decoding::Arrays arrays;
        arrays.logits = {0};
        arrays.outputs = {0};
        arrays.maps = std::make_shared<PrototypeMaps>(2, std::vector<float>{1, 0, 1, 0, 0, 1}, 0.0,
                                                      std::vector<std::vector<MapSource::Part>>{way});
        return Decoding{ContentKey{}, QuerySet{}, extent, {0}, arrays};
    };
    const MapSource::Part root{0, 0, 0.9, 1}, left{1, 1, 0.2, 0.5}, right{2, 2, 0.2, 0.5};
    const std::vector<double> cover{1, 0};
    const std::vector<MapEffect> effects = mapEffects(walked({root, left}), walked({root, right}), 0, 0, cover, cover);
    QCOMPARE(effects.size(), std::size_t{3}); // and the mean
    QCOMPARE(effects[0].distance, std::optional(0.0));
    QCOMPARE(effects[1].distance, std::nullopt);
    QCOMPARE(effects[1].inMaskBefore, std::nullopt);
    QCOMPARE(effects[1].inMaskAfter, std::optional(0.0));
    const std::vector<MapEffect> shorter = mapEffects(walked({root, left}), walked({root}), 0, 0);
    QCOMPARE(shorter.size(), std::size_t{2});
}

QTEST_GUILESS_MAIN(TestEditEffects)
#include "test_edit_effects.moc"
