// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTemporaryDir>
#include <QTest>

#include "core/explain/source_parts.h"
#include "core/explain/source_table.h"
#include "core/image/preprocess.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/vit/vit_tensors.h"
#include "tests/support/small_vit.h"

using namespace ocellus;

namespace {

Picture testPicture()
{
    Picture picture{{120, 90}, std::vector<std::uint8_t>(std::size_t{120} * 90 * 3)};
    for (std::size_t i = 0; i < picture.rgb.size(); ++i)
        picture.rgb[i] = static_cast<std::uint8_t>(i * 7 % 251);
    return picture;
}

} // namespace

Q_DECLARE_METATYPE(ocellus::Box)

/// The smaller input of sources that ask the model a thousand times shows what the view's own shows.
class TestSmallInput : public QObject {
    Q_OBJECT

private slots:
    void showsTheSamePart_data();
    void showsTheSamePart();
    void mapsLieWhereTheModelLooks_data();
    void mapsLieWhereTheModelLooks();
};

void TestSmallInput::showsTheSamePart_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<int>("side");
    QTest::addColumn<QString>("small"); // empty: the view's own
    QTest::newRow("no side") << "80:133" << 0 << QString();
    QTest::newRow("larger than the view's") << "80:133" << 81 << QString();
    QTest::newRow("as large as the view's square") << "fixed:64" << 64 << QString();
    QTest::newRow("as large as what is cut out") << "crop:80:64" << 64 << QString();
    QTest::newRow("between what is cut out and the whole") << "crop:80:64" << 72 << QString();
    QTest::newRow("short and long") << "80:133" << 40 << "40:66";
    QTest::newRow("square") << "fixed:64" << 32 << "fixed:32";
    QTest::newRow("cut") << "crop:80:64,bicubic,half" << 32 << "crop:40:32,bicubic,half";
    QTest::newRow("whole patches") << "crop:80:64,patch:8" << 36 << "crop:45:36,patch:8";
}

void TestSmallInput::showsTheSamePart()
{
    QFETCH(const QString, view);
    QFETCH(const int, side);
    QFETCH(const QString, small);
    const Picture picture = testPicture();
    const PreprocessOptions options = parsePreprocess(view.toStdString());
    const ModelInput input = preprocess(picture, options);
    const ModelInput got = smallInput({picture, options, input, nullptr, nullptr}, side);
    const ModelInput expected = small.isEmpty() ? input : preprocess(picture, parsePreprocess(small.toStdString()));
    QCOMPARE(got.inputSize.width, expected.inputSize.width);
    QCOMPARE(got.inputSize.height, expected.inputSize.height);
    QVERIFY(got.key == expected.key);
}

void TestSmallInput::mapsLieWhereTheModelLooks_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("source");
    QTest::addColumn<Box>("seen"); // of the picture
    QTest::newRow("all of it") << "fixed:64"
                               << "occlusion:side=0:patch=16:stride=16" << Box{0, 0, 120, 90};
    QTest::newRow("the middle") << "crop:80:64"
                                << "occlusion:side=0:patch=16:stride=16" << Box{23.5, 9, 72.5, 72};
    QTest::newRow("the middle, smaller") << "crop:80:64"
                                         << "occlusion:side=32:patch=8:stride=8" << Box{23.5, 9, 72.5, 72};
    QTest::newRow("attention to the middle") << "crop:80:64"
                                             << "mean" << Box{23.5, 9, 72.5, 72};
}

void TestSmallInput::mapsLieWhereTheModelLooks()
{
    QFETCH(const QString, view);
    QFETCH(const QString, source);
    QFETCH(const Box, seen);
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("vit.safetensors").toStdString();
    VitConfig config = smallVit();
    config.classes = 3;
    writeSafetensors(path, FormulaSource(vitTensors(config)), DType::Float32);
    Engine engine;
    engine.open(path);
    ModelProbe probe(engine);
    const Picture picture = testPicture();
    const PreprocessOptions options = parsePreprocess(view.toStdString());
    const ModelInput input = preprocess(picture, options);
    const SourceTable table;
    const SourceText text = parseSource(source.toStdString());
    const std::vector<SourceMap> maps =
        SourceTable::maps(table.source(text.source), engine, probe, {picture, options, input, nullptr, nullptr}, {1},
                          table.settings(text), {});
    const CellGeometry geometry = geometryOnPicture(maps.front(), picture.size);
    const Box grid = geometry.gridBox();
    constexpr double tolerance = 1.5; // of pixels that the resize and the cut round
    QVERIFY(std::abs(grid.left - seen.left) < tolerance && std::abs(grid.top - seen.top) < tolerance);
    QVERIFY(std::abs(grid.width - seen.width) < tolerance && std::abs(grid.height - seen.height) < tolerance);
}

QTEST_GUILESS_MAIN(TestSmallInput)
#include "test_small_input.moc"
