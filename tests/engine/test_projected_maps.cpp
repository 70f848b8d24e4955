// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include <QTest>

#include "core/engine/projected_maps.h"
#include "core/engine/softmax.h"

using namespace ocellus;

namespace {

constexpr std::size_t layers = 2;
constexpr ProjectedMaps::Sizes sizes{3, 5, 7, 4};

float value(std::size_t i)
{
    return std::sin(static_cast<float>(i) * 1.7F);
}

std::vector<std::shared_ptr<const float>> numbers(std::size_t count, std::size_t offset)
{
    std::vector<std::shared_ptr<const float>> perLayer;
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const std::shared_ptr<float[]> made(new float[count]);
        for (std::size_t i = 0; i < count; ++i)
            made[i] = value(offset + layer * count + i);
        perLayer.emplace_back(made, made.get());
    }
    return perLayer;
}

} // namespace

class TestProjectedMaps : public QObject {
    Q_OBJECT

private slots:
    void scoresAreTheProductsOfQueryAndKeys()
    {
        const std::size_t queryCount = sizes.heads * sizes.queries * sizes.width;
        const std::size_t keyCount = sizes.heads * sizes.width * sizes.cells;
        const ProjectedMaps maps(sizes, numbers(queryCount, 0), numbers(keyCount, 1'000));
        QCOMPARE(maps.bytes(), sizeof(float) * layers * (queryCount + keyCount));
        for (std::size_t layer = 0; layer < layers; ++layer)
            for (std::size_t head = 0; head < sizes.heads; ++head)
                for (std::size_t query = 0; query < sizes.queries; ++query) {
                    const auto scores =
                        maps.scores(static_cast<int>(layer), static_cast<int>(head), static_cast<int>(query));
                    QCOMPARE(scores.size(), sizes.cells);
                    for (std::size_t cell = 0; cell < sizes.cells; ++cell) {
                        double expected = 0;
                        for (std::size_t i = 0; i < sizes.width; ++i)
                            expected += static_cast<double>(value(layer * queryCount +
                                                                  (head * sizes.queries + query) * sizes.width + i)) *
                                        static_cast<double>(value(1'000 + layer * keyCount +
                                                                  (head * sizes.width + i) * sizes.cells + cell));
                        QVERIFY(std::abs(static_cast<double>(scores[cell]) - expected) < 1e-6);
                    }
                    const auto attention =
                        maps.attention(static_cast<int>(layer), static_cast<int>(head), static_cast<int>(query));
                    QCOMPARE(attention, softmax(scores));
                }
    }

    void softmaxSumsToOne_data()
    {
        QTest::addColumn<std::vector<float>>("values");
        QTest::newRow("huge") << std::vector<float>{1e30F, 1e30F, 0};
        QTest::newRow("far below zero") << std::vector<float>{-1e6F, -1e6F - 1};
        QTest::newRow("some take no part") << std::vector<float>{-INFINITY, 3, -INFINITY, 3};
        QTest::newRow("thousands") << std::vector<float>(10'000, 0.1F);
        QTest::newRow("one") << std::vector<float>{5};
    }

    void softmaxSumsToOne()
    {
        QFETCH(const std::vector<float>, values);
        const std::vector<float> weights = softmax(values);
        QVERIFY(std::abs(std::accumulate(weights.begin(), weights.end(), 0.0) - 1) < 1e-6);
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY(!std::isinf(values[i]) || weights[i] == 0.0F);
        QVERIFY(softmax({}).empty());
    }
};

QTEST_GUILESS_MAIN(TestProjectedMaps)
#include "test_projected_maps.moc"
