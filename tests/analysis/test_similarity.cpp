// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>
#include <vector>

#include <QtTest>

#include "core/analysis/similarity.h"
#include "core/base/error.h"
#include "core/engine/stored_maps.h"

using namespace ocellus;

namespace {

/// Five classes with outputs in the plane: right, up, right and up, the zero vector, left.
Decoding fiveClasses(const QuerySet& set = {})
{
    Decoding::Extent extent;
    extent.layers = extent.heads = extent.rows = extent.columns = 1;
    extent.queries = extent.classes = 5;
    extent.hiddenDim = 2;
    Decoding::Arrays arrays;
    arrays.logits.assign(set.mode == LimitMode::Drop ? set.active.size() : 5, 0.0F);
    arrays.outputs = {3, 0, 0, 2, 1, 1, 0, 0, -1, 0};
    const std::vector<float> maps(5, 1.0F);
    arrays.maps = std::make_shared<StoredMaps>(1, 5, 1, maps, maps);
    std::vector<int> queryOfClass{0, 1, 2, 3, 4};
    if (set.mode == LimitMode::Drop) {
        for (int classIndex = 0; classIndex < 5; ++classIndex) {
            if (std::find(set.active.begin(), set.active.end(), classIndex) == set.active.end())
                queryOfClass[static_cast<std::size_t>(classIndex)] = -1;
        }
    }
    return {{}, set, extent, queryOfClass, arrays};
}

} // namespace

/// Cosines of outputs whose angles are known.
class TestSimilarity : public QObject {
    Q_OBJECT

private slots:
    void refusesNegativeCounts();
    void cosines_data();
    void cosines();
    void mostSimilarFirst_data();
    void mostSimilarFirst();
    void droppedClassesAreNoCandidates();
};

void TestSimilarity::refusesNegativeCounts()
{
    QVERIFY_EXCEPTION_THROWN(mostSimilar(fiveClasses(), 0, -1), Error);
}

void TestSimilarity::cosines_data()
{
    QTest::addColumn<int>("classA");
    QTest::addColumn<int>("classB");
    QTest::addColumn<double>("expected");
    QTest::newRow("with the zero vector") << 0 << 3 << 0.0;
    QTest::newRow("with itself") << 2 << 2 << 1.0;
    QTest::newRow("at right angles") << 0 << 1 << 0.0;
    QTest::newRow("half way") << 0 << 2 << std::sqrt(0.5);
    QTest::newRow("opposite") << 0 << 4 << -1.0;
}

void TestSimilarity::cosines()
{
    QFETCH(int, classA);
    QFETCH(int, classB);
    QFETCH(double, expected);
    const Decoding decoding = fiveClasses();
    QVERIFY(std::abs(similarity(decoding, classA, classB) - expected) < 1e-12);
    QCOMPARE(similarity(decoding, classA, classB), similarity(decoding, classB, classA));
}

void TestSimilarity::mostSimilarFirst_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<std::vector<int>>("expected");
    QTest::newRow("none") << 0 << std::vector<int>{};
    QTest::newRow("two, equals by index") << 2 << std::vector<int>{2, 1};
    QTest::newRow("more than there are") << 99 << std::vector<int>{2, 1, 3, 4};
}

void TestSimilarity::mostSimilarFirst()
{
    QFETCH(int, count);
    QFETCH(std::vector<int>, expected);
    QCOMPARE(mostSimilar(fiveClasses(), 0, count), expected);
}

void TestSimilarity::droppedClassesAreNoCandidates()
{
    QCOMPARE(mostSimilar(fiveClasses({LimitMode::Drop, {4, 0, 1}}), 0, 5), (std::vector<int>{1, 4}));
}

QTEST_APPLESS_MAIN(TestSimilarity)
#include "test_similarity.moc"
