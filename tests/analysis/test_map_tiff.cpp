// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <filesystem>
#include <vector>

#include <QTemporaryDir>
#include <QtTest>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/analysis/map_field.h"
#include "core/analysis/map_tiff.h"
#include "core/base/error.h"

using namespace ocellus;

namespace {

CellGeometry geometry(Placement placement = Placement::Receptive)
{
    return {{60, 37}, Size{96, 64}, 2, 3, ReceptiveField{}, placement};
}

const std::vector<float> values{0, 1, 2, 30, 41, 52.5F};

} // namespace

/// Maps with a value for each pixel.
class TestMapTiff : public QObject {
    Q_OBJECT

private slots:
    void refusals();
    void nearestCellOfEachPixel();
    void interpolatedAsItIsDrawn();
    void nothingWhereTheModelSeesNothing();
    void fileHoldsTheValues_data();
    void fileHoldsTheValues();
};

void TestMapTiff::refusals()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("map.tif").toStdString();
    QVERIFY_EXCEPTION_THROWN(writeMapTiff(path, std::vector<float>(5), geometry(), false), Error);
    const CellGeometry huge({100'000, 100'000}, Size{96, 64}, 2, 3, ReceptiveField{});
    QVERIFY_EXCEPTION_THROWN(writeMapTiff(path, values, huge, false), Error);
    QVERIFY_EXCEPTION_THROWN(writeMapTiff(path / "none" / "map.tif", values, geometry(), false), Error);
    QVERIFY(std::filesystem::is_empty(folder.path().toStdString()));
}

void TestMapTiff::nearestCellOfEachPixel()
{
    for (const Placement placement : {Placement::Receptive, Placement::AsPublished}) {
        const CellGeometry place = geometry(placement);
        const std::vector<float> pixels = mapAtPictureSize(values, place, false);
        QCOMPARE(pixels.size(), std::size_t{60 * 37});
        for (int y = 0; y < 37; ++y) {
            for (int x = 0; x < 60; ++x) {
                const Cell cell = place.cellAt({x + 0.5, y + 0.5});
                QCOMPARE(pixels[static_cast<std::size_t>(60 * y + x)],
                         values[static_cast<std::size_t>(3 * cell.row + cell.column)]);
            }
        }
    }
}

/// A map drawn over a picture has its samples between cell centres; where a pixel's centre is a sample's, both agree.
void TestMapTiff::interpolatedAsItIsDrawn()
{
    // Cells of 4 x 4 pixels: the field has one sample a pixel, and a margin of one cell.
    const CellGeometry place({12, 8}, Size{96, 64}, 2, 3, {}, Placement::AsPublished);
    const MapField field = mapField(values, place, true);
    QCOMPARE(field.scale, 4);
    const std::vector<float> pixels = mapAtPictureSize(values, place, true);
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 12; ++x)
            QVERIFY(std::abs(pixels[static_cast<std::size_t>(12 * y + x)] - field.at(x + 4, y + 4)) < 1e-5);
    QCOMPARE(pixels.front(), values.front());
    QCOMPARE(pixels.back(), values.back());
}

void TestMapTiff::nothingWhereTheModelSeesNothing()
{
    // The middle square of 4 of a picture of 8 x 4, with two cells.
    const CellGeometry cropped({8, 4}, {{8, 4}, 2, 0, {4, 4}}, 1, 2, {2, 1, 0});
    for (const bool smooth : {false, true}) {
        const std::vector<float> pixels = mapAtPictureSize(std::vector<float>{3, 5}, cropped, smooth);
        for (std::size_t i = 0; i < pixels.size(); ++i)
            QCOMPARE(std::isnan(pixels[i]), i % 8 < 2 || i % 8 > 5);
    }
    QCOMPARE(mapAtPictureSize(std::vector<float>{3, 5}, cropped, false)[2], 3.0F);
}

void TestMapTiff::fileHoldsTheValues_data()
{
    QTest::addColumn<bool>("smooth");
    QTest::newRow("cells") << false;
    QTest::newRow("smooth") << true;
}

void TestMapTiff::fileHoldsTheValues()
{
    QFETCH(bool, smooth);
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("map.tif").toStdString();
    writeMapTiff(path, values, geometry(), smooth);
    const cv::Mat image = cv::imread(path.string(), cv::IMREAD_UNCHANGED);
    QCOMPARE(image.type(), CV_32FC1);
    QCOMPARE(image.cols, 60);
    QCOMPARE(image.rows, 37);
    const std::vector<float> pixels = mapAtPictureSize(values, geometry(), smooth);
    QVERIFY(std::equal(pixels.begin(), pixels.end(), image.begin<float>()));
}

QTEST_GUILESS_MAIN(TestMapTiff)
#include "test_map_tiff.moc"
