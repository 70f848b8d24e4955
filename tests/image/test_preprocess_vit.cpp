// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QtTest>

#include "core/image/decode.h"
#include "core/image/geometry.h"
#include "core/image/preprocess.h"
#include "tests/support/error_of.h"
#include "tests/support/golden_file.h"

using namespace ocellus;

namespace {

PreprocessOptions optionsOf(const nlohmann::json& how, int patch)
{
    PreprocessOptions options;
    const std::string fit = how.at("fit");
    const int size = how.at("size");
    if (fit == "squash") {
        options.fixedSide = size;
    } else {
        options.shortSide = size;
        options.longSide = largestInputSide;
        options.cropSide = fit == "crop" ? how.at("crop").get<int>() : 0;
    }
    options.patch = patch;
    options.filter = how.at("filter") == "bicubic" ? PixelFilter::Bicubic : PixelFilter::Bilinear;
    const double mean = how.at("normalise").at(0).at(0);
    options.normalisation = mean == 0.5    ? Normalisation::Half
                            : mean > 0.483 ? Normalisation::ImageNet
                                           : Normalisation::Clip;
    return options;
}

} // namespace

/// How Vision Transformers' pictures are prepared: squashed, cut or trimmed, with Pillow's filters, equal in every
/// byte.
class TestPreprocessVit : public QObject {
    Q_OBJECT

private slots:
    void equalsOracle_data();
    void equalsOracle();
    void refusesPicturesWithoutAMiddle_data();
    void refusesPicturesWithoutAMiddle();
    void putsCellsIntoTheCrop();
};

void TestPreprocessVit::equalsOracle_data()
{
    QTest::addColumn<QString>("path");
    for (const char* folder : {OCELLUS_TEST_DATA "/vit", OCELLUS_GOLDEN_DIR "-vit"})
        for (const QFileInfo& file : QDir(folder).entryInfoList({"preprocess-*.safetensors"}))
            QTest::newRow(qPrintable(QFileInfo(folder).fileName() + " " + file.baseName())) << file.filePath();
}

void TestPreprocessVit::equalsOracle()
{
    QFETCH(const QString, path);
    const GoldenFile golden(path.toStdString());
    const bool isOwn = path.startsWith(OCELLUS_TEST_DATA);
    const std::string folder = isOwn ? OCELLUS_TEST_DATA "/image/" : OCELLUS_GOLDEN_DIR "/";
    const Picture picture = decodePicture(folder + golden.text("picture"));
    const PreprocessOptions options = optionsOf(golden.json("preprocessing"), golden.json("patch"));
    const auto shape = golden.shape("resized");
    const Picture seen = modelPixels(picture, options);
    QCOMPARE(seen.size, (Size{static_cast<int>(shape[1]), static_cast<int>(shape[0])}));
    QCOMPARE(seen.rgb, golden.values<std::uint8_t>("resized"));
    const ModelInput input = preprocess(picture, options);
    const auto rows = static_cast<std::size_t>(golden.shape("input")[1]);
    const std::size_t width = static_cast<std::size_t>(seen.size.width);
    std::vector<float> first; // the oracle keeps the first rows of each channel
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const auto begin = input.values.begin() +
                           static_cast<std::ptrdiff_t>(channel * width * static_cast<std::size_t>(seen.size.height));
        first.insert(first.end(), begin, begin + static_cast<std::ptrdiff_t>(rows * width));
    }
    QCOMPARE(first, golden.values<float>("input"));
    QVERIFY(parsePreprocess(toString(options)) == options);
}

void TestPreprocessVit::refusesPicturesWithoutAMiddle_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<int>("width");
    QTest::newRow("longer than can be resized") << "crop:256:224" << 30000;
    QTest::newRow("smaller than a patch") << "3:5,patch:14" << 100;
}

void TestPreprocessVit::refusesPicturesWithoutAMiddle()
{
    QFETCH(const QString, options);
    QFETCH(const int, width);
    const PreprocessOptions parsed = parsePreprocess(options.toStdString());
    QCOMPARE(errorOf([&] { inputPlace({width, 100}, parsed); }), ErrorCode::BadArgument);
}

void TestPreprocessVit::putsCellsIntoTheCrop()
{
    // 512 x 256 stays as it is, and its middle 224 x 224 begins at (144, 16).
    const InputPlace place = inputPlace({512, 256}, parsePreprocess("crop:256:224,patch:16"));
    QCOMPARE(place.left, 144);
    QCOMPARE(place.top, 16);
    const CellGeometry cells({512, 256}, place, 14, 14, {16, 8, 16});
    QCOMPARE(cells.centre({0, 0}).x, 152.0);
    QCOMPARE(cells.centre({0, 0}).y, 24.0);
    QCOMPARE(cells.centre({13, 13}).x, 360.0);
    QCOMPARE(cells.gridBox().left, 144.0);
    QCOMPARE(cells.gridBox().width, 224.0);
    // Twice as large a picture, trimmed: cells stay where they are, and are twice as large.
    const InputPlace trimmed = inputPlace({1030, 520}, parsePreprocess("short:260,patch:14"));
    QCOMPARE(trimmed.input, (Size{504, 252}));
    const CellGeometry large({1030, 520}, trimmed, 18, 36, {14, 7, 14});
    QCOMPARE(large.centre({0, 0}).y, 14.0);
    QVERIFY(large.gridBox().height < 520);
}

QTEST_APPLESS_MAIN(TestPreprocessVit)
#include "test_preprocess_vit.moc"
