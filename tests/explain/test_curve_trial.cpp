// SPDX-License-Identifier: GPL-3.0-or-later
#include <numeric>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/curve_trial.h"
#include "tests/explain/explained_model.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

SourceMap mapOn(Size size, const std::vector<float>& values)
{
    SourceMap map;
    map.rows = 4;
    map.columns = 5;
    map.values = values;
    map.input = size;
    map.field = {size.width / 5, size.width / 10.0, 8};
    map.state = stateOf(map.values, true);
    return map;
}

std::vector<float> rising()
{
    std::vector<float> values(20);
    std::iota(values.begin(), values.end(), 1.0F);
    return values;
}

const CurveRecipe recipe{5, 20, Substrate::Zero, Substrate::Blur, 3};

} // namespace

class TestCurveTrial : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_model = std::make_unique<ExplainedModel>(GoldenArrays(goldenFiles("rise-resnet").front()));
        m_map = mapOn(m_model->input.inputSize, rising());
        m_ground = std::make_shared<CurveGround>(std::make_shared<const ModelInput>(m_model->input),
                                                 geometryOf(m_map, m_model->input.inputSize), recipe);
    }

    void refusesAMapWithoutPlaces()
    {
        const SourceMap flat = mapOn(m_model->input.inputSize, std::vector<float>(20));
        QCOMPARE(errorOf([&] { CurveTrial(m_ground, flat, CausalMode::Deletion); }),
                 std::optional(ErrorCode::BadArgument));
        for (const char* text : {"steps=1", "random=3", "deletion=fog", "pace=4"})
            QCOMPARE(errorOf([&] { CurveRecipe::of(text); }), std::optional(ErrorCode::BadArgument));
        QVERIFY(CurveRecipe::of(recipe.text()) == recipe);
    }

    void sharesWhatKnowsNothingOfTheMap()
    {
        CurveTrial first(m_ground, m_map, CausalMode::Deletion);
        QCOMPARE(first.steps(), std::size_t{23 * 6}); // map, reversed, centre, 20 random; 5 steps and the start
        const Finding finding = all(first);
        std::vector<float> falling = rising();
        std::ranges::reverse(falling);
        CurveTrial second(m_ground, mapOn(m_model->input.inputSize, falling), CausalMode::Deletion);
        QCOMPARE(second.steps(), std::size_t{2 * 6});
        const Finding other = all(second);
        QVERIFY(other.nulls == finding.nulls);
        QCOMPARE(other.value, *finding.reversed);
        QCOMPARE(*other.reversed, finding.value);
        // The other kind of curve has its own.
        QCOMPARE(CurveTrial(m_ground, m_map, CausalMode::Insertion).steps(), std::size_t{23 * 6});
    }

    void saysWhatTheMeasureSays()
    {
        const FaithfulnessRecipe same{
            FaithfulnessRecipe::Unit::Cells, 4, recipe.deletion, recipe.insertion, recipe.randomOrders, recipe.seed};
        const FaithfulnessMeasure measure(m_model->probe, m_model->input, geometryOf(m_map, m_model->input.inputSize),
                                          same);
        CurveTrial deletion(m_ground, m_map, CausalMode::Deletion), insertion(m_ground, m_map, CausalMode::Insertion);
        const Finding lost = all(deletion), gained = all(insertion);
        const CausalPair pair = measure.of(m_map);
        QCOMPARE(lost.curve, pair.deletion);
        QCOMPARE(lost.value, pair.deletionArea);
        QCOMPARE(gained.curve, pair.insertion);
        QCOMPARE(lost.nulls[7], measure.random(7).deletionArea);
        QCOMPARE(*gained.centre, measure.centre().insertionArea);
        QCOMPARE(lost.classIndex, measure.judgedClass());
        QCOMPARE(lost.p, pAmongNulls(lost));
        for (std::size_t point = 0; point < lost.curve.size(); ++point)
            QVERIFY(lost.low[point] <= lost.high[point]);
    }

    void asksOnceWhereAllCurvesBeginAndEnd()
    {
        CurveTrial deletion(m_ground, m_map, CausalMode::Deletion), insertion(m_ground, m_map, CausalMode::Insertion);
        const std::int64_t before = m_model->engine.counters().encodes;
        all(deletion);
        // What the judge names the picture, both ends, and 4 points between them for each of 23 orders.
        QCOMPARE(m_model->engine.counters().encodes - before, std::int64_t{1 + 2 + 23 * 4});
        all(insertion);
        QCOMPARE(m_model->engine.counters().encodes - before, std::int64_t{1 + 2 * (2 + 23 * 4)});
    }

    void goesOnAfterAStop()
    {
        CurveTrial whole(m_ground, m_map, CausalMode::Deletion);
        const Finding finding = all(whole);
        const auto ground = std::make_shared<CurveGround>(std::make_shared<const ModelInput>(m_model->input),
                                                          geometryOf(m_map, m_model->input.inputSize), recipe);
        CurveTrial trial(ground, m_map, CausalMode::Deletion);
        std::stop_source stop;
        QCOMPARE(errorOf([&] {
                     findingOf(trial, m_model->probe, Progress(stop.get_token()), [&](double fraction) {
                         if (fraction > 0.3)
                             stop.request_stop();
                     });
                 }),
                 std::optional(ErrorCode::Cancelled));
        QVERIFY(!trial.isOver());
        QVERIFY(all(trial) == finding);
    }

private:
    Finding all(CurveTrial& trial)
    {
        return findingOf(trial, m_model->probe, {}, [](double) {});
    }

    std::unique_ptr<ExplainedModel> m_model;
    SourceMap m_map;
    std::shared_ptr<CurveGround> m_ground;
};

QTEST_GUILESS_MAIN(TestCurveTrial)
#include "test_curve_trial.moc"
