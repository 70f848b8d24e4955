// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <QtTest>

#include "core/analysis/map_image.h"
#include "core/base/error.h"

using namespace ocellus;

namespace {

/// Four cells of 50 pixels on a picture of 100 x 100.
const CellGeometry twoByTwo({100, 100}, Size{64, 64}, 2, 2, {32, 0.5, 0}, Placement::AsPublished);

std::array<std::uint8_t, 4> pixel(const MapImage& image, int x, int y)
{
    const std::size_t at =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.size.width) + static_cast<std::size_t>(x)) * 4;
    return {image.rgba[at], image.rgba[at + 1], image.rgba[at + 2], image.rgba[at + 3]};
}

/// The pixel of the stretched image that lies under a point of the picture.
std::array<std::uint8_t, 4> pixelUnder(const MapImage& image, Point point)
{
    const double x = (point.x - image.box.left) / image.box.width * image.size.width;
    const double y = (point.y - image.box.top) / image.box.height * image.size.height;
    return pixel(image, static_cast<int>(std::floor(x)), static_cast<int>(std::floor(y)));
}

MapStyle greyStyle()
{
    MapStyle style;
    style.overlay = OverlayRule::Flat;
    style.scale = ValueScale::Linear;
    style.colourMap = ColourMap::Grey;
    style.opacity = 1.0;
    return style;
}

} // namespace

/// Ranges, percentiles and coloured maps of a few cells.
class TestMapImage : public QObject {
    Q_OBJECT

private slots:
    void refusesValuesThatDoNotFillTheGrid();
    void refusesUnknownColourMap();
    void notANumberIsTransparent();
    void emptyAndFlatRanges();
    void flatMapTakesTheLowestColour();
    void colourMapNames();
    void colourMapEnds();
    void multiples();
    void masksByMass_data();
    void masksByMass();
    void percentiles_data();
    void percentiles();
    void cellsAreColouredByValue();
    void thresholdHides();
    void everyPixelHasItsNearestCell_data();
    void everyPixelHasItsNearestCell();
    void smoothInterpolatesValues();
};

void TestMapImage::refusesValuesThatDoNotFillTheGrid()
{
    QVERIFY_EXCEPTION_THROWN(renderMap(std::vector<float>(3), twoByTwo, {}, {}), Error);
    QVERIFY_EXCEPTION_THROWN(renderMap(std::vector<float>(), CellGeometry(), {}, {}), Error);
    QVERIFY_EXCEPTION_THROWN(percentile(std::vector<float>(4), 4), Error);
}

void TestMapImage::refusesUnknownColourMap()
{
    QVERIFY_EXCEPTION_THROWN(colourMapFromString("rainbow"), Error);
    QVERIFY_EXCEPTION_THROWN(colourMapFromString(""), Error);
}

void TestMapImage::notANumberIsTransparent()
{
    const std::vector<float> values{std::numeric_limits<float>::quiet_NaN(), 1, 1, 1};
    const MapImage image = renderMap(values, twoByTwo, greyStyle(), {0, 1});
    QCOMPARE(int{pixelUnder(image, {10, 10})[3]}, 0);
    QCOMPARE(int{pixelUnder(image, {90, 10})[3]}, 255);
}

void TestMapImage::emptyAndFlatRanges()
{
    QCOMPARE(rangeFromZero({}), (Range{0, 1}));
    QCOMPARE(rangeFromZero(std::vector<float>{-3, -1}), (Range{0, 1}));
    QCOMPARE(rangeFromZero(std::vector<float>{0.5F, 4}), (Range{0, 4}));
    QCOMPARE(rangeOf({}), (Range{0, 1}));
    QCOMPARE(rangeOf(std::vector<float>{2, -1, 3}), (Range{-1, 3}));
}

void TestMapImage::flatMapTakesTheLowestColour()
{
    const MapImage image = renderMap(std::vector<float>(4, 2), twoByTwo, greyStyle(), {2, 2});
    QCOMPARE(int{pixelUnder(image, {50, 50})[0]}, 0);
}

void TestMapImage::colourMapNames()
{
    for (const ColourMap map : {ColourMap::Viridis, ColourMap::Cividis, ColourMap::Inferno, ColourMap::Magma,
                                ColourMap::Grey, ColourMap::Jet})
        QVERIFY(colourMapFromString(toString(map)) == map);
}

void TestMapImage::colourMapEnds()
{
    // matplotlib's own ends, within a rounding
    const auto near = [](const Rgb& a, const Rgb& b) {
        return std::abs(a.red - b.red) <= 2 && std::abs(a.green - b.green) <= 2 && std::abs(a.blue - b.blue) <= 2;
    };
    QVERIFY(near(colours(ColourMap::Viridis).front(), {68, 1, 84}));
    QVERIFY(near(colours(ColourMap::Viridis).back(), {253, 231, 37}));
    QVERIFY(near(colours(ColourMap::Jet).front(), {0, 0, 128}));
    QVERIFY(near(colours(ColourMap::Jet).back(), {128, 0, 0}));
    QCOMPARE(colours(ColourMap::Grey)[77], (Rgb{77, 77, 77}));
}

void TestMapImage::multiples()
{
    QCOMPARE(timesUniform(std::vector<float>{0.25F, 0.5F, 0.25F, 0}), (std::vector<float>{1, 2, 1, 0}));
}

void TestMapImage::percentiles_data()
{
    QTest::addColumn<int>("cell");
    QTest::addColumn<double>("expected");
    QTest::newRow("lowest") << 0 << 12.5;
    QTest::newRow("one of two equal") << 1 << 50.0;
    QTest::newRow("highest") << 3 << 87.5;
}

void TestMapImage::percentiles()
{
    QFETCH(int, cell);
    QFETCH(double, expected);
    QCOMPARE(percentile(std::vector<float>{1, 5, 5, 9}, static_cast<std::size_t>(cell)), expected);
}

void TestMapImage::cellsAreColouredByValue()
{
    MapStyle style = greyStyle();
    style.opacity = 0.5;
    const MapImage image = renderMap(std::vector<float>{0, 1, 2, 9}, twoByTwo, style, {0, 4});
    QCOMPARE(image.size, (Size{4, 4}));
    QVERIFY(!image.smooth);
    QCOMPARE(image.box.left, -50.0);
    QCOMPARE(image.box.width, 200.0);
    QCOMPARE(pixelUnder(image, {10, 10}), (std::array<std::uint8_t, 4>{0, 0, 0, 128}));
    QCOMPARE(pixelUnder(image, {90, 10}), (std::array<std::uint8_t, 4>{64, 64, 64, 128}));
    QCOMPARE(pixelUnder(image, {10, 90}), (std::array<std::uint8_t, 4>{128, 128, 128, 128}));
    QCOMPARE(pixelUnder(image, {90, 90}), (std::array<std::uint8_t, 4>{255, 255, 255, 128}));
}

void TestMapImage::thresholdHides()
{
    MapStyle style = greyStyle();
    style.threshold = 1.0F;
    const MapImage image = renderMap(std::vector<float>{0.99F, 1, 2, 9}, twoByTwo, style, {0, 4});
    QCOMPARE(int{pixelUnder(image, {10, 10})[3]}, 0);
    QCOMPARE(int{pixelUnder(image, {90, 10})[3]}, 255);
}

void TestMapImage::everyPixelHasItsNearestCell_data()
{
    QTest::addColumn<bool>("receptive");
    QTest::newRow("receptive") << true;
    QTest::newRow("as published") << false;
}

void TestMapImage::everyPixelHasItsNearestCell()
{
    QFETCH(bool, receptive);
    // 1333 input pixels need 42 cells, whose last one is centred at 1312.5: pixels to the right are in the margin.
    const CellGeometry geometry({400, 225}, Size{1333, 750}, 24, 42, {32, 0.5, 0},
                                receptive ? Placement::Receptive : Placement::AsPublished);
    std::vector<float> values;
    for (int i = 0; i < 24 * 42; ++i)
        values.push_back(static_cast<float>(i % 251));
    const MapImage image = renderMap(values, geometry, greyStyle(), {0, 256});
    for (int y = 0; y < 225; ++y) {
        for (int x = 0; x < 400; ++x) {
            const Point point{x + 0.5, y + 0.5};
            const Cell cell = geometry.cellAt(point);
            QCOMPARE(int{pixelUnder(image, point)[0]}, (cell.row * 42 + cell.column) % 251);
        }
    }
}

void TestMapImage::smoothInterpolatesValues()
{
    MapStyle style = greyStyle();
    style.smooth = true;
    const MapImage image = renderMap(std::vector<float>{0, 128, 0, 128}, twoByTwo, style, {0, 256});
    QCOMPARE(image.size, (Size{16, 16}));
    QVERIFY(image.smooth);
    // Left of the first centre nothing is made up; between the centres (x 6 to 10) it rises by a quarter a sample.
    QCOMPARE(int{pixel(image, 0, 8)[0]}, 0);
    QCOMPARE(int{pixel(image, 5, 8)[0]}, 0);
    QCOMPARE(int{pixel(image, 6, 8)[0]}, 16);
    QCOMPARE(int{pixel(image, 7, 8)[0]}, 48);
    QCOMPARE(int{pixel(image, 9, 8)[0]}, 112);
    QCOMPARE(int{pixel(image, 15, 8)[0]}, 128);
}

void TestMapImage::masksByMass_data()
{
    QTest::addColumn<std::vector<float>>("values");
    QTest::addColumn<double>("mass");
    QTest::addColumn<std::vector<float>>("inside");
    using Values = std::vector<float>;
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    QTest::newRow("not a number") << Values{1, none, 2, 3} << 0.6 << Values{0, 0, 0, 0};
    QTest::newRow("negative") << Values{1, -1, 2, 3} << 0.6 << Values{0, 0, 0, 0};
    QTest::newRow("nothing anywhere") << Values{0, 0, 0, 0} << 0.6 << Values{0, 0, 0, 0};
    QTest::newRow("no mass") << Values{1, 2, 3, 4} << 0.0 << Values{0, 0, 0, 0};
    QTest::newRow("more than there is") << Values{1, 2, 3, 4} << 2.0 << Values{1, 1, 1, 1};
    QTest::newRow("the largest alone") << Values{1, 1, 7, 1} << 0.6 << Values{0, 0, 1, 0};
    QTest::newRow("two of them") << Values{1, 4, 4, 1} << 0.6 << Values{0, 1, 1, 0};
}

void TestMapImage::masksByMass()
{
    QFETCH(const std::vector<float>, values);
    QFETCH(const double, mass);
    QFETCH(const std::vector<float>, inside);
    MapStyle style;
    style.overlay = OverlayRule::Mass;
    style.mass = mass;
    style.smooth = true; // which a mask is not
    QCOMPARE(drawnValues(values, style), inside);
    const MapImage image = renderMap(values, twoByTwo, style, {0, 10});
    QVERIFY(!image.smooth);
    for (int cell = 0; cell < 4; ++cell) {
        const Point centre = twoByTwo.centre({cell / 2, cell % 2});
        QCOMPARE(pixelUnder(image, centre)[3], inside[static_cast<std::size_t>(cell)] > 0 ? 255 : 0);
    }
    style.overlay = OverlayRule::Flat;
    if (values[1] >= 0)
        QCOMPARE(drawnValues(values, style), values);
}

QTEST_APPLESS_MAIN(TestMapImage)
#include "test_map_image.moc"
