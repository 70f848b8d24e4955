// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <functional>
#include <limits>

#include "core/base/error.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "core/edit/mask_shapes.h"

using namespace ocellus;

namespace {

constexpr Size small{6, 4};
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// One character a pixel: '#' 255, '.' 0, '+' between.
QString drawn(const Mask& mask)
{
    QString text;
    for (int y = 0; y < mask.pictureSize().height; ++y) {
        for (int x = 0; x < mask.pictureSize().width; ++x)
            text += mask.at(x, y) == 255 ? '#' : mask.at(x, y) == 0 ? '.' : '+';
        text += y + 1 < mask.pictureSize().height ? "/" : "";
    }
    return text;
}

Mask maskOf(const QString& text)
{
    const QStringList rows = text.split('/');
    const Size size{static_cast<int>(rows.first().size()), static_cast<int>(rows.size())};
    std::vector<std::uint8_t> alpha;
    for (const QString& row : rows)
        for (const QChar pixel : row)
            alpha.push_back(pixel == '#' ? 255 : pixel == '+' ? 100 : 0);
    return {size, wholeBox(size), std::move(alpha)};
}

/// '0' to '9' become greys of 0 to 225.
Picture pictureOf(const QString& text)
{
    const QStringList rows = text.split('/');
    Picture picture{{static_cast<int>(rows.first().size()), static_cast<int>(rows.size())}, {}};
    for (const QString& row : rows)
        for (const QChar pixel : row)
            picture.rgb.insert(picture.rgb.end(), 3, static_cast<std::uint8_t>(25 * pixel.digitValue()));
    return picture;
}

} // namespace

Q_DECLARE_METATYPE(std::function<void()>)
Q_DECLARE_METATYPE(ocellus::Mask)

class TestMasks : public QObject {
    Q_OBJECT

private slots:
    void refusesBadInput_data()
    {
        QTest::addColumn<std::function<void()>>("act");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, ErrorCode code, std::function<void()> act) {
            QTest::newRow(name) << act << static_cast<int>(code);
        };
        const std::vector<Point> line{{1, 1}, {notANumber, 2}, {3, 3}};
        const std::vector<Point> dot{{1, 1}};
        row("no picture", ErrorCode::BadArgument, [] { Mask(Size{0, 4}); });
        row("too few values", ErrorCode::BadArgument, [] { Mask(small, {0, 0, 2, 2}, {1, 2, 3}); });
        row("box out of the picture", ErrorCode::BadArgument, [] { Mask(small, {5, 0, 2, 1}, {1, 2}); });
        row("box left of the picture", ErrorCode::BadArgument, [] { Mask(small, {-1, 0, 2, 1}, {1, 2}); });
        row("values without a box", ErrorCode::BadArgument, [] { Mask(small, {}, {1}); });
        row("stroke to nowhere", ErrorCode::BadArgument, [=] { strokeMask(small, line, {}); });
        row("brush of no size", ErrorCode::BadArgument, [=] { strokeMask(small, dot, {0, 1}); });
        row("brush harder than hard", ErrorCode::BadArgument, [=] { strokeMask(small, dot, {1, 1.5}); });
        row("polygon to nowhere", ErrorCode::BadArgument, [=] { polygonMask(small, line); });
        const std::vector<Point> vast{{0, -1e308}, {1e308, 1e308}, {-1e308, 1}};
        row("polygon of no measure", ErrorCode::BadArgument, [=] { polygonMask(small, vast); });
        row("stroke of no measure", ErrorCode::BadArgument, [=] { strokeMask(small, vast, {}); });
        row("rectangle without a picture", ErrorCode::BadArgument, [] { rectangleMask({-3, 4}, {0, 0, 2, 2}); });
        row("endless rectangle", ErrorCode::BadArgument, [] { rectangleMask(small, {0, 0, 1 / 0.0, 1}); });
        row("ellipse of no place", ErrorCode::BadArgument, [] { ellipseMask(small, {notANumber, 0, 1, 1}); });
        row("other picture", ErrorCode::Mismatch, [] { added(Mask(small), Mask({4, 6})); });
        row("negative growth", ErrorCode::BadArgument, [] { grownBy(Mask::whole(small), -1); });
        row("shrink by no number", ErrorCode::BadArgument, [] { shrunkBy(Mask::whole(small), notANumber); });
        row("endless feather", ErrorCode::BadArgument, [] { feathered(Mask::whole(small), 1001); });
        row("wand outside", ErrorCode::BadArgument, [] { wandMask(pictureOf("01"), {2, 0}, 1); });
        row("wand nowhere", ErrorCode::BadArgument, [] { wandMask(pictureOf("01"), {notANumber, 0}, 1); });
        row("wand without tolerance", ErrorCode::BadArgument, [] { wandMask(pictureOf("01"), {0, 0}, notANumber); });
        row("map of another grid", ErrorCode::Mismatch,
            [] { thresholdMask(std::vector<float>(5), CellGeometry(small, small, 2, 3, {}), 0.5F); });
        row("map without a grid", ErrorCode::Mismatch, [] { thresholdMask({}, CellGeometry(), 0); });
        row("share of nothing", ErrorCode::BadArgument, [] { thresholdForShare({}, 0.5); });
        row("share above all", ErrorCode::BadArgument, [] { thresholdForShare(std::vector{1.0F}, 1.5); });
        row("share of a debt", ErrorCode::BadArgument, [] { thresholdForShare(std::vector{-1.0F}, 0.5); });
        row("GrabCut of another size", ErrorCode::Mismatch, [] { grabCutMask(pictureOf("01"), Mask(small)); });
        row("GrabCut of everything", ErrorCode::BadArgument, [] {
            grabCutMask(pictureOf("01/10"), Mask::whole({2, 2}));
        });
        row("GrabCut for ever", ErrorCode::BadArgument, [] { grabCutMask(pictureOf("01"), maskOf("#."), 1000); });
    }

    void refusesBadInput()
    {
        QFETCH(const std::function<void()>, act);
        QFETCH(const int, code);
        try {
            act();
            QFAIL("accepted");
        } catch (const Error& error) {
            QCOMPARE(static_cast<int>(error.code()), code);
        }
    }

    void shapesAreAsDrawnByHand_data()
    {
        QTest::addColumn<Mask>("mask");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const Mask& mask, const char* expected) {
            QTest::newRow(name) << mask << expected;
        };
        const std::vector<Point> none, dot{{2.5, 1.5}}, line{{1.5, 1.5}, {3.5, 1.5}};
        const std::vector<Point> twice{{2.5, 1.5}, {2.5, 1.5}}, far{{-1e9, -1e9}, {-1e8, -1e9}};
        const std::vector<Point> triangle{{0, 0}, {4, 0}, {0, 4}};
        const std::vector<Point> bowTie{{0, 0}, {4, 4}, {4, 0}, {0, 4}};
        row("no points", strokeMask(small, none, {}), "....../....../....../......");
        row("dab", strokeMask(small, dot, {1.2, 1}), "..#.../.###../..#.../......");
        row("dab between pixels", strokeMask(small, std::vector<Point>{{2, 2}}, {1, 1}), "....../.##.../.##.../......");
        row("line", strokeMask(small, line, {0.6, 1}), "....../.###../....../......");
        row("line of no length", strokeMask(small, twice, {0.6, 1}), "....../..#.../....../......");
        row("soft dab", strokeMask(small, dot, {1.8, 0.3}), ".+++../.+#+../.+++../......");
        row("far away", strokeMask(small, far, {5, 1}), "....../....../....../......");
        row("two corners", polygonMask(small, line), "....../....../....../......");
        row("triangle", polygonMask(small, triangle), "###.../##..../#...../......");
        row("bow tie", polygonMask(small, bowTie), "...#../#.##../#.##../...#..");
        row("rectangle", rectangleMask(small, {1, 1, 3, 2}), "....../.###../.###../......");
        row("rectangle by centres", rectangleMask(small, {0.6, 0, 1.8, 1}), ".#..../....../....../......");
        row("rectangle beyond", rectangleMask(small, {4, 2, 1e12, 1e12}), "....../....../....##/....##");
        row("rectangle inside out", rectangleMask(small, {4, 2, -2, -1}), "....../....../....../......");
        row("ellipse", ellipseMask(small, {0, 0, 6, 4}), ".####./######/######/.####.");
    }

    void shapesAreAsDrawnByHand()
    {
        QFETCH(const Mask, mask);
        QFETCH(const QString, expected);
        QCOMPARE(drawn(mask), expected);
    }

    void combinationsAreAsDrawnByHand_data()
    {
        QTest::addColumn<Mask>("mask");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const Mask& mask, const char* expected) {
            QTest::newRow(name) << mask << expected;
        };
        const Mask left = maskOf("##+./##../...."), right = maskOf(".##./..##/....");
        const Mask dot = maskOf("...../...../..#../...../.....");
        const Mask block = maskOf("###../###../###../...../.....");
        row("added", added(left, right), "###./####/....");
        row("subtracted", subtracted(left, right), "#.../##../....");
        row("subtracted softly", subtracted(right, left), "..+./..##/....");
        row("shared", sharedPart(left, right), ".#+./..../....");
        row("inverted", inverted(left), "..+#/..##/####");
        row("nothing inverted", inverted(Mask({2, 1})), "##");
        row("moved", translated(left, 1, 1), "..../.##+/.##.");
        row("moved out", translated(left, -9, 0), "..../..../....");
        row("moved far out", translated(left, std::numeric_limits<int>::min(), 0), "..../..../....");
        row("grown by 1", grownBy(dot, 1), "...../..#../.###./..#../.....");
        row("grown by 1.5", grownBy(dot, 1.5), "...../.###./.###./.###./.....");
        row("grown over all", grownBy(dot, 1000), "#####/#####/#####/#####/#####");
        row("grown by 0", grownBy(left, 0), "##+./##../....");
        row("soft is no seed", grownBy(maskOf("+.../...."), 1), "+.../....");
        row("shrunk at the picture's edge", shrunkBy(block, 1), "##.../##.../...../...../.....");
        row("shrunk away", shrunkBy(dot, 1), "...../...../...../...../.....");
        row("all shrunk", shrunkBy(Mask::whole({3, 2}), 5), "###/###");
        row("all feathered", feathered(Mask::whole({3, 2}), 5), "###/###");
        row("nothing feathered", feathered(Mask({3, 2}), 5), ".../...");
    }

    void combinationsAreAsDrawnByHand() { shapesAreAsDrawnByHand(); }

    void keepsTheBoxOnly()
    {
        const Mask mask(small, wholeBox(small), {0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, //
                                                 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0});
        QCOMPARE(mask.box(), (PixelBox{2, 1, 2, 2}));
        QVERIFY(std::ranges::equal(mask.alpha(), std::vector<int>{9, 0, 0, 7}));
        QCOMPARE(mask, (Mask(small, {2, 1, 2, 2}, {9, 0, 0, 7})));
        QCOMPARE(mask.key(), (Mask(small, {2, 1, 2, 2}, {9, 0, 0, 7}).key()));
        QVERIFY(mask.key() != Mask(small, {1, 1, 2, 2}, {9, 0, 0, 7}).key());
        QVERIFY(mask.key() != Mask({7, 4}, {2, 1, 2, 2}, {9, 0, 0, 7}).key());
        QVERIFY(Mask().key() != Mask(small).key());
        QVERIFY(Mask(small, wholeBox(small), std::vector<std::uint8_t>(24)).empty());
    }

    void brushFallsSmoothlyToItsRadius()
    {
        const std::vector<Point> dot{{10.5, 0.5}};
        const Mask mask = strokeMask({21, 1}, dot, {8, 0.5});
        QCOMPARE(int(mask.at(14, 0)), 255);
        QCOMPARE(int(mask.at(16, 0)), 128); // half way: 3/4 - 2/8 = 1/2
        QCOMPARE(int(mask.at(18, 0)), 0);
        QVERIFY(mask.at(15, 0) > mask.at(16, 0) && mask.at(16, 0) > mask.at(17, 0) && mask.at(17, 0) > 0);
    }

    void strokeEqualsItsParts()
    {
        const Size size{80, 60};
        const std::vector<Point> all{{-5, 70}, {20.3, 11.7}, {60, 50.2}, {75, 3}};
        const Brush brush{7.3, 0.4};
        Mask parts(size);
        for (std::size_t i = 1; i < all.size(); ++i)
            parts = added(parts, strokeMask(size, std::span(all).subspan(i - 1, 2), brush));
        QCOMPARE(strokeMask(size, all, brush), parts);
    }

    void featherSpreadsByItsDeviation()
    {
        const Mask soft = feathered(rectangleMask({101, 9}, {0, 0, 50.6, 9}), 4);
        QVERIFY(std::abs(soft.at(50, 4) - 140) <= 2); // half a pixel within: Phi(1/8) = 0.55
        QVERIFY(std::abs(soft.at(54, 4) - 49) <= 2);  // Phi(-7/8) = 0.19
        QCOMPARE(int(soft.at(20, 0)), 255);
        QCOMPARE(int(soft.at(90, 0)), 0);
    }

    void wandStaysWithinLikeColoursThatTouch()
    {
        const Picture picture = pictureOf("0090/0190/9990/0000");
        QCOMPARE(drawn(wandMask(picture, {0.5, 0.5}, 5)), QString("##../#.../..../...."));
        QCOMPARE(drawn(wandMask(picture, {0.5, 0.5}, 20)), QString("##../##../..../...."));
        QCOMPARE(drawn(wandMask(picture, {3.9, 3.9}, 0)), QString("...#/...#/...#/####"));
        QCOMPARE(drawn(wandMask(picture, {0, 0}, 1000)), QString("####/####/####/####"));
    }

    void thresholdSelectsTheCellsPixels()
    {
        // Two cells of two pixels a side; where they lie is the geometry's affair.
        const CellGeometry geometry({4, 2}, Size{4, 2}, 1, 2, {}, Placement::AsPublished);
        QCOMPARE(drawn(thresholdMask(std::vector{0.2F, 0.8F}, geometry, 0.5F)), QString("..##/..##"));
        QCOMPARE(drawn(thresholdMask(std::vector{0.2F, 0.8F}, geometry, 0.2F)), QString("####/####"));
        QCOMPARE(drawn(thresholdMask(std::vector{0.2F, std::numeric_limits<float>::quiet_NaN()}, geometry, 0.1F)),
                 QString("##../##.."));
    }

    void shareBecomesAThreshold()
    {
        const std::vector<float> map{0.125F, 0.5F, 0.25F, 0.125F};
        QCOMPARE(thresholdForShare(map, 0), 0.5F);
        QCOMPARE(thresholdForShare(map, 0.5), 0.5F);
        QCOMPARE(thresholdForShare(map, 0.51), 0.25F);
        QCOMPARE(thresholdForShare(map, 1), 0.125F);
    }

    void grabCutFindsTheDisc()
    {
        Picture picture{{80, 80}, std::vector<std::uint8_t>(80 * 80 * 3)};
        const Mask disc = ellipseMask(picture.size, {25, 25, 30, 30});
        for (int y = 0; y < 80; ++y)
            for (int x = 0; x < 80; ++x) {
                const bool isDisc = disc.at(x, y) > 0;
                const std::size_t at = static_cast<std::size_t>(y * 80 + x) * 3;
                picture.rgb[at] = static_cast<std::uint8_t>((isDisc ? 200 : 30) + (x * 7 + y * 3) % 11);
                picture.rgb[at + 2] = static_cast<std::uint8_t>((isDisc ? 20 : 150) + (x * 5 + y * 9) % 13);
            }
        const Mask rough = rectangleMask(picture.size, {20, 20, 40, 40});
        const Mask refined = grabCutMask(picture, rough);
        const auto count = [](const Mask& mask) { return std::ranges::count(mask.alpha(), 255); };
        QVERIFY(count(sharedPart(refined, disc)) > 0.97 * static_cast<double>(count(disc)));
        QVERIFY(count(refined) < 1.05 * static_cast<double>(count(disc)));
        QCOMPARE(grabCutMask(picture, rough), refined);
    }
};

QTEST_APPLESS_MAIN(TestMasks)
#include "test_masks.moc"
