// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include <QtTest>

#include "core/base/error.h"
#include "core/edit/apply.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "core/edit/mask_shapes.h"
#include "core/edit/operation_fields.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ocellus::Size)

namespace {

Picture gradient(Size size)
{
    Picture picture{size, std::vector<std::uint8_t>(wholeBox(size).area() * 3)};
    for (std::size_t i = 0; i < picture.rgb.size(); ++i)
        picture.rgb[i] = static_cast<std::uint8_t>(i * 31 % 251);
    return picture;
}

/// Some of it, away from the corners where there is room.
Mask middle(Size size)
{
    return rectangleMask(size, {size.width / 3.0, size.height / 3.0, size.width / 3.0 + 1, size.height / 3.0 + 1});
}

Operation operationFor(std::size_t kind, Size size)
{
    Operation operation = operationOfKind(kind);
    if (auto* crop = std::get_if<Crop>(&operation))
        crop->box = {0, 0, size.width, 1};
    else if (auto* rotate = std::get_if<Rotate>(&operation))
        rotate->degrees = 10;
    else if (auto* blur = std::get_if<Blur>(&operation))
        blur->deviation = 3;
    return operation;
}

} // namespace

/// Strips and single pixels, under every operation: what cannot be done is refused in our own words.
class TestExtremeSizes : public QObject {
    Q_OBJECT

private slots:
    void refusesToTurnLongSides();
    void turnsLongSidesByQuarters();
    void everyOperation_data();
    void everyOperation();
    void masks_data();
    void masks();
};

void TestExtremeSizes::refusesToTurnLongSides()
{
    for (const Size size : {Size{32'767, 2}, Size{2, 32'767}}) {
        const Edit edit{"turn", {}, Rotate{10}, true};
        for (const bool isAsked : {true, false}) {
            try {
                if (isAsked)
                    requireApplicable(edit, size);
                else
                    applyEdits(gradient(size), {edit});
                QFAIL("it was turned");
            } catch (const Error& error) {
                QCOMPARE(error.code(), ErrorCode::TooLarge);
                const std::string text = error.what();
                QVERIFY2(text.find("at most 32766 pixels") != std::string::npos, text.c_str());
                QVERIFY2(text.find("Crop the picture first") != std::string::npos, text.c_str());
            }
        }
    }
    QCOMPARE(applyEdits(gradient({32'766, 2}), {{"turn", {}, Rotate{10}, true}}).size.width, 32'766);
}

void TestExtremeSizes::turnsLongSidesByQuarters()
{
    const Picture strip = gradient({40'000, 2});
    const Edit back{"back", {}, Rotate{-90}, true};
    QVERIFY((applyEdits(strip, {{"turn", {}, Rotate{90}, true}}).size == Size{2, 40'000}));
    QVERIFY(applyEdits(strip, {{"turn", {}, Rotate{90}, true}, back}).rgb == strip.rgb);
}

void TestExtremeSizes::everyOperation_data()
{
    QTest::addColumn<std::size_t>("kind");
    QTest::addColumn<Size>("size");
    for (std::size_t kind = 0; kind < operationNames.size(); ++kind)
        for (const Size size : {Size{1, 1}, Size{2, 1}, Size{1, 3}, Size{33'000, 1}, Size{1, 33'000}, Size{70'000, 2}})
            QTest::addRow("%s, %dx%d", operationNames[kind], size.width, size.height) << kind << size;
}

void TestExtremeSizes::everyOperation()
{
    QFETCH(std::size_t, kind);
    QFETCH(Size, size);
    const Operation operation = operationFor(kind, size);
    Edit edit{"edit", changesGeometry(operation) ? Mask() : middle(size), operation, true};
    const Picture original = gradient(size);
    try {
        const Picture edited = applyEdits(original, {edit});
        QVERIFY(edited.size == sizeAfter(size, edit));
        QCOMPARE(edited.rgb.size(), wholeBox(edited.size).area() * 3);
    } catch (const Error& error) {
        const std::string text = error.what();
        QVERIFY2(text.find("OpenCV") == std::string::npos && text.find(".cpp") == std::string::npos, text.c_str());
    }
}

void TestExtremeSizes::masks_data()
{
    QTest::addColumn<Size>("size");
    for (const Size size : {Size{1, 1}, Size{1, 3}, Size{33'000, 1}, Size{1, 33'000}, Size{3'000'000, 1}})
        QTest::addRow("%dx%d", size.width, size.height) << size;
}

void TestExtremeSizes::masks()
{
    QFETCH(Size, size);
    const Mask mask = middle(size);
    QVERIFY(grownBy(mask, 5).pictureSize() == size);
    QVERIFY(shrunkBy(mask, 5).pictureSize() == size);
    QVERIFY(feathered(mask, 5).pictureSize() == size);
    try {
        QVERIFY(grabCutMask(gradient(size), mask, 1, {}).pictureSize() == size);
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::BadArgument); // there is nothing around to compare with
    }
}

QTEST_GUILESS_MAIN(TestExtremeSizes)
#include "test_extreme_sizes.moc"
