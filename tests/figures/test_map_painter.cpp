// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/map_painter.h"

using namespace ocellus;

namespace {

constexpr int rows = 7, columns = 9;
const QSize pictureSize(300, 200);
const QColor pictureColour(40, 90, 200);

QImage plainPicture()
{
    QImage picture(pictureSize, QImage::Format_RGB32);
    picture.fill(pictureColour);
    return picture;
}

CellGeometry geometryFor(Placement placement)
{
    return {{300, 200}, Size{288, 192}, rows, columns, ReceptiveField{}, placement};
}

/// Every cell another value, so that a colour tells its cell.
std::vector<float> rising()
{
    std::vector<float> values(rows * columns);
    std::iota(values.begin(), values.end(), 0.0f);
    return values;
}

const Range risingRange{0, rows* columns - 1};

QImage painted(const MapStyle& style, const PictureTransform& transform, const std::vector<float>& values = rising(),
               double ratio = 1)
{
    QImage image(QSize(400, 300) * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    ScaledPicture picture;
    picture.setPicture(plainPicture());
    MapPainter map;
    map.setMap(values, geometryFor(style.placement), style, risingRange);
    QPainter painter(&image);
    const QRectF area(0, 0, 400, 300);
    map.paint(painter, area, transform, picture);
    map.paintLines(painter, area, transform, 1.5);
    return image;
}

MapStyle flatStyle()
{
    MapStyle style;
    style.overlay = OverlayRule::Flat;
    style.scale = ValueScale::Linear;
    return style;
}

bool isColourOf(QRgb pixel, float value)
{
    const int index = static_cast<int>(std::lround(255 * value / risingRange.high));
    for (int near = std::max(index - 1, 0); near <= std::min(index + 1, 255); ++near) {
        const Rgb& colour = colours(ColourMap::Viridis)[static_cast<std::size_t>(near)];
        if (pixel == qRgb(colour.red, colour.green, colour.blue))
            return true;
    }
    return false;
}

bool inPicture(const Point& point)
{
    return point.x >= 0 && point.y >= 0 && point.x < pictureSize.width() && point.y < pictureSize.height();
}

} // namespace

class TestMapPainter : public QObject {
    Q_OBJECT

private slots:
    void degenerateInputIsPainted_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<QPointF>("offset");
        QTest::newRow("out of sight") << 1.0 << QPointF(5000, 5000);
        QTest::newRow("smaller than a pixel") << 0.001 << QPointF(10, 10);
        QTest::newRow("far too large") << 1e6 << QPointF(-1e8, -1e8);
    }

    void degenerateInputIsPainted()
    {
        QFETCH(double, scale);
        QFETCH(QPointF, offset);
        for (const bool smooth : {false, true}) {
            MapStyle style = flatStyle();
            style.smooth = smooth;
            style.contour = true;
            const QImage image = painted(style, {scale, offset});
            const bool covered = scale > 1;
            QCOMPARE(image.pixel(200, 150) == qRgb(255, 255, 255), !covered);
        }
    }

    void everyPixelHasTheColourOfItsCell_data()
    {
        QTest::addColumn<Placement>("placement");
        QTest::addColumn<double>("scale");
        QTest::addColumn<QPointF>("offset");
        QTest::addColumn<double>("ratio");
        for (const Placement placement : {Placement::Receptive, Placement::AsPublished}) {
            const QByteArray name = placement == Placement::Receptive ? "receptive" : "published";
            QTest::newRow(name + ", shrunk") << placement << 0.71 << QPointF(13.37, 8.11) << 1.0;
            QTest::newRow(name + ", one to one") << placement << 1.0 << QPointF(20.13, 30.29) << 1.0;
            QTest::newRow(name + ", enlarged") << placement << 17.3 << QPointF(-1503.3, -1207.7) << 1.0;
            QTest::newRow(name + ", dense screen") << placement << 1.21 << QPointF(5.03, 7.09) << 2.0;
        }
    }

    void everyPixelHasTheColourOfItsCell()
    {
        QFETCH(Placement, placement);
        QFETCH(double, scale);
        QFETCH(QPointF, offset);
        QFETCH(double, ratio);
        MapStyle style = flatStyle();
        style.opacity = 1;
        style.placement = placement;
        const PictureTransform transform{scale, offset};
        const QImage image = painted(style, transform, rising(), ratio);
        const CellGeometry geometry = geometryFor(placement);
        const std::vector<float> values = rising();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const Point point = transform.toPicture(QPointF(x + 0.5, y + 0.5) / ratio);
                const QRgb pixel = image.pixel(x, y);
                const Cell cell = geometry.cellAt(point);
                const bool right =
                    inPicture(point)
                        ? isColourOf(pixel, values[static_cast<std::size_t>(cell.row * columns + cell.column)])
                        : pixel == qRgb(255, 255, 255);
                QVERIFY2(right, qPrintable(QStringLiteral("pixel %1, %2: %3").arg(x).arg(y).arg(pixel, 0, 16)));
            }
    }

    void opacityMixesPictureAndColour()
    {
        for (const bool smooth : {false, true}) {
            MapStyle style = flatStyle();
            style.opacity = 0.25;
            style.smooth = smooth;
            const QImage image = painted(style, {1, {0, 0}}, std::vector<float>(rows * columns, risingRange.high));
            const Rgb& colour = colours(ColourMap::Viridis)[255];
            const QColor pixel = image.pixelColor(150, 100);
            QVERIFY(std::abs(pixel.red() - (0.25 * colour.red + 0.75 * pictureColour.red())) <= 2);
            QVERIFY(std::abs(pixel.green() - (0.25 * colour.green + 0.75 * pictureColour.green())) <= 2);
            QVERIFY(std::abs(pixel.blue() - (0.25 * colour.blue + 0.75 * pictureColour.blue())) <= 2);
        }
    }

    void smoothHasTheCellsColourInItsCentreOnly()
    {
        MapStyle style = flatStyle();
        style.opacity = 1;
        style.smooth = true;
        // A step from column to column: halfway between two centres lies the value between.
        std::vector<float> values(rows * columns);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i % columns) * 7;
        const QImage image = painted(style, {1, {0, 0}}, values);
        const CellGeometry geometry = geometryFor(style.placement);
        const Point from = geometry.centre({3, 4}), to = geometry.centre({3, 5});
        const auto colourAt = [&](double x) { return image.pixelColor(static_cast<int>(x), static_cast<int>(from.y)); };
        const auto expected = [](double value) {
            const Rgb& colour =
                colours(ColourMap::Viridis)[static_cast<std::size_t>(std::lround(255 * value / risingRange.high))];
            return QColor(colour.red, colour.green, colour.blue);
        };
        const auto distance = [](const QColor& a, const QColor& b) {
            return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
        };
        QVERIFY(distance(colourAt(from.x), expected(28)) <= 9);
        QVERIFY(distance(colourAt((from.x + to.x) / 2), expected(31.5)) <= 9);
        QVERIFY(distance(colourAt(to.x), expected(35)) <= 9);
    }

    void nothingIsDrawnBelowTheThreshold()
    {
        MapStyle style = flatStyle();
        style.opacity = 1;
        style.threshold = 31;
        const QImage image = painted(style, {1, {0, 0}});
        QCOMPARE(image.pixelColor(5, 5), pictureColour);
        QVERIFY(image.pixelColor(290, 190) != pictureColour);
    }

    void contourFollowsTheCells()
    {
        MapStyle style = flatStyle();
        style.opacity = 0;
        style.contour = true;
        std::vector<float> values(rows * columns, 0);
        values[2 * columns + 3] = risingRange.high;
        const QImage image = painted(style, {1, {0, 0}}, values);
        const Box cell = cellBox(geometryFor(style.placement), {2, 3});
        const int middle = static_cast<int>(cell.top + cell.height / 2);
        const auto brightness = [&](double x) { return qGray(image.pixel(static_cast<int>(x), middle)); };
        QVERIFY(brightness(cell.left) > 150);
        QVERIFY(brightness(cell.left + cell.width) > 150);
        QCOMPARE(image.pixelColor(static_cast<int>(cell.left + cell.width / 2), middle), pictureColour);
    }

    /// The animal keeps its colours where the model has nothing to say.
    void theRuleLeavesThePictureAlone_data()
    {
        QTest::addColumn<OverlayRule>("rule");
        QTest::addColumn<bool>("smooth");
        QTest::addColumn<bool>("leaves");
        for (const bool smooth : {false, true}) {
            const QByteArray how = smooth ? ", smooth" : "";
            QTest::newRow("flat" + how) << OverlayRule::Flat << smooth << false;
            QTest::newRow("spotlight" + how) << OverlayRule::Spotlight << smooth << false;
            QTest::newRow("heat on grey" + how) << OverlayRule::HeatOnGrey << smooth << false;
            QTest::newRow("transparent" + how) << OverlayRule::Transparent << smooth << true;
            QTest::newRow("contours" + how) << OverlayRule::Contours << smooth << true;
        }
    }

    void theRuleLeavesThePictureAlone()
    {
        QFETCH(const OverlayRule, rule);
        QFETCH(const bool, smooth);
        QFETCH(const bool, leaves);
        MapStyle style;
        style.overlay = rule;
        style.smooth = smooth;
        std::vector<float> values(rows * columns, 0.98F);
        values[2 * columns + 3] = risingRange.high;
        const QImage image = painted(style, {1, {0, 0}}, values);
        // The whole right half lies two cells and more from the hot one.
        for (int y = 0; y < pictureSize.height(); ++y)
            for (int x = pictureSize.width() / 2 + 40; x < pictureSize.width(); ++x)
                QCOMPARE(image.pixelColor(x, y) == pictureColour, leaves);
    }

    void spotlightKeepsThePictureWhereAttended()
    {
        for (const bool smooth : {false, true}) {
            MapStyle style;
            style.overlay = OverlayRule::Spotlight;
            style.smooth = smooth;
            std::vector<float> values(rows * columns, 0);
            values[2 * columns + 3] = risingRange.high;
            const Point lit = geometryFor(style.placement).centre({2, 3});
            const QImage image = painted(style, {1, {0, 0}}, values);
            const QColor pixel = image.pixelColor(static_cast<int>(lit.x), static_cast<int>(lit.y));
            QVERIFY(std::abs(pixel.red() - pictureColour.red()) <= 3 + (smooth ? 20 : 0));
            QVERIFY(image.pixelColor(290, 190).lightness() < pictureColour.lightness());
        }
    }

    void contoursAndHairlinesAreThere()
    {
        for (const OverlayRule rule : {OverlayRule::Contours, OverlayRule::Transparent}) {
            MapStyle style;
            style.overlay = rule;
            style.opacity = 0; // lines alone
            std::vector<float> values(rows * columns, 0);
            values[2 * columns + 3] = risingRange.high;
            const QImage image = painted(style, {1, {0, 0}}, values);
            const Box cell = cellBox(geometryFor(style.placement), {2, 3});
            const int middle = static_cast<int>(cell.top + cell.height / 2);
            QVERIFY(image.pixelColor(static_cast<int>(cell.left), middle) != pictureColour);
            QCOMPARE(image.pixelColor(static_cast<int>(cell.left + cell.width / 2), middle), pictureColour);
        }
    }

    void pictureReachesItsBorder_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("offset");
        for (const double scale : {0.31, 0.5, 1.0, 1.7, 2.043})
            for (const double offset : {0.0, 0.06, 0.25, 0.499, 0.5, 0.501, 0.77, 0.93})
                QTest::addRow("%g times, from %g", scale, offset) << scale << 8 + offset;
    }

    void pictureReachesItsBorder()
    {
        QFETCH(double, scale);
        QFETCH(double, offset);
        MapStyle style = flatStyle();
        style.opacity = 0;
        const PictureTransform transform{scale, {offset, offset}};
        const QImage image = painted(style, transform);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const bool inside = inPicture(transform.toPicture(QPointF(x + 0.5, y + 0.5)));
                QCOMPARE(image.pixelColor(x, y), inside ? pictureColour : QColor(Qt::white));
            }
    }

    void shrunkPicturesAreAveraged()
    {
        // One white column in eight: sampling would show white or black, averaging shows an even grey.
        QImage stripes(800, 200, QImage::Format_RGB32);
        for (int x = 0; x < 800; ++x)
            for (int y = 0; y < 200; ++y)
                stripes.setPixel(x, y, x % 8 == 0 ? qRgb(255, 255, 255) : qRgb(0, 0, 0));
        ScaledPicture picture;
        picture.setPicture(stripes);
        const auto& part = picture.part(QRect(0, 0, 100, 25), {0.125, {0, 0}});
        QCOMPARE(part.image.size(), QSize(100, 25));
        for (int x = 2; x < 98; ++x)
            QVERIFY(std::abs(qGray(part.image.pixel(x, 12)) - 32) < 24);
    }
};

QTEST_MAIN(TestMapPainter)
#include "test_map_painter.moc"
