// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/cover_evidence.h"
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

} // namespace

class TestCoverEvidence : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatCannotBeCovered();
    void coversTheMapsBest_data();
    void coversTheMapsBest();
    void withoutRoomNothingIsTested();
    void stopsWhenAsked();
    void correctsForSeveral();
};

void TestCoverEvidence::refusesWhatCannotBeCovered()
{
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    const Size size = model.input.inputSize;
    const SourceMap map = cells(size, 4, 5, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20});
    const SourceMap flat = cells(size, 4, 5, std::vector<float>(20));
    for (const double share : {0.0, 0.5, -1.0, std::nan("")})
        QCOMPARE(errorOf([&] { coverEvidence(model.probe, model.input, map, {share}); }),
                 std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { coverEvidence(model.probe, model.input, flat, {}); }),
             std::optional(ErrorCode::BadArgument));
}

void TestCoverEvidence::coversTheMapsBest_data()
{
    QTest::addColumn<int>("substrate");
    for (const Substrate substrate : {Substrate::Zero, Substrate::Mean, Substrate::Blur, Substrate::Inpainting})
        QTest::newRow(std::string(toString(substrate)).c_str()) << static_cast<int>(substrate);
}

void TestCoverEvidence::coversTheMapsBest()
{
    QFETCH(int, substrate);
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    const Size size = model.input.inputSize; // 40x32: cells of 8 pixels
    std::vector<float> values(20);
    values[7] = 2;
    values[8] = 1;
    const CoverRecipe recipe{0.1, 9, static_cast<Substrate>(substrate), 3};
    double last = 0;
    const CoverEvidence evidence = coverEvidence(model.probe, model.input, cells(size, 4, 5, values), recipe, {},
                                                 [&](double fraction) { last = fraction; });
    QCOMPARE(last, 1.0);
    QCOMPARE(evidence.share, 0.1);
    QCOMPARE(evidence.controls.size(), std::size_t{9});
    int stronger = 0;
    for (const double control : evidence.controls)
        stronger += control >= evidence.drop ? 1 : 0;
    QCOMPARE(evidence.p, (1.0 + stronger) / 10);
    if (recipe.substrate != Substrate::Zero)
        return;
    std::vector<float> covered = model.input.values;
    for (int plane = 0; plane < 3; ++plane)
        for (int y = 8; y < 16; ++y)
            for (int x = 16; x < 32; ++x)
                covered[static_cast<std::size_t>((plane * size.height + y) * size.width + x)] = 0;
    const double drop = static_cast<double>(model.probe.logits(model.input.values, size)[2]) -
                        static_cast<double>(model.probe.logits(covered, size)[2]);
    QVERIFY2(std::abs(evidence.drop - drop) < 1e-6, qPrintable(QString("%1 %2").arg(evidence.drop).arg(drop)));
    QCOMPARE(coverEvidence(model.probe, model.input, cells(size, 4, 5, values), recipe).controls, evidence.controls);
}

void TestCoverEvidence::withoutRoomNothingIsTested()
{
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    CoverRecipe recipe;
    recipe.controls = 0;
    const CoverEvidence evidence =
        coverEvidence(model.probe, model.input, cells(model.input.inputSize, 1, 2, {1, 2}), recipe);
    QCOMPARE(evidence.p, 1.0);
    QVERIFY(verdictOf(evidence, 0.01) == EvidenceVerdict::Untested);
}

void TestCoverEvidence::stopsWhenAsked()
{
    ExplainedModel model(GoldenArrays(goldenFiles("rise-resnet").front()));
    std::stop_source stop;
    const SourceMap map = cells(model.input.inputSize, 1, 5, {1, 2, 3, 4, 5});
    QCOMPARE(errorOf([&] {
                 coverEvidence(model.probe, model.input, map, {}, Progress(stop.get_token()),
                               [&](double) { stop.request_stop(); });
             }),
             std::optional(ErrorCode::Cancelled));
}

void TestCoverEvidence::correctsForSeveral()
{
    QCOMPARE(holmCorrected(std::vector<double>{}), std::vector<double>());
    const std::vector<double> corrected = holmCorrected(std::vector<double>{0.01, 0.04, 0.03, 0.9});
    const std::vector<double> expected{0.04, 0.09, 0.09, 0.9};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(std::abs(corrected[i] - expected[i]) < 1e-12);
    CoverEvidence evidence{0.05, 2.5, {0.1, 0.2}, 0.01};
    QVERIFY(verdictOf(evidence, 0.04) == EvidenceVerdict::Supported);
    QVERIFY(verdictOf(evidence, 0.06) == EvidenceVerdict::NotSupported);
    evidence.drop = -1;
    QVERIFY(verdictOf(evidence, 0.04) == EvidenceVerdict::NotSupported);
}

QTEST_GUILESS_MAIN(TestCoverEvidence)
#include "test_cover_evidence.moc"
