// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include <QtTest>

#include "core/analysis/overlay.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ocellus::OverlayRule)
Q_DECLARE_METATYPE(ocellus::ValueScale)

/// From a value to what lies over the picture.
class TestOverlay : public QObject {
    Q_OBJECT

private slots:
    void nothingToSay_data();
    void nothingToSay();
    void opacityRises_data();
    void opacityRises();
    void scalesGoBack_data();
    void scalesGoBack();
    void grounds();
    void differences();
    void names();
};

void TestOverlay::nothingToSay_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<float>("high");
    QTest::addColumn<bool>("flatToo");
    QTest::newRow("not a number") << std::numeric_limits<float>::quiet_NaN() << 50.0F << true;
    QTest::newRow("below the threshold") << 0.2F << 50.0F << true;
    QTest::newRow("even spread") << 1.0F << 50.0F << false;
    QTest::newRow("less than even") << 0.5F << 50.0F << false;
    QTest::newRow("range that ends at even") << 1.0F << 1.0F << false;
    QTest::newRow("range without extent") << 0.5F << 0.0F << false;
    QTest::newRow("minus infinity") << -std::numeric_limits<float>::infinity() << 50.0F << true;
}

void TestOverlay::nothingToSay()
{
    QFETCH(const float, value);
    QFETCH(const float, high);
    QFETCH(const bool, flatToo);
    MapStyle style;
    style.threshold = 0.4F;
    for (const ValueScale scale : {ValueScale::Linear, ValueScale::SquareRoot, ValueScale::Logarithmic})
        for (const OverlayRule rule : {OverlayRule::Transparent, OverlayRule::HeatOnGrey, OverlayRule::Spotlight,
                                       OverlayRule::Contours, OverlayRule::Flat}) {
            style.scale = scale;
            style.overlay = rule;
            const double opacity = overlayOf(value, {0, high}, style).opacity;
            QCOMPARE(opacity, rule == OverlayRule::Flat && !flatToo ? style.opacity : 0.0);
        }
}

void TestOverlay::opacityRises_data()
{
    QTest::addColumn<ValueScale>("scale");
    QTest::addColumn<float>("value");
    QTest::addColumn<double>("share");
    QTest::newRow("linear") << ValueScale::Linear << 26.0F << 25.0 / 50;
    QTest::newRow("square root") << ValueScale::SquareRoot << 13.5F << 0.5;
    QTest::newRow("logarithm") << ValueScale::Logarithmic << std::sqrt(51.0F) << 0.5;
    QTest::newRow("end") << ValueScale::SquareRoot << 51.0F << 1.0;
    QTest::newRow("beyond a locked range") << ValueScale::SquareRoot << 1e6F << 1.0;
    QTest::newRow("infinity") << ValueScale::Logarithmic << std::numeric_limits<float>::infinity() << 1.0;
}

void TestOverlay::opacityRises()
{
    QFETCH(const ValueScale, scale);
    QFETCH(const float, value);
    QFETCH(const double, share);
    MapStyle style;
    style.scale = scale;
    for (const auto& [rule, most] :
         {std::pair(OverlayRule::Transparent, style.opacity), std::pair(OverlayRule::HeatOnGrey, style.opacity),
          std::pair(OverlayRule::Spotlight, 1.0)}) {
        style.overlay = rule;
        QVERIFY(std::abs(overlayOf(value, {0, 51}, style).opacity - most * share) < 1e-6);
    }
}

void TestOverlay::scalesGoBack_data()
{
    QTest::addColumn<ValueScale>("scale");
    QTest::addColumn<float>("low");
    for (const ValueScale scale : {ValueScale::Linear, ValueScale::SquareRoot, ValueScale::Logarithmic}) {
        QTest::newRow(("from zero, " + std::string(toString(scale))).c_str()) << scale << 0.0F;
        QTest::newRow(("from above, " + std::string(toString(scale))).c_str()) << scale << 0.5F;
        QTest::newRow(("around zero, " + std::string(toString(scale))).c_str()) << scale << -20.0F;
    }
}

void TestOverlay::scalesGoBack()
{
    QFETCH(const ValueScale, scale);
    QFETCH(const float, low);
    const Range range{low, 20};
    double before = -1;
    for (int i = 0; i <= 20; ++i) {
        const double share = i / 20.0;
        const auto value = static_cast<float>(valueAt(share, range, scale));
        QVERIFY(std::abs(shareOf(value, range, scale) - share) < 1e-4);
        QVERIFY(share > before);
        before = share;
    }
    QCOMPARE(shareOf(20, range, scale), 1.0);
    QCOMPARE(shareOf(low, range, scale), 0.0);
}

void TestOverlay::grounds()
{
    MapStyle style;
    QVERIFY(groundOf(style).share == 0);
    QVERIFY(onGround({10, 200, 30}, {}) == (Rgb{10, 200, 30}));
    style.overlay = OverlayRule::HeatOnGrey;
    const Rgb grey = onGround({10, 200, 30}, groundOf(style));
    QVERIFY(grey.red == grey.green && grey.green == grey.blue && grey.red > 120);
    style.overlay = OverlayRule::Spotlight;
    style.opacity = 1;
    QVERIFY(onGround({255, 255, 255}, groundOf(style)).red < 110);
}

void TestOverlay::differences()
{
    MapStyle style;
    style.colourMap = ColourMap::Diverging;
    QCOMPARE(overlayOf(0, {-8, 8}, style).opacity, 0.0);
    QVERIFY(std::abs(overlayOf(-8, {-8, 8}, style).opacity - style.opacity) < 1e-9);
    QVERIFY(std::abs(overlayOf(2, {-8, 8}, style).opacity - overlayOf(-2, {-8, 8}, style).opacity) < 1e-9);
    QVERIFY(overlayOf(-8, {-8, 8}, style).colour.blue > overlayOf(-8, {-8, 8}, style).colour.red);
}

void TestOverlay::names()
{
    for (const OverlayRule rule : {OverlayRule::Transparent, OverlayRule::Flat, OverlayRule::Contours,
                                   OverlayRule::Spotlight, OverlayRule::HeatOnGrey})
        QVERIFY(overlayRuleFromString(toString(rule)) == rule);
    for (const ValueScale scale : {ValueScale::Linear, ValueScale::SquareRoot, ValueScale::Logarithmic})
        QVERIFY(valueScaleFromString(toString(scale)) == scale);
    QVERIFY(!overlayRuleFromString("Flat") && !valueScaleFromString(""));
}

QTEST_GUILESS_MAIN(TestOverlay)
#include "test_overlay.moc"
