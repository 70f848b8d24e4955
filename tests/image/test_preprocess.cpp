// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdint>

#include <QtTest>

#include "core/base/error.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "tests/image/expected_pictures.h"

using namespace ocellus;
using namespace ocellus::test;

/// Target sizes by hand, the resize against Pillow's bytes.
class TestPreprocess : public QObject {
    Q_OBJECT

private slots:
    void refusesSizes_data();
    void refusesSizes();
    void refusesFixedSides();
    void refusesTexts_data();
    void refusesTexts();
    void textsGoThereAndBack_data();
    void textsGoThereAndBack();
    void refusesPictureWithoutPixels();
    void targetSizes_data();
    void targetSizes();
    void resizeEqualsPillow_data();
    void resizeEqualsPillow();
    void normalises();
    void keyFollowsValuesAndShape();
};

void TestPreprocess::refusesSizes_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("shortSide");
    QTest::addColumn<int>("longSide");
    QTest::newRow("no width") << 0 << 10 << 800 << 1333;
    QTest::newRow("negative height") << 10 << -1 << 800 << 1333;
    QTest::newRow("short 0") << 10 << 10 << 0 << 1333;
    QTest::newRow("long below short") << 10 << 10 << 800 << 799;
    QTest::newRow("long beyond the limit") << 10 << 10 << 800 << largestInputSide + 1;
    QTest::newRow("long without sense") << 10 << 10 << 800 << 2'000'000'000;
}

void TestPreprocess::refusesSizes()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, shortSide);
    QFETCH(int, longSide);
    QVERIFY_EXCEPTION_THROWN(targetSize({width, height}, {shortSide, longSide}), Error);
}

void TestPreprocess::refusesFixedSides()
{
    QVERIFY_EXCEPTION_THROWN(targetSize({10, 10}, {800, 1333, -1}), Error);
    QVERIFY_EXCEPTION_THROWN(targetSize({10, 10}, {800, 1333, largestInputSide + 1}), Error);
    QVERIFY_EXCEPTION_THROWN(targetSize({0, 10}, {800, 1333, 224}), Error);
}

void TestPreprocess::refusesTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("complaint");
    const QByteArray form = "expected SHORT:LONG such as 800:1333, or fixed:SIDE such as fixed:224, got ";
    for (const char* text : {"",          ":",         "800",       "800:",      ":1333",       "800:1333:2",
                             "800x1333",  " 800:1333", "800:1333 ", "+800:1333", "8e2:1333",    "99999999999:5",
                             "fixed",     "fixed:",    "fixed:0",   "fixed:-3",  "fixed:224px", "fixed:fixed:2",
                             "Fixed:224", "square:224"})
        QTest::addRow("\"%s\"", text) << QByteArray(text) << form + '"' + text + '"';
    QTest::newRow("zero byte") << QByteArray("8\0:9", 4) << form;
    QTest::newRow("long text is cut") << QByteArray(100, 'x') << form + '"' + QByteArray(40, 'x') + '"';
    QTest::newRow("long below short") << QByteArray("800:799") << QByteArray("got short 800 and long 799");
    QTest::newRow("short 0") << QByteArray("0:10") << QByteArray("expected 1 <= short");
    QTest::newRow("negative") << QByteArray("-5:10") << form;
    QTest::newRow("long beyond the limit") << QByteArray("800:4097") << QByteArray("<= 4096");
    QTest::newRow("fixed beyond the limit") << QByteArray("fixed:4097") << QByteArray("from 1 to 4096, got 4097");
}

void TestPreprocess::refusesTexts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, complaint);
    try {
        parsePreprocess(text.toStdString(), "--image-size");
        QFAIL("expected an error");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::BadArgument);
        QCOMPARE(error.subject(), std::string("--image-size"));
        QVERIFY2(error.detail().find(complaint.toStdString()) != std::string::npos, error.what());
    }
}

void TestPreprocess::textsGoThereAndBack_data()
{
    QTest::addColumn<PreprocessOptions>("options");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("released") << PreprocessOptions() << QByteArray("800:1333");
    QTest::newRow("one pixel") << PreprocessOptions{1, 1} << QByteArray("1:1");
    QTest::newRow("square") << PreprocessOptions{800, 1333, 224} << QByteArray("fixed:224");
    QTest::newRow("largest square") << PreprocessOptions{800, 1333, largestInputSide} << QByteArray("fixed:4096");
}

void TestPreprocess::textsGoThereAndBack()
{
    QFETCH(PreprocessOptions, options);
    QFETCH(QByteArray, text);
    QCOMPARE(toString(options), text.toStdString());
    QVERIFY(parsePreprocess(text.toStdString()) == options);
}

void TestPreprocess::refusesPictureWithoutPixels()
{
    const Picture lying{{4, 4}, std::vector<std::uint8_t>(5)};
    QVERIFY_EXCEPTION_THROWN(resizeBilinear(lying, {2, 2}), Error);
    QVERIFY_EXCEPTION_THROWN(preprocess({}, {}), Error);
}

void TestPreprocess::targetSizes_data()
{
    QTest::addColumn<Size>("picture");
    QTest::addColumn<PreprocessOptions>("options");
    QTest::addColumn<Size>("expected");
    const PreprocessOptions released;
    QTest::newRow("one pixel high") << Size{10000, 1} << released << Size{1, 1};
    QTest::newRow("one pixel wide") << Size{1, 10000} << released << Size{1, 1};
    QTest::newRow("thin") << Size{3, 4000} << released << Size{1, 1333};
    QTest::newRow("square") << Size{227, 227} << released << Size{800, 800};
    QTest::newRow("already right") << Size{1200, 800} << released << Size{1200, 800};
    QTest::newRow("landscape") << Size{6000, 4000} << released << Size{1200, 800};
    QTest::newRow("portrait") << Size{4000, 6000} << released << Size{800, 1200};
    // 1333 * 9 / 16 = 749.8125 -> 750; 750 * 16 / 9 = 1333.3
    QTest::newRow("limited by the long side") << Size{1920, 1080} << released << Size{1333, 750};
    // 5 * 2 / 4 = 2.5 rounds to the even 2, and 7 * 2 / 4 = 3.5 to 4
    QTest::newRow("half to even, down") << Size{4, 2} << PreprocessOptions{4, 5} << Size{4, 2};
    QTest::newRow("fixed, landscape") << Size{6000, 4000} << PreprocessOptions{800, 1333, 224} << Size{224, 224};
    QTest::newRow("fixed, one pixel high") << Size{10000, 1} << PreprocessOptions{0, 0, 7} << Size{7, 7};
    QTest::newRow("half to even, up") << Size{4, 2} << PreprocessOptions{6, 7} << Size{8, 4};
}

void TestPreprocess::targetSizes()
{
    QFETCH(Size, picture);
    QFETCH(PreprocessOptions, options);
    QFETCH(Size, expected);
    QCOMPARE(targetSize(picture, options), expected);
}

void TestPreprocess::resizeEqualsPillow_data()
{
    QTest::addColumn<Picture>("expected");
    for (const QJsonValue value : expectedPictures()["resizes"].toArray()) {
        const Picture expected = expectedPicture(value);
        QTest::addRow("%dx%d", expected.size.width, expected.size.height) << expected;
    }
}

void TestPreprocess::resizeEqualsPillow()
{
    QFETCH(Picture, expected);
    const Picture source = decodePicture(pathOf(pictureFolder + "resize-source.png"));
    const Picture resized = resizeBilinear(source, expected.size);
    QCOMPARE(resized.size, expected.size);
    QCOMPARE(resized.rgb, expected.rgb);
}

void TestPreprocess::normalises()
{
    const ModelInput input = preprocess({{2, 1}, {0, 128, 255, 255, 0, 128}}, {1, 2});
    QCOMPARE(input.pictureSize, (Size{2, 1}));
    QCOMPARE(input.inputSize, (Size{2, 1}));
    const std::vector<float> expected{(0.0F - 0.485F) / 0.229F,         (1.0F - 0.485F) / 0.229F,
                                      (128 / 255.0F - 0.456F) / 0.224F, (0.0F - 0.456F) / 0.224F,
                                      (1.0F - 0.406F) / 0.225F,         (128 / 255.0F - 0.406F) / 0.225F};
    QCOMPARE(input.values, expected);
}

void TestPreprocess::keyFollowsValuesAndShape()
{
    const std::vector<std::uint8_t> grey(2 * 3 * 3, 90);
    const ModelInput wide = preprocess({{3, 2}, grey}, {2, 3});
    const ModelInput tall = preprocess({{2, 3}, grey}, {2, 3});
    std::vector<std::uint8_t> other = grey;
    other.back() = 91;
    QCOMPARE(wide.values, tall.values);
    QVERIFY(wide.key != tall.key);
    QVERIFY(wide.key == preprocess({{3, 2}, grey}, {2, 3}).key);
    QVERIFY(wide.key != preprocess({{3, 2}, other}, {2, 3}).key);
}

QTEST_APPLESS_MAIN(TestPreprocess)
#include "test_preprocess.moc"
