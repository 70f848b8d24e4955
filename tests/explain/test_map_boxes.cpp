// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QtTest>

#include "core/analysis/map_box.h"
#include "core/base/error.h"
#include "tests/explain/golden_arrays.h"
#include "tests/support/error_of.h"

using namespace ocellus;

/// The rectangles of published figures of prototypes, by hand and against the reference.
class TestMapBoxes : public QObject {
    Q_OBJECT

private slots:
    void refusesMapsWithoutExtent()
    {
        QVERIFY(errorOf([] { stretchedCubic({}, 0, 0, {4, 4}); }) == ErrorCode::BadArgument);
        const std::vector<float> cells(4, 1.0F);
        QVERIFY(errorOf([&] { stretchedCubic(cells, 2, 2, {0, 4}); }) == ErrorCode::BadArgument);
        QVERIFY(errorOf([&] { peakBox(cells, 3, 2, {8, 8}); }) == ErrorCode::BadArgument);
        QVERIFY(percentileBox({}, {0, 0}) == MapBox());
    }

    void findsBoxes()
    {
        std::vector<float> pixels(12, 0.0F); // three rows of four
        pixels[5] = pixels[11] = 1;
        QVERIFY((percentileBox(pixels, {4, 3}, 90) == MapBox{1, 3, 1, 4}));
        QVERIFY((percentileBox(std::vector<float>(12, 2.0F), {4, 3}) == MapBox{0, 3, 0, 4})); // all alike
        QVERIFY((peakBox(std::vector<float>{0, 0, 0, 1}, 2, 2, {2, 2}) == MapBox{1, 2, 1, 2}));
    }

    void equalsTheReference_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("none") << "";
        for (const char* prefix : {"protopnet-", "prototree-", "protopformer-"})
            for (const std::filesystem::path& file : goldenFiles(prefix))
                QTest::newRow(file.filename().c_str()) << QString::fromStdString(file.string());
    }

    void equalsTheReference()
    {
        QFETCH(QString, file);
        if (file.isEmpty())
            return;
        const GoldenArrays golden(file.toStdString());
        const bool isTree = std::filesystem::path(file.toStdString()).filename().string().starts_with("prototree-");
        const auto shape = golden.shape("similarities");
        const bool isGrid = shape.size() == 3; // else the tokens of a square
        const int side = isGrid ? golden.metadata("size") : golden.metadata("config").at("size");
        const std::vector<float> maps = golden.floats("similarities");
        const std::vector<double> stored = golden.doubles("boxes");
        const std::vector<int> boxes(stored.begin(), stored.end());
        const auto rows = isGrid ? static_cast<int>(shape.at(1)) : qRound(std::sqrt(static_cast<double>(shape.at(1))));
        const auto columns = isGrid ? static_cast<int>(shape.at(2)) : rows;
        const std::size_t cells = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
        for (std::size_t p = 0; p < static_cast<std::size_t>(shape.at(0)); ++p) {
            const std::span<const float> map = std::span(maps).subspan(p * cells, cells);
            const std::vector<float> pixels = stretchedCubic(map, rows, columns, {side, side});
            if (!isTree && p == 0) {
                const double most = largestMagnitude(golden.floats("upsampled"));
                QVERIFY(largestDifference(pixels, golden.floats("upsampled")) <= 1e-5 * std::max(1.0, most));
            }
            const MapBox box = isTree ? peakBox(map, rows, columns, {side, side}) : percentileBox(pixels, {side, side});
            QVERIFY2((box == MapBox{boxes[4 * p], boxes[4 * p + 1], boxes[4 * p + 2], boxes[4 * p + 3]}),
                     qPrintable(QString::number(p)));
        }
    }
};

QTEST_APPLESS_MAIN(TestMapBoxes)
#include "test_map_boxes.moc"
