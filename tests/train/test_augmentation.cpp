// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>

#include <QtTest>

#include "core/train/data/augmentation.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

/// Red grows to the right, green downwards, each from 0 to 255.
Picture ramps(int width, int height)
{
    Picture picture{{width, height}, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            picture.rgb.push_back(static_cast<std::uint8_t>(255 * x / std::max(width - 1, 1)));
            picture.rgb.push_back(static_cast<std::uint8_t>(255 * y / std::max(height - 1, 1)));
            picture.rgb.push_back(100);
        }
    }
    return picture;
}

/// The level in [0, 255] of a corner pixel: `x` and `y` are 0 or 1.
double level(const ModelInput& input, int channel, int x, int y)
{
    const int width = input.inputSize.width;
    const int height = input.inputSize.height;
    const int index = (channel * height + y * (height - 1)) * width + x * (width - 1);
    const double mean = channel == 0 ? 0.485 : 0.456;
    const double deviation = channel == 0 ? 0.229 : 0.224;
    return (static_cast<double>(input.values[static_cast<std::size_t>(index)]) * deviation + mean) * 255;
}

/// The part of the picture's width and height that an input of ramps() shows.
QSizeF shownPart(const ModelInput& input)
{
    return {std::abs(level(input, 0, 1, 0) - level(input, 0, 0, 0)) / 255,
            std::abs(level(input, 1, 0, 1) - level(input, 1, 0, 0)) / 255};
}

bool isFlipped(const ModelInput& input)
{
    return level(input, 0, 0, 0) > level(input, 0, 1, 0);
}

constexpr PreprocessOptions tenth{.shortSide = 80, .longSide = 1000};
constexpr PreprocessOptions square{.shortSide = 800, .longSide = 1333, .fixedSide = 56};
constexpr int draws = 400;

/// Half of the draws within five standard deviations of a fair coin.
bool aboutHalf(int count)
{
    return std::abs(count - draws / 2) < 50;
}

} // namespace

/// DETR's recipe, decided by seed, epoch and picture alone.
class TestAugmentation : public QObject {
    Q_OBJECT

private slots:
    void refusesBadInput_data();
    void refusesBadInput();
    void refusesUnknownNames();
    void staysWithinBounds_data();
    void staysWithinBounds();
    void namesComeBack();
    void flips();
    void noneIsEvaluation();
    void flipKeepsTheSize();
    void fullDrawsEverySide();
    void fullCropsHalf();
    void fixedSideCropsHalf();
    void followsSeedEpochAndIndex();
    void drawsTheSameEverywhere();
};

void TestAugmentation::refusesBadInput_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<int>("shortSide");
    QTest::addColumn<int>("fixedSide");
    QTest::newRow("empty picture") << QSize(0, 0) << 0 << 800 << 0;
    QTest::newRow("negative size") << QSize(-4, -4) << 48 << 800 << 0;
    QTest::newRow("pixels missing") << QSize(4, 4) << 47 << 800 << 0;
    QTest::newRow("pixels missing, square") << QSize(4, 4) << 47 << 800 << 224;
    QTest::newRow("pixels too many") << QSize(4, 4) << 49 << 800 << 224;
    QTest::newRow("short 0") << QSize(4, 4) << 48 << 0 << 0;
    QTest::newRow("short above long") << QSize(4, 4) << 48 << 2000 << 0;
    QTest::newRow("huge square") << QSize(4, 4) << 48 << 800 << 100'000;
}

void TestAugmentation::refusesBadInput()
{
    QFETCH(QSize, size);
    QFETCH(int, bytes);
    QFETCH(int, shortSide);
    QFETCH(int, fixedSide);
    const Picture picture{{size.width(), size.height()}, std::vector<std::uint8_t>(static_cast<std::size_t>(bytes))};
    const PreprocessOptions options{.shortSide = shortSide, .longSide = 1333, .fixedSide = fixedSide};
    for (const Augmentation augmentation : {Augmentation::None, Augmentation::Flip, Augmentation::Full}) {
        for (std::size_t index = 0; index < 8; ++index)
            QCOMPARE(errorOf([&] { augment(picture, options, augmentation, 1, 0, index); }),
                     std::optional(ErrorCode::BadArgument));
    }
}

void TestAugmentation::refusesUnknownNames()
{
    QString message;
    QCOMPARE(errorOf([] { augmentationFromName("Full"); }, &message), std::optional(ErrorCode::BadArgument));
    QVERIFY2(message.contains("expected none, flip or full, got \"Full\""), qPrintable(message));
    QCOMPARE(errorOf([] { augmentationFromName(""); }), std::optional(ErrorCode::BadArgument));
}

void TestAugmentation::staysWithinBounds_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("one pixel") << QSize(1, 1);
    QTest::newRow("a line") << QSize(20'000, 1);
    QTest::newRow("a column") << QSize(1, 20'000);
    QTest::newRow("smaller than any crop") << QSize(7, 5);
    QTest::newRow("panorama") << QSize(300, 40);
}

void TestAugmentation::staysWithinBounds()
{
    QFETCH(QSize, size);
    const Picture picture = ramps(size.width(), size.height());
    const PreprocessOptions options{.shortSide = 80, .longSide = 133};
    for (std::size_t index = 0; index < 40; ++index) {
        const ModelInput input = augment(picture, options, Augmentation::Full, 1, 0, index);
        // DETR rounds the shorter side, so the longer one can be half the sides' ratio too long.
        QVERIFY(std::max(input.inputSize.width, input.inputSize.height) <= options.longSide + 4);
        QVERIFY(std::min(input.inputSize.width, input.inputSize.height) <= options.shortSide);
        QCOMPARE(input.values.size(), static_cast<std::size_t>(input.inputSize.width) *
                                          static_cast<std::size_t>(input.inputSize.height) * 3);
        QVERIFY(input.pictureSize == picture.size);
        QVERIFY((augment(picture, square, Augmentation::Full, 1, 0, index).inputSize == Size{56, 56}));
    }
}

void TestAugmentation::namesComeBack()
{
    for (const Augmentation augmentation : {Augmentation::None, Augmentation::Flip, Augmentation::Full})
        QVERIFY(augmentationFromName(toString(augmentation)) == augmentation);
}

void TestAugmentation::flips()
{
    const Picture picture{{2, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
    QCOMPARE(flipped(picture).rgb, (std::vector<std::uint8_t>{4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9}));
    QCOMPARE(flipped(flipped(picture)).rgb, picture.rgb);
    QVERIFY(flipped({}).empty());
}

void TestAugmentation::noneIsEvaluation()
{
    const Picture picture = ramps(90, 60);
    for (std::size_t index = 0; index < 8; ++index)
        QCOMPARE(augment(picture, tenth, Augmentation::None, 1, 0, index).values, preprocess(picture, tenth).values);
}

void TestAugmentation::flipKeepsTheSize()
{
    const Picture picture = ramps(90, 60);
    const ModelInput upright = preprocess(picture, tenth);
    const ModelInput mirrored = preprocess(flipped(picture), tenth);
    int count = 0;
    for (std::size_t index = 0; index < draws; ++index) {
        const ModelInput input = augment(picture, tenth, Augmentation::Flip, 1, 0, index);
        const bool isMirrored = isFlipped(input);
        count += isMirrored;
        QVERIFY(input.key == (isMirrored ? mirrored : upright).key);
    }
    QVERIFY2(aboutHalf(count), qPrintable(QString::number(count)));
}

void TestAugmentation::fullDrawsEverySide()
{
    const Picture picture = ramps(90, 70);
    std::set<int> sides;
    int flips = 0;
    for (std::size_t index = 0; index < draws; ++index) {
        const ModelInput input = augment(picture, tenth, Augmentation::Full, 1, 0, index);
        sides.insert(std::min(input.inputSize.width, input.inputSize.height));
        flips += isFlipped(input);
    }
    // 480 to 800 by 32, a tenth of each.
    QCOMPARE(sides, (std::set<int>{48, 51, 54, 58, 61, 64, 67, 70, 74, 77, 80}));
    QVERIFY2(aboutHalf(flips), qPrintable(QString::number(flips)));
}

void TestAugmentation::fullCropsHalf()
{
    // The sides before the crop are 40, 50 and 60 high and 80, 100 and 120 wide, crops 38 to 60 each way.
    const Picture picture = ramps(120, 60);
    int crops = 0;
    double leastWidth = 1, mostWidth = 0;
    for (std::size_t index = 0; index < draws; ++index) {
        const QSizeF part = shownPart(augment(picture, tenth, Augmentation::Full, 1, 0, index));
        if (part.width() > 0.9)
            continue;
        ++crops;
        leastWidth = std::min(leastWidth, part.width());
        mostWidth = std::max(mostWidth, part.width());
        QVERIFY2(part.height() > 0.58, qPrintable(QString::number(part.height())));
    }
    QVERIFY2(aboutHalf(crops), qPrintable(QString::number(crops)));
    QVERIFY2(leastWidth > 0.28 && leastWidth < 0.36, qPrintable(QString::number(leastWidth)));
    QVERIFY2(mostWidth > 0.68 && mostWidth < 0.77, qPrintable(QString::number(mostWidth)));
}

void TestAugmentation::fixedSideCropsHalf()
{
    const Picture picture = ramps(120, 60);
    const ModelInput upright = preprocess(picture, square);
    const ModelInput mirrored = preprocess(flipped(picture), square);
    int crops = 0;
    double leastWidth = 1, mostWidth = 0;
    for (std::size_t index = 0; index < draws; ++index) {
        const ModelInput input = augment(picture, square, Augmentation::Full, 1, 0, index);
        if (input.key == upright.key || input.key == mirrored.key)
            continue;
        ++crops;
        const QSizeF part = shownPart(input);
        leastWidth = std::min(leastWidth, part.width());
        mostWidth = std::max(mostWidth, part.width());
        QVERIFY2(part.height() > 0.58, qPrintable(QString::number(part.height())));
    }
    QVERIFY2(aboutHalf(crops), qPrintable(QString::number(crops)));
    QVERIFY2(leastWidth > 0.28 && leastWidth < 0.36, qPrintable(QString::number(leastWidth)));
    QVERIFY2(mostWidth > 0.68 && mostWidth < 0.77, qPrintable(QString::number(mostWidth)));
}

void TestAugmentation::followsSeedEpochAndIndex()
{
    const Picture picture = ramps(90, 60);
    const auto keys = [&](std::uint64_t seed, int epoch, std::size_t first) {
        std::vector<ContentKey> result;
        for (std::size_t index = first; index < first + 8; ++index)
            result.push_back(augment(picture, tenth, Augmentation::Full, seed, epoch, index).key);
        return result;
    };
    const std::vector<ContentKey> base = keys(42, 3, 5);
    QVERIFY(keys(42, 3, 5) == base);
    QVERIFY(keys(43, 3, 5) != base);
    QVERIFY(keys(42, 4, 5) != base);
    QVERIFY(keys(42, 3, 6) != base);
}

void TestAugmentation::drawsTheSameEverywhere()
{
    const Picture picture = ramps(90, 60);
    QStringList drawn;
    for (std::size_t index = 0; index < 6; ++index) {
        const ModelInput input = augment(picture, tenth, Augmentation::Full, 42, 0, index);
        drawn << QString("%1x%2%3")
                     .arg(input.inputSize.width)
                     .arg(input.inputSize.height)
                     .arg(isFlipped(input) ? "f" : "");
    }
    QCOMPARE(drawn.join(' '), QString("67x78 100x67 63x58f 87x58 74x74f 81x54f"));
}

QTEST_GUILESS_MAIN(TestAugmentation)
#include "test_augmentation.moc"
