// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include <QTest>

#include "core/base/error.h"
#include "core/engine/decoding.h"
#include "core/engine/prototype_maps.h"
#include "core/engine/stored_maps.h"

using namespace ocellus;

namespace {

/// 2 layers, 2 heads, 1 x 2 cells; the value of a map's cell tells where it lies: 1000 layer + 100 head + 10 query +
/// cell.
Decoding makeDecoding(const QuerySet& set, int classes, std::vector<int> queryOfClass, std::vector<float> logits)
{
    const int queries = 1 + *std::ranges::max_element(queryOfClass);
    const Decoding::Extent extent{2, 2, queries, 1, 2, classes, 1};
    std::vector<float> maps;
    for (int layer = 0; layer < 2; ++layer)
        for (int head = 0; head < 2; ++head)
            for (int query = 0; query < queries; ++query)
                for (int cell = 0; cell < 2; ++cell)
                    maps.push_back(static_cast<float>(1000 * layer + 100 * head + 10 * query + cell));
    return {{},
            set,
            extent,
            std::move(queryOfClass),
            {logits, logits, {}, std::make_shared<StoredMaps>(2, queries, 2, maps, maps)}};
}

} // namespace

class TestDecoding : public QObject {
    Q_OBJECT

private slots:
    void refusesQuerySets_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<QList<int>>("active");
        QTest::addColumn<QString>("message");
        const int all = static_cast<int>(LimitMode::All);
        const int zero = static_cast<int>(LimitMode::Zero);
        const int drop = static_cast<int>(LimitMode::Drop);
        QTest::newRow("all with a limit") << all << QList<int>{1} << "takes no active classes";
        QTest::newRow("zero with none") << zero << QList<int>{} << "at least one active class";
        QTest::newRow("drop with none") << drop << QList<int>{} << "at least one active class";
        QTest::newRow("negative") << zero << QList<int>{-1} << "from 0 to 4, got -1";
        QTest::newRow("one too far") << drop << QList<int>{0, 5} << "from 0 to 4, got 5";
        QTest::newRow("twice") << zero << QList<int>{2, 3, 2} << "class 2 is given twice";
    }

    void refusesQuerySets()
    {
        QFETCH(const int, mode);
        QFETCH(const QList<int>, active);
        QFETCH(const QString, message);
        try {
            validate({static_cast<LimitMode>(mode), {active.begin(), active.end()}}, 5);
            QFAIL("expected an error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(message), error.what());
        }
    }

    void refusesLogitsThatAreNotThoseOfItsClasses()
    {
        QVERIFY_EXCEPTION_THROWN(makeDecoding({LimitMode::Drop, {3, 1}}, 4, {-1, 1, -1, 0}, {1, 2, 3}), Error);
        QVERIFY_EXCEPTION_THROWN(makeDecoding({LimitMode::Zero, {2}}, 4, {1, 1, 0, 1}, {5, -1}), Error);
    }

    /// All of a class's prototypes may have been pruned; of attention every class has all heads.
    void inventsNoPrototypes()
    {
        const Decoding::Extent extent{1, 2, 2, 1, 2, 2, 1};
        std::vector<std::vector<MapSource::Part>> parts{{{0, -1, 1, 1}}, {}};
        const auto maps = std::make_shared<PrototypeMaps>(2, std::vector<float>{1, 3}, 0.0, parts);
        const Decoding decoding({}, {}, extent, {0, 1}, {{1, 2}, {1, 2}, {}, maps});
        QCOMPARE(decoding.ownHeads(0, 0), std::vector<int>{0});
        QCOMPARE(decoding.ownHeads(0, 1), std::vector<int>{});
        QCOMPARE(decoding.meanAttention(0, 1), (std::vector<float>{0, 0}));
        const Decoding attention = makeDecoding({}, 1, {0}, {1});
        QCOMPARE(attention.ownHeads(0, 0), (std::vector<int>{0, 1}));
    }

    void refusesMapsThatAreNotThere()
    {
        const Decoding decoding = makeDecoding({LimitMode::Drop, {3, 1}}, 4, {-1, 1, -1, 0}, {1, 2});
        QVERIFY_EXCEPTION_THROWN(decoding.attention(0, 0, 0), Error); // inactive
        QVERIFY_EXCEPTION_THROWN(decoding.attention(0, 0, 4), Error);
        QVERIFY_EXCEPTION_THROWN(decoding.attention(0, 0, -1), Error);
        QVERIFY_EXCEPTION_THROWN(decoding.attention(2, 0, 1), Error);
        QVERIFY_EXCEPTION_THROWN(decoding.scores(0, 2, 1), Error);
        QVERIFY_EXCEPTION_THROWN(decoding.logit(2), Error);
    }

    void dropKeepsTheUsersOrder()
    {
        const Decoding decoding = makeDecoding({LimitMode::Drop, {3, 1}}, 4, {-1, 1, -1, 0}, {1, 2});
        QCOMPARE(decoding.classes(), (std::vector<int>{3, 1}));
        QCOMPARE(decoding.logits(), (std::vector<float>{1, 2}));
        QCOMPARE(decoding.ranking(), (std::vector<int>{1, 0}));
        QCOMPARE(decoding.logit(3), 1.0F);
        QCOMPARE(decoding.attention(1, 1, 1)[1], 1111.0F);
        QVERIFY(decoding.isActive(3));
        QVERIFY(!decoding.hasClass(0));
    }

    void zeroAnswersForEveryClass()
    {
        const Decoding decoding = makeDecoding({LimitMode::Zero, {2}}, 4, {1, 1, 0, 1}, {-1, -1, 5, -1});
        QCOMPARE(decoding.logits(), (std::vector<float>{-1, -1, 5, -1}));
        QCOMPARE(decoding.ranking(), (std::vector<int>{2, 0, 1, 3}));
        QCOMPARE(decoding.attention(0, 1, 0)[0], 110.0F); // the zero query's map
        QVERIFY(decoding.hasClass(0));
        QVERIFY(!decoding.isActive(0));
    }

    /// The zero vector's logit is that of no class, however high.
    void zeroVectorsAreNeverTheAnswer()
    {
        const Decoding decoding = makeDecoding({LimitMode::Zero, {3, 2}}, 4, {1, 1, 0, 2}, {9, 9, -1, 5});
        QCOMPARE(decoding.ranking(), (std::vector<int>{3, 2, 0, 1}));
    }

    void probabilitiesSumToOneWithHugeLogits()
    {
        const Decoding decoding = makeDecoding({}, 3, {0, 1, 2}, {1000, 999, -1000});
        const std::vector<float>& p = decoding.probabilities();
        QVERIFY(std::abs(std::accumulate(p.begin(), p.end(), 0.0) - 1) < 1e-6);
        QVERIFY(std::abs(p[0] - 0.7310586) < 1e-6);
    }

    void ranksHeadsByPeakScore()
    {
        const Decoding decoding = makeDecoding({}, 1, {0}, {0});
        QCOMPARE(decoding.rankHeads(0, 0), (std::vector<int>{1, 0}));
        QCOMPARE(decoding.meanAttention(0, 0), (std::vector<float>{50, 51}));
    }
};

QTEST_GUILESS_MAIN(TestDecoding)
#include "test_decoding.moc"
