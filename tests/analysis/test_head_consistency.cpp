// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include <QtTest>

#include "core/analysis/head_consistency.h"
#include "core/base/error.h"
#include "core/engine/prototype_maps.h"
#include "core/engine/stored_maps.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

constexpr int rows = 4, columns = 5;
constexpr Size size{50, 40};

/// Two classes of two heads each; head k of class q peaks at cell peaks[k][q].
Decoding peaking(const std::vector<std::vector<std::size_t>>& peaks)
{
    Decoding::Extent extent;
    extent.layers = 1;
    extent.heads = static_cast<int>(peaks.size());
    extent.queries = extent.classes = 2;
    extent.hiddenDim = 1;
    extent.rows = rows;
    extent.columns = columns;
    std::vector<float> maps(peaks.size() * 2 * extent.cells());
    for (std::size_t head = 0; head < peaks.size(); ++head)
        for (std::size_t query = 0; query < 2; ++query)
            maps[(head * 2 + query) * extent.cells() + peaks[head][query]] = 1;
    Decoding::Arrays arrays;
    arrays.logits = {0, 0};
    arrays.outputs = {0, 0};
    arrays.maps = std::make_shared<StoredMaps>(extent.heads, 2, extent.cells(), maps, maps);
    return {{}, {}, extent, {0, 1}, arrays};
}

/// Two classes of one picture of prototypes: `parts[c]` says where each peaks.
Decoding ofPrototypes(const std::vector<std::vector<std::pair<MapSource::Part, std::size_t>>>& classes)
{
    Decoding::Extent extent;
    extent.layers = 1;
    extent.queries = extent.classes = static_cast<int>(classes.size());
    extent.heads = extent.hiddenDim = 2;
    extent.rows = rows;
    extent.columns = columns;
    std::vector<float> similarities(8 * extent.cells());
    std::vector<std::vector<MapSource::Part>> parts;
    for (const auto& own : classes) {
        parts.emplace_back();
        for (const auto& [part, cell] : own) {
            parts.back().push_back(part);
            similarities[static_cast<std::size_t>(part.prototype) * extent.cells() + cell] = 1;
        }
    }
    Decoding::Arrays arrays;
    arrays.logits.resize(classes.size());
    arrays.outputs.resize(classes.size() * 2);
    arrays.maps = std::make_shared<PrototypeMaps>(extent.cells(), std::move(similarities), 0.0, std::move(parts));
    std::vector<int> queries(classes.size());
    std::iota(queries.begin(), queries.end(), 0);
    return {{}, {}, extent, queries, arrays};
}

/// At the centre of a cell, ten pixels wide.
PartPoint at(std::size_t part, std::size_t cell)
{
    return {part, {static_cast<double>(cell % columns) * 10 + 5, static_cast<double>(cell / columns) * 10 + 5}};
}

ConsistencySummary summaryOf(const HeadConsistency& consistency, const std::string& map)
{
    for (const ConsistencySummary& summary : consistency.summaries())
        if (summary.map == map)
            return summary;
    throw std::runtime_error("no summary of " + map);
}

ClassConsistency rowOf(const HeadConsistency& consistency, int classIndex, const std::string& map)
{
    for (const ClassConsistency& row : consistency.classes())
        if (row.classIndex == classIndex && row.map == map)
            return row;
    throw std::runtime_error("no row of " + map);
}

} // namespace

class TestHeadConsistency : public QObject {
    Q_OBJECT

private slots:
    void refusesOtherModels();
    void countsNothingWithoutPoints();
    void findsThePartOfEachHead();
    void asksForPicturesBesideThePublishedScore();
    void noiseMovesWhatLooksAtThePicture();
    void randomMapsAreThoseOfTheSeed();
    void tellsPrototypesByTheirNumber();
    void countsNodesThatThePictureHas();
    void countsNothingOfClassesWithoutPrototypes();
    void leavesOutWhatHasNoPlace();
    void drawsAsManyForTheNoisyPass();
};

void TestHeadConsistency::refusesOtherModels()
{
    HeadConsistency consistency(2, 3, 0);
    const Decoding two = peaking({{0, 0}, {0, 0}});
    QCOMPARE(errorOf([&] { consistency.add(two, nullptr, 0, size, {at(0, 0)}); }),
             std::optional(ErrorCode::BadArgument));
    HeadConsistency fitting(2, 2, 0);
    const Decoding three = peaking({{0, 0}, {0, 0}, {0, 0}});
    QCOMPARE(errorOf([&] { fitting.add(two, &three, 0, size, {at(0, 0)}); }), std::optional(ErrorCode::BadArgument));
    QVERIFY(fitting.classes().empty());
}

void TestHeadConsistency::countsNothingWithoutPoints()
{
    HeadConsistency consistency(2, 2, 0);
    consistency.add(peaking({{0, 0}, {0, 0}}), nullptr, 0, size, {});
    QVERIFY(consistency.classes().empty());
    QCOMPARE(summaryOf(consistency, "heads").n, 0);
    QVERIFY(!summaryOf(consistency, "heads").stability);
}

void TestHeadConsistency::findsThePartOfEachHead()
{
    // The first head of class 0 follows part 1 about, the second always looks at the last cell.
    HeadConsistency consistency(2, 2, 0);
    for (std::size_t cell = 0; cell < 6; ++cell)
        consistency.add(peaking({{cell, 0}, {19, 0}}), nullptr, 0, size, {at(1, cell), at(0, 12)});
    const ClassConsistency follows = rowOf(consistency, 0, "head 1");
    QCOMPARE(follows.part, 1);
    QCOMPARE(follows.share, 1.0);
    QCOMPARE(follows.seen, 6);
    QCOMPARE(follows.pictures, 6);
    QVERIFY(!follows.stability);
    QCOMPARE(rowOf(consistency, 0, "head 2").share, 0.0);
    QCOMPARE(rowOf(consistency, 0, "centre").part, 0); // it lies in the middle of all of them
    const ConsistencySummary heads = summaryOf(consistency, "heads");
    QCOMPARE(heads.n, 2);
    QCOMPARE(heads.consistent, 1);
    QCOMPARE(summaryOf(consistency, "head 1").consistent, 1);
    QCOMPARE(summaryOf(consistency, "head 2").consistent, 0);
    QCOMPARE(summaryOf(consistency, "centre").consistent, 1);
    QCOMPARE(summaryOf(consistency, "random").n, 2);
}

void TestHeadConsistency::asksForPicturesBesideThePublishedScore()
{
    HeadConsistency consistency(2, 2, 0);
    consistency.add(peaking({{3, 3}, {19, 3}}), nullptr, 0, size, {at(1, 3)});
    for (int i = 0; i < HeadConsistency::leastSeen; ++i)
        consistency.add(peaking({{9, 9}, {9, 9}}), nullptr, 1, size, {at(0, 9)});
    const ConsistencySummary first = summaryOf(consistency, "head 1");
    QCOMPARE(first.n, 2);
    QCOMPARE(first.consistent, 2); // once seen and once hit
    QCOMPARE(first.nOften, 1);
    QCOMPARE(first.consistentOften, 1);
    QCOMPARE(first.pictures, 1 + HeadConsistency::leastSeen);
}

void TestHeadConsistency::noiseMovesWhatLooksAtThePicture()
{
    HeadConsistency consistency(1, 2, 0);
    const Decoding plain = peaking({{0, 0}, {7, 0}});
    const Decoding moved = peaking({{19, 0}, {7, 0}});
    for (int i = 0; i < 4; ++i)
        consistency.add(plain, i == 0 ? &moved : &plain, 0, size, {at(0, 0)});
    QCOMPARE(*rowOf(consistency, 0, "head 1").stability, 0.75);
    QCOMPARE(*rowOf(consistency, 0, "head 2").stability, 1.0);
    QCOMPARE(*summaryOf(consistency, "heads").stability, 0.875);
    QCOMPARE(*summaryOf(consistency, "centre").stability, 1.0);
    QCOMPARE(summaryOf(consistency, "heads").pictures, 8);
}

void TestHeadConsistency::randomMapsAreThoseOfTheSeed()
{
    const auto shares = [](std::uint64_t seed) {
        HeadConsistency consistency(1, 2, seed);
        const Decoding plain = peaking({{0, 0}, {7, 0}});
        for (std::size_t i = 0; i < 20; ++i)
            consistency.add(plain, &plain, 0, size, {at(0, i)});
        return std::pair(rowOf(consistency, 0, "random 1").share, rowOf(consistency, 0, "random 2").share);
    };
    QCOMPARE(shares(3), shares(3));
    QVERIFY(shares(3) != shares(4) || shares(3) != shares(5));
}

/// The second class has one prototype where the first has two: nothing is counted for one that is not there.
void TestHeadConsistency::tellsPrototypesByTheirNumber()
{
    HeadConsistency consistency(1, 2, 0, MapKind::Prototype);
    const Decoding decoding = ofPrototypes({{{{4, -1, 1, 1}, 3}, {{5, -1, 1, 1}, 19}}, {{{7, -1, 1, 1}, 3}}});
    for (int c = 0; c < 2; ++c)
        for (int i = 0; i < 5; ++i)
            consistency.add(decoding, &decoding, c, size, {at(0, 3)});
    QCOMPARE(rowOf(consistency, 0, "prototype 4").share, 1.0);
    QCOMPARE(rowOf(consistency, 0, "prototype 5").share, 0.0);
    QCOMPARE(rowOf(consistency, 1, "prototype 7").share, 1.0);
    const ConsistencySummary all = summaryOf(consistency, "prototypes");
    QCOMPARE(all.n, 3);
    QCOMPARE(all.consistent, 2);
    QCOMPARE(all.pictures, 15);
    QCOMPARE(*all.stability, 1.0);
    QVERIFY(all.stabilityInterval.low > 0.7 && all.stabilityInterval.low < 0.73); // ten pictures, not 15 trials
    QCOMPARE(consistency.summaries().size(), std::size_t{4});                     // and no single prototype among them
    QCOMPARE(summaryOf(consistency, "random").n, 3);
}

/// A node that the picture passes to the left says that something is not there: it points at nothing.
void TestHeadConsistency::countsNodesThatThePictureHas()
{
    HeadConsistency consistency(1, 2, 0, MapKind::Node);
    const MapSource::Part root{0, 1, 0.9, 1};
    const MapSource::Part absent{1, 2, 0.1, 0.9};
    const MapSource::Part found{1, 2, 0.8, 0.9};
    const Decoding left = ofPrototypes({{{root, 3}, {absent, 5}}});
    const Decoding right = ofPrototypes({{{root, 3}, {found, 19}}});
    consistency.add(right, &left, 0, size, {at(0, 3)});
    for (int i = 0; i < 5; ++i)
        consistency.add(left, &left, 0, size, {at(0, 3)});
    QCOMPARE(rowOf(consistency, 0, "node 1").pictures, 6);
    QCOMPARE(rowOf(consistency, 0, "node 1").share, 1.0);
    QCOMPARE(rowOf(consistency, 0, "node 2").pictures, 1);
    QCOMPARE(rowOf(consistency, 0, "node 2").share, 0.0);
    QCOMPARE(summaryOf(consistency, "nodes").pictures, 7);
}

/// A pruned model may have taken all prototypes from a class.
void TestHeadConsistency::countsNothingOfClassesWithoutPrototypes()
{
    HeadConsistency consistency(1, 2, 0, MapKind::Prototype);
    const Decoding decoding = ofPrototypes({{{{4, -1, 1, 1}, 3}}, {}});
    consistency.add(decoding, &decoding, 1, size, {at(0, 3)});
    QCOMPARE(consistency.classes().size(), std::size_t{1}); // the centre
    QCOMPARE(summaryOf(consistency, "prototypes").n, 0);
    QCOMPARE(summaryOf(consistency, "mean").n, 0);
    QCOMPARE(summaryOf(consistency, "random").n, 0);
}

/// Not in the mean either, which would be drawn where they look.
void TestHeadConsistency::leavesOutWhatHasNoPlace()
{
    HeadConsistency consistency(1, 2, 0, MapKind::Prototype);
    const MapSource::Part global{5, -1, 1, 1, MapSource::PartKind::GlobalPrototype};
    const Decoding decoding = ofPrototypes({{{global, 0}, {{4, -1, 1, 1}, 3}}});
    consistency.add(decoding, nullptr, 0, size, {at(0, 3)});
    QCOMPARE(rowOf(consistency, 0, "prototype 4").share, 1.0);
    QCOMPARE(rowOf(consistency, 0, "mean").share, 1.0);
    QCOMPARE(summaryOf(consistency, "prototypes").n, 1);
    HeadConsistency globals(1, 2, 0, MapKind::Prototype);
    globals.add(ofPrototypes({{{global, 0}}}), nullptr, 0, size, {at(0, 3)});
    QCOMPARE(summaryOf(globals, "mean").n, 0);
}

/// Where noise sends a picture another way, as many random maps stand beside its nodes as in the first pass.
void TestHeadConsistency::drawsAsManyForTheNoisyPass()
{
    const MapSource::Part root{0, 1, 0.9, 1};
    const Decoding both = ofPrototypes({{{root, 3}, {{1, 2, 0.8, 0.9}, 19}}});
    const Decoding one = ofPrototypes({{{root, 3}, {{1, 2, 0.1, 0.9}, 5}}});
    const auto stabilityOfRandom = [&](const Decoding& noisy) {
        HeadConsistency consistency(1, 2, 7, MapKind::Node);
        for (int i = 0; i < 40; ++i)
            consistency.add(both, &noisy, 0, size, {at(0, 3)});
        return *summaryOf(consistency, "random").stability;
    };
    QCOMPARE(stabilityOfRandom(one), stabilityOfRandom(both));
}

QTEST_GUILESS_MAIN(TestHeadConsistency)
#include "test_head_consistency.moc"
