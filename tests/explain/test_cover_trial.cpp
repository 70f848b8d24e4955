// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/cover_trial.h"
#include "tests/explain/explained_model.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

SourceMap cells(Size size, int rows, int columns, std::vector<float> values)
{
    SourceMap map;
    map.classIndex = 2;
    map.rows = rows;
    map.columns = columns;
    map.values = std::move(values);
    map.input = size;
    map.field = {size.width / columns, size.width / columns / 2.0, 8};
    map.state = stateOf(map.values, true);
    return map;
}

/// All steps of a test of that map.
Finding found(ExplainedModel& model, const SourceMap& map, const CoverRecipe& recipe,
              const std::vector<double>& animal = {})
{
    CoverTrial trial(std::make_shared<const ModelInput>(model.input), map, recipe, animal);
    return findingOf(trial, model.probe, {}, [](double) {});
}

std::vector<float> rising(int count)
{
    std::vector<float> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 1.0F);
    return values;
}

} // namespace

class TestCoverTrial : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatCannotBeCovered();
    void coversTheMapsBest_data();
    void coversTheMapsBest();
    void controlsLieOnTheAnimal();
    void endsWhenEnoughDidAsMuch();
    void withoutRoomNothingIsTested();
    void goesOnAfterAStop();
    void readsItsRecipeAgain_data();
    void readsItsRecipeAgain();
};

void TestCoverTrial::refusesWhatCannotBeCovered()
{
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    const Size size = model.input.inputSize;
    const SourceMap map = cells(size, 4, 5, rising(20));
    for (const double share : {0.0, 0.5, -1.0, std::nan("")})
        QCOMPARE(errorOf([&] { found(model, map, {share}); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { found(model, cells(size, 4, 5, std::vector<float>(20)), {}); }),
             std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { found(model, map, {}, {1, 1}); }), std::optional(ErrorCode::Mismatch));
}

void TestCoverTrial::coversTheMapsBest_data()
{
    QTest::addColumn<int>("substrate");
    for (const Substrate substrate : {Substrate::Zero, Substrate::Mean, Substrate::Blur, Substrate::Inpainting})
        QTest::newRow(std::string(toString(substrate)).c_str()) << static_cast<int>(substrate);
}

void TestCoverTrial::coversTheMapsBest()
{
    QFETCH(int, substrate);
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    const Size size = model.input.inputSize; // 40x32: cells of 8 pixels
    std::vector<float> values(20);
    values[7] = 2;
    values[8] = 1;
    const CoverRecipe recipe{0.1, 9, 0, static_cast<Substrate>(substrate), false, 3};
    const Finding finding = found(model, cells(size, 4, 5, values), recipe);
    QVERIFY(finding.test == EvidenceTest::Cover);
    QCOMPARE(finding.share, 0.1);
    QCOMPARE(finding.nulls.size(), std::size_t{9});
    QCOMPARE(finding.p, (1.0 + static_cast<double>(asGood(finding))) / 10);
    QVERIFY(found(model, cells(size, 4, 5, values), recipe) == finding);
    if (recipe.substrate != Substrate::Zero)
        return;
    std::vector<float> covered = model.input.values;
    for (int plane = 0; plane < 3; ++plane)
        for (int y = 8; y < 16; ++y)
            for (int x = 16; x < 32; ++x)
                covered[static_cast<std::size_t>((plane * size.height + y) * size.width + x)] = 0;
    const double drop = static_cast<double>(model.probe.logits(model.input.values, size)[2]) -
                        static_cast<double>(model.probe.logits(covered, size)[2]);
    QVERIFY2(std::abs(finding.value - drop) < 1e-6, qPrintable(QString("%1 %2").arg(finding.value).arg(drop)));
}

void TestCoverTrial::controlsLieOnTheAnimal()
{
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    std::vector<double> animal(20); // the two cells of the map and two more
    for (const std::size_t cell : {18U, 19U, 3U, 4U})
        animal[cell] = 1;
    const CoverRecipe recipe{0.1, 99, 0, Substrate::Zero, true, 0};
    const SourceMap map = cells(model.input.inputSize, 4, 5, rising(20));
    const Finding everywhere = found(model, map, recipe);
    QVERIFY(CoverRecipe::of(everywhere.settings).onAnimal == false);
    const Finding onAnimal = found(model, map, recipe, animal);
    QVERIFY(CoverRecipe::of(onAnimal.settings).onAnimal);
    QVERIFY(onAnimal.nulls.size() < everywhere.nulls.size());
    QVERIFY(onAnimal.nulls.size() >= 1);
}

void TestCoverTrial::endsWhenEnoughDidAsMuch()
{
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    const SourceMap map = cells(model.input.inputSize, 4, 5, rising(20));
    const Finding whole = found(model, map, {0.1, 99, 0, Substrate::Zero, false, 0});
    if (asGood(whole) == 0)
        return; // never enough
    const Finding ended = found(model, map, {0.1, 99, 1, Substrate::Zero, false, 0});
    QCOMPARE(asGood(ended), std::size_t{1});
    QVERIFY(ended.nulls.size() <= whole.nulls.size());
    QCOMPARE(ended.p, 1.0 / static_cast<double>(ended.nulls.size()));
}

void TestCoverTrial::withoutRoomNothingIsTested()
{
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    CoverRecipe recipe;
    recipe.controls = 0;
    const Finding finding = found(model, cells(model.input.inputSize, 1, 2, {1, 2}), recipe);
    QCOMPARE(finding.p, 1.0);
    QVERIFY(verdictOf(finding, 0.01) == EvidenceVerdict::Untested);
}

void TestCoverTrial::goesOnAfterAStop()
{
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    const SourceMap map = cells(model.input.inputSize, 1, 5, {1, 2, 3, 4, 5});
    const Finding whole = found(model, map, {});
    CoverTrial trial(std::make_shared<const ModelInput>(model.input), map, {});
    std::stop_source stop;
    QCOMPARE(errorOf([&] {
                 findingOf(trial, model.probe, Progress(stop.get_token()), [&](double) { stop.request_stop(); });
             }),
             std::optional(ErrorCode::Cancelled));
    QVERIFY(!trial.isOver());
    QVERIFY(findingOf(trial, model.probe, {}, [](double) {}) == whole);
}

void TestCoverTrial::readsItsRecipeAgain_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("no such option") << "shares=0.1" << false;
    QTest::newRow("no value") << "share" << false;
    QTest::newRow("out of range") << "share=0.7" << false;
    QTest::newRow("no such substrate") << "substrate=fog" << false;
    QTest::newRow("nothing") << "" << true;
    QTest::newRow("some") << "share=0.1 seed=7" << true;
    QTest::newRow("all") << QString::fromStdString(CoverRecipe{0.2, 5, 2, Substrate::Blur, false, 9}.text()) << true;
}

void TestCoverTrial::readsItsRecipeAgain()
{
    QFETCH(QString, text);
    QFETCH(bool, isGood);
    if (!isGood) {
        QCOMPARE(errorOf([&] { CoverRecipe::of(text.toStdString()); }), std::optional(ErrorCode::BadArgument));
        return;
    }
    const CoverRecipe recipe = CoverRecipe::of(text.toStdString());
    QVERIFY(CoverRecipe::of(recipe.text()) == recipe);
}

QTEST_GUILESS_MAIN(TestCoverTrial)
#include "test_cover_trial.moc"
