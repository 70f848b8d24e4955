// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/faithfulness.h"
#include "tests/explain/explained_model.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

SourceMap cellMap(const GoldenArrays& golden, Size size, std::vector<float> values)
{
    SourceMap map;
    map.source = "test";
    map.rows = static_cast<int>(golden.shape("cells")[0]);
    map.columns = static_cast<int>(golden.shape("cells")[1]);
    map.values = std::move(values);
    map.input = size;
    const int stride = size.height / map.rows;
    map.field = {stride, stride / 2.0, stride}; // as the map stretched over the picture
    map.state = stateOf(map.values, true);
    return map;
}

SourceMap pixelMap(Size size, std::vector<float> values)
{
    SourceMap map;
    map.source = "test";
    map.rows = size.height;
    map.columns = size.width;
    map.values = std::move(values);
    map.input = size;
    map.field = {1, 0.5, 1};
    map.state = stateOf(map.values, true);
    return map;
}

} // namespace

class TestFaithfulness : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatHasNoOrder();
    void stopsWithinAPass_data();
    void stopsWithinAPass();
    void equalsOracleByCell_data();
    void equalsOracleByCell();
    void equalsOracleByPixel_data();
    void equalsOracleByPixel();
    void cellsAreMeansOfFinerMaps();
    void nullsKnowNothingOfTheMap();
    void saysHowItMeasures();
};

void TestFaithfulness::refusesWhatHasNoOrder()
{
    const GoldenArrays golden(goldenFiles("causal-").front());
    ExplainedModel model(golden);
    const Size size = model.input.inputSize;
    SourceMap map = cellMap(golden, size, golden.floats("cells"));
    map.values[3] = std::nanf("");
    map.state = stateOf(map.values, true);
    const FaithfulnessMeasure measure(model.probe, model.input, geometryOf(map, size), {});
    QCOMPARE(errorOf([&] { measure.of(map); }), std::optional(ErrorCode::BadArgument));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(errorOf([&] { measure.centre(Progress(stop.get_token())); }), std::optional(ErrorCode::Cancelled));
}

void TestFaithfulness::stopsWithinAPass_data()
{
    QTest::addColumn<int>("pass");
    QTest::addColumn<int>("reports");
    QTest::newRow("first block of the first pass") << 1 << 1;
    QTest::newRow("in the midst of a pass") << 3 << 4;
    QTest::newRow("in the second curve") << 8 << 2;
}

void TestFaithfulness::stopsWithinAPass()
{
    QFETCH(int, pass);
    QFETCH(int, reports);
    const GoldenArrays golden(goldenFiles("causal-").front());
    ExplainedModel model(golden);
    const Size size = model.input.inputSize;
    const SourceMap map = cellMap(golden, size, golden.floats("cells"));
    FaithfulnessRecipe recipe;
    recipe.perStep = 4; // five steps: six passes a curve, less those that the engine's cache knows
    const FaithfulnessMeasure measure(model.probe, model.input, geometryOf(map, size), recipe);
    std::stop_source stop;
    int passes = 0, inPass = 0, after = 0;
    const Progress progress(stop.get_token(), [&](Stage stage, double fraction) {
        after += stop.stop_requested() ? 1 : 0;
        if (stage == Stage::Backbone && fraction == 0) {
            ++passes;
            inPass = 0;
        }
        if (passes == pass && ++inPass == reports)
            stop.request_stop();
    });
    QCOMPARE(errorOf([&] { measure.of(map, progress); }), std::optional(ErrorCode::Cancelled));
    QVERIFY(stop.stop_requested());
    QCOMPARE(after, 0); // not one block of the network more
    QCOMPARE(passes, pass);
}

void TestFaithfulness::equalsOracleByCell_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles("causal-"))
        QTest::newRow(path.parent_path().filename().c_str()) << QString::fromStdString(path.string());
}

void TestFaithfulness::equalsOracleByCell()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    ExplainedModel model(golden);
    const SourceMap map = cellMap(golden, model.input.inputSize, golden.floats("cells"));
    FaithfulnessRecipe recipe;
    recipe.perStep = 3;
    const FaithfulnessMeasure measure(model.probe, model.input, geometryOf(map, model.input.inputSize), recipe);
    QCOMPARE(measure.judgedClass(), golden.metadata("label").get<int>());
    const CausalPair pair = measure.of(map);
    QCOMPARE(pair.deletion.size(), measure.steps() + 1);
    QCOMPARE(pair.deletion.front(), measure.probability());
    QVERIFY(largestDifference(pair.deletion, golden.doubles("deletion.three")) <= 1e-5);
    QVERIFY(largestDifference(pair.insertion, golden.doubles("insertion.three")) <= 1e-5);
    QVERIFY(std::abs(pair.deletionArea - golden.metadata("areas").at("deletion.three").get<double>()) <= 1e-5);
    QVERIFY(std::abs(pair.insertionArea - golden.metadata("areas").at("insertion.three").get<double>()) <= 1e-5);
}

void TestFaithfulness::equalsOracleByPixel_data()
{
    equalsOracleByCell_data();
}

void TestFaithfulness::equalsOracleByPixel()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    ExplainedModel model(golden);
    const SourceMap map = pixelMap(model.input.inputSize, golden.floats("rough"));
    FaithfulnessRecipe recipe;
    recipe.unit = FaithfulnessRecipe::Unit::Pixels;
    recipe.perStep = golden.hasMetadata("steps") ? golden.metadata("steps").at("ties").get<std::size_t>() : 777;
    const FaithfulnessMeasure measure(model.probe, model.input, geometryOf(map, model.input.inputSize), recipe);
    const CausalPair pair = measure.of(map);
    QVERIFY(largestDifference(pair.deletion, golden.doubles("deletion.ties")) <= 1e-5);
    QVERIFY(largestDifference(pair.insertion, golden.doubles("insertion.ties")) <= 1e-5);
}

void TestFaithfulness::cellsAreMeansOfFinerMaps()
{
    const GoldenArrays golden(goldenFiles("causal-").front());
    ExplainedModel model(golden);
    const Size size = model.input.inputSize;
    const SourceMap cells = cellMap(golden, size, golden.floats("cells"));
    const FaithfulnessMeasure measure(model.probe, model.input, geometryOf(cells, size), {});
    QCOMPARE(measure.unitValues(cells), cells.values);
    const std::vector<float> means = measure.unitValues(pixelMap(size, golden.floats("saliency")));
    QVERIFY(largestDifference(means, cells.values) < 1e-6);
}

void TestFaithfulness::nullsKnowNothingOfTheMap()
{
    const GoldenArrays golden(goldenFiles("causal-").front());
    ExplainedModel model(golden);
    const Size size = model.input.inputSize;
    const SourceMap map = cellMap(golden, size, golden.floats("cells"));
    FaithfulnessRecipe recipe;
    recipe.perStep = 4;
    const FaithfulnessMeasure measure(model.probe, model.input, geometryOf(map, size), recipe);
    QCOMPARE(measure.random(3).deletion, measure.random(3).deletion);
    QVERIFY(measure.random(3).deletion != measure.random(4).deletion);
    QVERIFY(measure.centre().deletion != measure.of(map).deletion);
    SourceMap negative = map;
    for (float& value : negative.values)
        value = -value;
    QCOMPARE(measure.reversed(map).deletion, measure.of(negative).deletion);
    const PixelGroups groups = measure.groups(map);
    QCOMPARE(groups.size(), std::size_t{5});
}

void TestFaithfulness::saysHowItMeasures()
{
    FaithfulnessRecipe recipe;
    recipe.unit = FaithfulnessRecipe::Unit::Pixels;
    recipe.perStep = 224;
    recipe.insertion = Substrate::Mean;
    QCOMPARE(toString(recipe), std::string("pixels, 224 a step, deletion zero, insertion mean"));
}

QTEST_GUILESS_MAIN(TestFaithfulness)
#include "test_faithfulness.moc"
