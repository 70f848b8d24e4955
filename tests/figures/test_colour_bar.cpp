// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include <QTest>

#include "ui/figures/colour_bar.h"

using namespace ocellus;

namespace {

QImage bar(const MapStyle& style, Range range)
{
    QImage image(300, 60, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(Qt::black);
    paintColourBar(painter, image.rect(), style, range);
    return image;
}

/// First and last x where the row through the bar has the colour, or -1.
std::pair<int, int> extentOf(const QImage& image, const Rgb& colour)
{
    const int y = static_cast<int>(colourBarHeight(QFont()) * 0.46);
    std::pair<int, int> found{-1, -1};
    for (int x = 0; x < image.width(); ++x)
        if (image.pixel(x, y) == qRgb(colour.red, colour.green, colour.blue)) {
            if (found.first < 0)
                found.first = x;
            found.second = x;
        }
    return found;
}

MapStyle opaqueStyle()
{
    MapStyle style;
    style.overlay = OverlayRule::Flat;
    style.scale = ValueScale::Linear;
    style.opacity = 1;
    return style;
}

} // namespace

class TestColourBar : public QObject {
    Q_OBJECT

private slots:
    void ticks_data()
    {
        QTest::addColumn<float>("low");
        QTest::addColumn<float>("high");
        QTest::addColumn<int>("most");
        QTest::addColumn<QList<double>>("ticks");
        constexpr float infinity = std::numeric_limits<float>::infinity();
        QTest::newRow("empty") << 3.0f << 3.0f << 5 << QList<double>{3};
        QTest::newRow("upside down") << 3.0f << 1.0f << 5 << QList<double>{3};
        QTest::newRow("endless") << 0.0f << infinity << 5 << QList<double>{0};
        QTest::newRow("no room") << 0.0f << 40.0f << 0 << QList<double>{0, 20, 40};
        QTest::newRow("uniform map") << 0.0f << 1.0f << 6 << QList<double>{0, 0.2, 0.4, 0.6, 0.8, 1};
        QTest::newRow("usual") << 0.0f << 41.3f << 5 << QList<double>{0, 10, 20, 30, 40};
        QTest::newRow("not from zero") << 0.5f << 3.2f << 6 << QList<double>{0.5, 1, 1.5, 2, 2.5, 3};
    }

    void ticks()
    {
        QFETCH(float, low);
        QFETCH(float, high);
        QFETCH(int, most);
        QFETCH(QList<double>, ticks);
        const auto got = niceTicks({low, high}, most);
        if (most >= 2)
            QVERIFY(static_cast<int>(got.size()) <= most);
        if (QTest::currentDataTag() == QByteArray("no room")) {
            QVERIFY(got.size() <= 2);
            return;
        }
        QCOMPARE(static_cast<qsizetype>(got.size()), ticks.size());
        for (qsizetype i = 0; i < ticks.size(); ++i)
            QVERIFY(std::abs(got[static_cast<std::size_t>(i)] - ticks[i]) < 1e-9);
    }

    void notANumberHasNoTicksToCount()
    {
        QCOMPARE(niceTicks({std::numeric_limits<float>::quiet_NaN(), 1}, 5).size(), 1u);
    }

    void colourMapFromEndToEnd()
    {
        const QImage image = bar(opaqueStyle(), {0, 40});
        const auto low = extentOf(image, colours(ColourMap::Viridis)[4]);
        const auto high = extentOf(image, colours(ColourMap::Viridis)[251]);
        QVERIFY(low.first >= 0 && low.first < 30);
        QVERIFY(high.second > 270);
    }

    void emptyBelowTheThreshold()
    {
        MapStyle style = opaqueStyle();
        style.threshold = 20;
        const QImage image = bar(style, {0, 40});
        QCOMPARE(extentOf(image, colours(ColourMap::Viridis)[4]).first, -1);
        QVERIFY(extentOf(image, colours(ColourMap::Viridis)[251]).second > 270);
        QCOMPARE(image.pixel(80, static_cast<int>(colourBarHeight(QFont()) * 0.4)),
                 qRgb(0xd8, 0xd8, 0xd8)); // the ground
    }

    void scaleTicksAreApartAndHaveTheEvenSpread_data()
    {
        QTest::addColumn<float>("high");
        QTest::addColumn<ValueScale>("scale");
        for (const float high : {1.5F, 7.3F, 50.0F, 900.0F})
            for (const ValueScale scale : {ValueScale::SquareRoot, ValueScale::Logarithmic})
                QTest::addRow("%g, %d", double(high), static_cast<int>(scale)) << high << scale;
    }

    void scaleTicksAreApartAndHaveTheEvenSpread()
    {
        QFETCH(const float, high);
        QFETCH(const ValueScale, scale);
        const Range range{0, high};
        const std::vector<double> ticks = scaleTicks(range, scale, 5);
        QCOMPARE(ticks.back(), static_cast<double>(high));
        QVERIFY(std::ranges::is_sorted(ticks));
        if (shareOf(1, range, scale) < 0.8 && shareOf(1, range, scale) > 0.2)
            QVERIFY(std::ranges::count(ticks, 1.0) == 1);
        for (std::size_t i = 1; i < ticks.size(); ++i)
            QVERIFY(shareOf(static_cast<float>(ticks[i]), range, scale) -
                        shareOf(static_cast<float>(ticks[i - 1]), range, scale) >=
                    0.2 - 1e-6);
    }

    /// The bar shows what maps show.
    void theBarIsClearUpToTheEvenSpread()
    {
        QImage picture(300, 200, QImage::Format_RGB32);
        picture.fill(QColor(40, 160, 90));
        QImage image(300, 60, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintColourBar(painter, QRectF(0, 0, 300, 60), {}, {0, 4}, picture);
        painter.end();
        // At 1x of 4x the square root is half way.
        const int y = static_cast<int>(colourBarHeight(QFont()) * 0.46);
        QCOMPARE(image.pixelColor(100, y), QColor(40, 160, 90));
        QVERIFY(image.pixelColor(240, y) != QColor(40, 160, 90));
    }

    void smallRoomIsNoError()
    {
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintColourBar(painter, QRectF(0, 0, 3, 3), {}, {0, 1});
        painter.end();
        QCOMPARE(image.size(), QSize(8, 8));
    }
};

QTEST_MAIN(TestColourBar)
#include "test_colour_bar.moc"
