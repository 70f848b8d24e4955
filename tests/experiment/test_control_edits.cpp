// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <functional>
#include <limits>
#include <set>

#include "core/edit/apply.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_shapes.h"
#include "core/experiment/control_edits.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

constexpr Size size{120, 90};

Mask disc(double x, double y, double radius, Size picture = size)
{
    return ellipseMask(picture, {x - radius, y - radius, 2 * radius, 2 * radius});
}

Edit discEdit(const Operation& operation = MeanFill())
{
    return {"spot", disc(40, 40, 8), operation, true};
}

double sumOf(const Mask& mask)
{
    double sum = 0;
    for (const std::uint8_t value : mask.alpha())
        sum += value;
    return sum;
}

/// Share of the mask that lies on another one, where both are 0 or 255.
double shareOn(const Mask& mask, const Mask& ground)
{
    return sumOf(sharedPart(mask, ground)) / sumOf(mask);
}

/// Pixels that say where they are.
Picture gradient(Size picture = size)
{
    Picture result{picture, {}};
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
            for (const int value : {x * 2 % 256, y * 2 % 256, (x + y) % 256})
                result.rgb.push_back(static_cast<std::uint8_t>(value));
    return result;
}

} // namespace

/// The same change at other places.
class TestControlEdits : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void keepsShapeAndStaysWithin();
    void liesOnTheAnimal();
    void bothOfTwoMarksLieOnTheAnimal();
    void saysWhenPlacesAreShort_data();
    void saysWhenPlacesAreShort();
    void depends();
    void keepsApart();
    void movesPatchesAlong();
    void keepsPatchesOfOthers();
    void searchesLargePictures();
    void estimatesAnimal_data();
    void estimatesAnimal();
    void estimatesNothing_data();
    void estimatesNothing();
};

void TestControlEdits::refuses_data()
{
    QTest::addColumn<std::function<void()>>("action");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, ErrorCode code, std::function<void()> action) {
        QTest::newRow(name) << std::move(action) << code;
    };
    const auto with = [](auto change) {
        return [change] {
            ControlOptions options;
            change(options);
            controlEdits(discEdit(), options);
        };
    };
    constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
    row("none asked for", ErrorCode::BadArgument, with([](ControlOptions& o) { o.count = 0; }));
    row("too many", ErrorCode::BadArgument, with([](ControlOptions& o) { o.count = 1001; }));
    row("share", ErrorCode::BadArgument, with([](ControlOptions& o) { o.onAnimal = 1.1; }));
    row("no number", ErrorCode::BadArgument, with([](ControlOptions& o) { o.onReal = notANumber; }));
    row("spacing", ErrorCode::BadArgument, with([](ControlOptions& o) { o.spacing = -0.1; }));
    row("animal of another size", ErrorCode::Mismatch, with([](ControlOptions& o) {
            o.animal = Mask::whole({10, 10});
        }));
    row("empty mask", ErrorCode::BadArgument, [] { controlEdits({"", Mask(size), Blur(), true}, {}); });
    row("no mask", ErrorCode::BadArgument, [] { controlEdits({"", Mask(), Brightness(), true}, {}); });
    row("geometry", ErrorCode::BadArgument, [] { controlEdits({"", disc(40, 40, 8), Rotate(), true}, {}); });
}

void TestControlEdits::refuses()
{
    QFETCH(std::function<void()>, action);
    QFETCH(ErrorCode, code);
    QVERIFY(errorOf(action) == code);
}

void TestControlEdits::keepsShapeAndStaysWithin()
{
    Edit real = discEdit(Blur{3});
    real.mask = feathered(real.mask, 2);
    const ControlEdits controls = controlEdits(real, {});
    QCOMPARE(controls.edits.size(), std::size_t{20});
    QVERIFY(!controls.isShort() && controls.shortfall().empty());
    const auto values = real.mask.alpha();
    for (const Edit& control : controls.edits) {
        // Nothing was cut off at an edge.
        QCOMPARE(control.mask.box().width, real.mask.box().width);
        QCOMPARE(control.mask.box().height, real.mask.box().height);
        QVERIFY(std::equal(values.begin(), values.end(), control.mask.alpha().begin()));
        QVERIFY(contentKey(control.operation) == contentKey(real.operation));
        QVERIFY(sumOf(sharedPart(control.mask, real.mask)) <= 0.11 * sumOf(real.mask));
        QVERIFY(control.enabled);
    }
}

void TestControlEdits::liesOnTheAnimal()
{
    ControlOptions options;
    options.animal = rectangleMask(size, {20, 20, 70, 50});
    for (const double share : {0.5, 0.9, 1.0}) {
        options.onAnimal = share;
        const ControlEdits controls = controlEdits(discEdit(), options);
        QVERIFY(controls.edits.size() > 5);
        for (const Edit& control : controls.edits)
            QVERIFY(shareOn(control.mask, options.animal) >= share - 1e-3);
    }
}

void TestControlEdits::bothOfTwoMarksLieOnTheAnimal()
{
    const Mask left = disc(40, 40, 5), right = disc(70, 40, 5);
    ControlOptions options;
    options.animal = added(rectangleMask(size, {20, 20, 60, 50}), rectangleMask(size, {80, 60, 2, 2}));
    const ControlEdits controls = controlEdits({"spots", added(left, right), MeanFill(), true}, options);
    QVERIFY(controls.edits.size() > 3);
    for (const Edit& control : controls.edits) {
        const int dx = control.mask.box().left - left.box().left, dy = control.mask.box().top - left.box().top;
        for (const Mask& part : {left, right})
            QVERIFY(shareOn(translated(part, dx, dy), options.animal) >= options.onAnimal - 1e-3);
    }
}

void TestControlEdits::saysWhenPlacesAreShort_data()
{
    QTest::addColumn<Mask>("mask");
    QTest::addColumn<Mask>("animal");
    QTest::addColumn<int>("places");
    QTest::newRow("shape as large as the picture") << Mask::whole(size) << Mask() << 0;
    QTest::newRow("no animal found") << disc(40, 40, 8) << Mask(size) << 0;
    QTest::newRow("animal under the edit") << disc(40, 40, 8) << disc(40, 40, 8) << 0;
    // 40 pixels to the right, half of it would still be on itself.
    QTest::newRow("no room beside it") << rectangleMask(size, {0, 0, 80, 90}) << Mask() << 0;
    // 54 to 60 pixels to the right, and two places would have to be 8 pixels apart.
    QTest::newRow("one place") << rectangleMask(size, {0, 0, 60, 90}) << Mask() << 1;
}

void TestControlEdits::saysWhenPlacesAreShort()
{
    QFETCH(Mask, mask);
    QFETCH(Mask, animal);
    QFETCH(int, places);
    ControlOptions options;
    options.animal = animal;
    const ControlEdits controls = controlEdits({"spot", mask, MeanFill(), true}, options);
    QCOMPARE(static_cast<int>(controls.edits.size()), places);
    QVERIFY(controls.isShort());
    QCOMPARE(QString::fromStdString(controls.shortfall()), QString("%1 of 20 control places").arg(places));
}

void TestControlEdits::depends()
{
    ControlOptions options;
    const ControlEdits first = controlEdits(discEdit(), options);
    QVERIFY(first.edits == controlEdits(discEdit(), options).edits);
    options.count = 5;
    const ControlEdits fewer = controlEdits(discEdit(), options);
    QVERIFY(std::equal(fewer.edits.begin(), fewer.edits.end(), first.edits.begin()));
    options.seed = 2;
    QVERIFY(!(controlEdits(discEdit(), options).edits == fewer.edits));
}

void TestControlEdits::keepsApart()
{
    ControlOptions options;
    options.count = 1000;
    for (const double spacing : {0.0, 0.25}) {
        options.spacing = spacing;
        const EditList edits = controlEdits(discEdit(), options).edits;
        const int least = spacing == 0 ? 1 : 4; // of a box of 16 pixels
        for (std::size_t i = 0; i < edits.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                const PixelBox &a = edits[i].mask.box(), &b = edits[j].mask.box();
                QVERIFY(std::abs(a.left - b.left) >= least || std::abs(a.top - b.top) >= least);
            }
        QVERIFY(spacing > 0 || edits.size() == 1000);
    }
}

void TestControlEdits::movesPatchesAlong()
{
    const Picture picture = gradient();
    const EditList edits = controlEdits(discEdit(CopyPatch{25, -10, false, nullptr}), {}).edits;
    QCOMPARE(edits.size(), std::size_t{20});
    for (const Edit& control : edits) {
        const auto& patch = std::get<CopyPatch>(control.operation);
        QVERIFY(patch.dx == 25 && patch.dy == -10);
        const Picture after = applyEdits(picture, {control}); // throws for a patch that reaches out
        const PixelBox& box = control.mask.box();
        const int x = box.left + box.width / 2, y = box.top + box.height / 2;
        QCOMPARE(after.rgb[wholeBox(size).indexOf(x, y) * 3], picture.rgb[wholeBox(size).indexOf(x + 25, y - 10) * 3]);
    }
}

void TestControlEdits::keepsPatchesOfOthers()
{
    const Picture other = gradient({50, 50});
    Edit real = discEdit();
    real.operation = patchFrom(other, real.mask.box(), -20, -20);
    const PixelBox from = real.mask.box();
    const Picture black{size, std::vector<std::uint8_t>(wholeBox(size).area() * 3)};
    const Picture expected = cropped(applyEdits(black, {real}), from);
    for (const Edit& control : controlEdits(real, {}).edits)
        QVERIFY(cropped(applyEdits(black, {control}), control.mask.box()).rgb == expected.rgb);
}

void TestControlEdits::searchesLargePictures()
{
    constexpr Size large{4000, 3000};
    Edit real{"spot", disc(1503, 1207, 101, large), MeanFill(), true};
    ControlOptions options;
    options.animal = rectangleMask(large, {1000, 700, 1501, 1301});
    options.onAnimal = 0.9;
    const ControlEdits controls = controlEdits(real, options);
    QCOMPARE(controls.edits.size(), std::size_t{20});
    for (const Edit& control : controls.edits) {
        QCOMPARE(control.mask.box().width, real.mask.box().width);
        QCOMPARE(control.mask.box().height, real.mask.box().height);
        QVERIFY(shareOn(control.mask, options.animal) > 0.88);
        QVERIFY(shareOn(control.mask, real.mask) < 0.12);
    }
}

void TestControlEdits::estimatesAnimal_data()
{
    QTest::addColumn<QRect>("body");
    QTest::newRow("in the middle") << QRect(120, 80, 160, 140);
    QTest::newRow("to the sides") << QRect(12, 40, 376, 200);
    QTest::newRow("to the top") << QRect(100, 8, 200, 200);
}

void TestControlEdits::estimatesAnimal()
{
    QFETCH(QRect, body);
    // A red ellipse on green grass with some texture.
    constexpr Size photo{400, 300};
    const Mask animal = ellipseMask(photo, {1.0 * body.x(), 1.0 * body.y(), 1.0 * body.width(), 1.0 * body.height()});
    Picture picture{photo, {}};
    for (int y = 0; y < photo.height; ++y)
        for (int x = 0; x < photo.width; ++x) {
            const int shade = (x * 7 + y * 13) % 30;
            const bool isAnimal = animal.at(x, y) > 127;
            for (const int value : {isAnimal ? 200 : 40, isAnimal ? 40 : 140, 40})
                picture.rgb.push_back(static_cast<std::uint8_t>(value + shade));
        }
    const Mask found = estimatedAnimal(picture);
    QVERIFY(found.pictureSize() == photo);
    QVERIFY(shareOn(found, animal) > 0.9);
    QVERIFY(shareOn(animal, found) > 0.9);
    QVERIFY(found == estimatedAnimal(picture));
}

void TestControlEdits::estimatesNothing_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("pixel") << 1 << 1;
    QTest::newRow("line") << 300 << 1;
    QTest::newRow("tiny") << 4 << 4;
    QTest::newRow("thin") << 3 << 500;
}

void TestControlEdits::estimatesNothing()
{
    QFETCH(int, width);
    QFETCH(int, height);
    const Mask found = estimatedAnimal(gradient({width, height}));
    QVERIFY((found.pictureSize() == Size{width, height}));
}

QTEST_APPLESS_MAIN(TestControlEdits)
#include "test_control_edits.moc"
