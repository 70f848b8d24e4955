// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include <QTest>

#include "core/explain/map_on_grid.h"

using namespace ocellus;

namespace {

SourceMap cells(Size input, int rows, int columns, std::vector<float> values)
{
    SourceMap map;
    map.rows = rows;
    map.columns = columns;
    map.values = std::move(values);
    map.input = input;
    map.field = {input.width / columns, input.width / columns / 2.0, 1};
    return map;
}

std::vector<float> rising(int count)
{
    std::vector<float> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 0.0F);
    return values;
}

} // namespace

class TestMapOnGrid : public QObject {
    Q_OBJECT

private slots:
    void aMapOnItsOwnGridStaysBitForBit()
    {
        const SourceMap map = cells({64, 64}, 4, 4, rising(16));
        const SourceMap same = onGrid(map, 4, 4, map.field, map.input);
        QCOMPARE(same.values, map.values);
    }

    void cellsAreMeansOfWhatTheyOwn()
    {
        const SourceMap map = cells({64, 64}, 4, 4, rising(16));
        const SourceMap coarse = onGrid(map, 2, 2, {32, 16, 1}, {64, 64});
        QCOMPARE(coarse.values, (std::vector<float>{2.5F, 4.5F, 10.5F, 12.5F}));
        QCOMPARE(coarse.rows, 2);
        // And a map of a smaller input lies on the same part of the picture.
        const SourceMap small = cells({32, 32}, 4, 4, rising(16));
        QCOMPARE(onGrid(small, 2, 2, {32, 16, 1}, {64, 64}).values, coarse.values);
    }

    void aCellBeyondThePictureIsNoBest()
    {
        const SourceMap map = cells({64, 64}, 2, 2, {3, 1, 2, 4});
        const SourceMap beyond = onGrid(map, 2, 6, {32, 16, 1}, {64, 64});
        QCOMPARE(beyond.values.size(), std::size_t{12});
        for (const float value : beyond.values)
            QVERIFY(std::isfinite(value) && value >= 1);
        QCOMPARE(beyond.values[5], 1.0F);
    }
};

QTEST_APPLESS_MAIN(TestMapOnGrid)
#include "test_map_on_grid.moc"
