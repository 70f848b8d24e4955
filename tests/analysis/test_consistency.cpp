// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>
#include <vector>

#include <QtTest>

#include "core/analysis/consistency.h"
#include "core/base/error.h"
#include "core/engine/stored_maps.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

/// One class, one layer, two heads, 1 x 3 cells, D 2: head 0 looks at the first cell alone, head 1 everywhere.
Decoding twoHeads()
{
    Decoding::Extent extent;
    extent.layers = extent.queries = extent.classes = extent.rows = 1;
    extent.heads = extent.hiddenDim = 2;
    extent.columns = 3;
    Decoding::Arrays arrays;
    arrays.logits = {0};
    arrays.outputs = {0, 0};
    const float third = 1.0F / 3;
    const std::vector<float> maps{1, 0, 0, third, third, third};
    arrays.maps = std::make_shared<StoredMaps>(2, 1, 3, maps, maps);
    return {{}, {}, extent, {0}, arrays};
}

Consistency consistencyOfAll(const std::vector<std::vector<float>>& vectors)
{
    return consistencyOf({vectors.begin(), vectors.end()});
}

using Vectors = std::vector<std::vector<float>>;

} // namespace

Q_DECLARE_METATYPE(Vectors)

/// What heads take from a picture, and cosines that are known.
class TestConsistency : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatDoesNotFit()
    {
        const Decoding decoding = twoHeads();
        const std::vector<float> memory(6, 1.0F);
        QVERIFY(errorOf([&] { attendedMemory(decoding, std::span(memory).first(5), 0, 0); }) == ErrorCode::Mismatch);
        QVERIFY(errorOf([&] { attendedMemory(decoding, memory, 1, 0); }) == ErrorCode::BadArgument);
        QVERIFY(errorOf([&] { attendedMemory(decoding, memory, 0, 1); }) == ErrorCode::BadArgument);
        QVERIFY(errorOf([&] { consistencyOfAll({{1, 2}, {1, 2, 3}}); }) == ErrorCode::Mismatch);
    }

    void takesTheMemoryWhereHeadsLook()
    {
        const std::vector<float> memory{1, 2, 3,   // channel 0
                                        6, 0, -3}; // channel 1
        const std::vector<float> attended = attendedMemory(twoHeads(), memory, 0, 0);
        QCOMPARE(attended.size(), 4u);
        QCOMPARE(attended[0], 1.0F);
        QCOMPARE(attended[1], 6.0F);
        QCOMPARE(attended[2], 2.0F);
        QCOMPARE(attended[3], 1.0F);
    }

    void knownCosines_data()
    {
        QTest::addColumn<Vectors>("vectors");
        QTest::addColumn<double>("score");
        QTest::addColumn<QList<double>>("outlyingness");
        QTest::newRow("no picture") << Vectors{} << 1.0 << QList<double>{};
        QTest::newRow("one picture") << Vectors{{1, 2}} << 1.0 << QList<double>{0};
        QTest::newRow("zero vectors") << Vectors{{0, 0}, {0, 0}} << 0.0 << QList<double>{1, 1};
        QTest::newRow("no channels") << Vectors{{}, {}} << 0.0 << QList<double>{1, 1};
        QTest::newRow("same direction") << Vectors{{1, 1}, {3, 3}} << 1.0 << QList<double>{0, 0};
        QTest::newRow("opposite") << Vectors{{1, 0}, {-2, 0}} << -1.0 << QList<double>{2, 2};
        QTest::newRow("one outlier") << Vectors{{1, 0}, {2, 0}, {0, 5}} << 1.0 / 3 << QList<double>{0.5, 0.5, 1};
    }

    void knownCosines()
    {
        QFETCH(Vectors, vectors);
        QFETCH(double, score);
        QFETCH(QList<double>, outlyingness);
        const Consistency consistency = consistencyOfAll(vectors);
        QVERIFY(std::abs(consistency.score - score) < 1e-12);
        QCOMPARE(static_cast<qsizetype>(consistency.outlyingness.size()), outlyingness.size());
        for (qsizetype i = 0; i < outlyingness.size(); ++i)
            QVERIFY(std::abs(consistency.outlyingness[static_cast<std::size_t>(i)] - outlyingness[i]) < 1e-12);
    }

    void headsAndTheirMean()
    {
        // Two heads, D 2: the first always takes the same, the second the opposite, so that their sum turns.
        const Vectors pictures{{3, 0, 0, 1}, {1, 0, 0, -2}};
        const auto all = consistencyOfHeads({pictures.begin(), pictures.end()}, 2);
        QCOMPARE(all.size(), 3u);
        QVERIFY(std::abs(all[0].score - 1) < 1e-12);
        QVERIFY(std::abs(all[1].score + 1) < 1e-12);
        QVERIFY(std::abs(all[2].score - 1 / std::sqrt(50.0)) < 1e-6);
        QCOMPARE(consistencyOfHeads({}, 3).size(), 4u);
        const Vectors uneven{{1, 2}, {1, 2, 3, 4}};
        QVERIFY(errorOf([&] { consistencyOfHeads({uneven.begin(), uneven.end()}, 2); }) == ErrorCode::Mismatch);
    }
};

QTEST_APPLESS_MAIN(TestConsistency)
#include "test_consistency.moc"
