// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <fstream>
#include <limits>

#include <QTemporaryDir>
#include <QtTest>

#include "core/analysis/calibration.h"
#include "core/analysis/kept_trust.h"
#include "core/analysis/macro_average.h"
#include "core/analysis/novelty_study.h"
#include "core/analysis/paired_outcomes.h"
#include "core/analysis/prediction_table.h"
#include "core/base/random.h"
#include "core/engine/engine.h"
#include "tests/support/error_of.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ocellus::ErrorCode)

namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();

/// Pictures of two classes whose logits are `sharpness` times those of a model that knows how sure it is.
std::vector<LabelledLogits> drawn(int count, double sharpness, std::uint64_t seed)
{
    RandomStream random(seed);
    std::vector<LabelledLogits> pictures;
    for (int i = 0; i < count; ++i) {
        const double logit = random.uniform(0, 3); // of the better class against 0
        const bool isRight = random.chance(1 / (1 + std::exp(-logit)));
        pictures.push_back({{static_cast<float>(sharpness * logit), 0}, isRight ? 0 : 1});
    }
    return pictures;
}

} // namespace

/// How far answers can be trusted, against numbers that were worked out by hand or are known by how they were drawn.
class TestTrust : public QObject {
    Q_OBJECT

private slots:
    void refusesBadLogits();
    void refusesBadEvaluations_data();
    void refusesBadEvaluations();
    void saysNothingOfFewPictures();
    void countsReliability();
    void findsTheTemperature_data();
    void findsTheTemperature();
    void areaUnderRocByHand_data();
    void areaUnderRocByHand();
    void thresholdKeepsItsShare();
    void coverageByHand();
    void distanceFromOutputs();
    void tellsUnusualPictures();
    void studiesNoEnergyOfProbabilities();
    void mcNemarByHand_data();
    void mcNemarByHand();
    void macroAverageCountsClassesAlike();
    void keptTrustComesBack();
    void ignoresBadNotes();
    void writesPredictions();
};

void TestTrust::refusesBadLogits()
{
    QCOMPARE(errorOf([] {
                 reliabilityOf(std::vector<LabelledLogits>{{{1, infinite}, 0}});
             }),
             std::optional(ErrorCode::Damaged));
    QCOMPARE(errorOf([] {
                 reliabilityOf(std::vector<LabelledLogits>{{{1, 2}, 2}});
             }),
             std::optional(ErrorCode::BadArgument));
    for (const double temperature : {0.0, -1.0, std::nan("")})
        QCOMPARE(errorOf([&] { reliabilityOf({}, temperature); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { noveltyOf(NoveltyScore::MaxLogit, {}); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { thresholdFor({}, 0.95); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { thresholdFor({1}, 0); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { mcNemarP(-1, 3); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { predictionOf("a.jpg", {}, {}); }), std::optional(ErrorCode::BadArgument));
}

void TestTrust::refusesBadEvaluations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("acc@1 93");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("no scores") << QByteArray("{\"acc@1\": 93}");
    QTest::newRow("few energies") << QByteArray("{\"validation_energies\": [1, 2, 3]}");
    QTest::newRow("unknown score") << QByteArray("{\"none_of_these\": {\"score\": \"smell\", \"threshold\": 1}}");
    QTest::newRow("no threshold") << QByteArray("{\"none_of_these\": {\"score\": \"energy\", \"threshold\": null}}");
    QTest::newRow("score that logits do not give")
        << QByteArray("{\"none_of_these\": {\"score\": \"output_distance\", \"threshold\": 1}}");
    QTest::newRow("no temperature") << QByteArray("{\"none_of_these\": {\"score\": \"energy\", \"threshold\": 1}}");
    QTest::newRow("temperature below 0") << QByteArray(
        "{\"none_of_these\": {\"score\": \"energy\", \"threshold\": 1}, \"calibration\": "
        "{\"temperature\": -2}}");
}

void TestTrust::refusesBadEvaluations()
{
    QFETCH(const QByteArray, text);
    const QTemporaryDir folder;
    const std::string path = folder.filePath("evaluation.json").toStdString();
    std::ofstream(path) << text.toStdString();
    QCOMPARE(errorOf([&] { trustOfEvaluation(path, true); }), std::optional(ErrorCode::Damaged));
}

void TestTrust::saysNothingOfFewPictures()
{
    QVERIFY(!calibrate(drawn(Calibration::fewest - 1, 1, 1), 1));
    QCOMPARE(fittedTemperature({}), 1.0);
    QVERIFY(!studyNovelty(std::vector<AskedPicture>(NoveltyStudy::fewest - 1), {}, 0.95, 1));
    QCOMPARE(areaUnderRoc({}, std::vector<double>{1}), 0.5);
    QVERIFY(coverageCurve({}, {}).empty());
    QVERIFY(!KeptTrust().isUnusual(std::vector<float>{1, 2}).has_value());
    const OutputReference none(2, 3);
    QVERIFY(!none.distance(0, std::vector<float>{1, 2, 3}));
}

void TestTrust::countsReliability()
{
    const float sure = std::log(9.0F); // probability 0.9
    const std::vector<LabelledLogits> pictures{{{sure, 0}, 0}, {{sure, 0}, 0}, {{sure, 0}, 1}, {{0.5F, 0.5F}, 0}};
    const Reliability told = reliabilityOf(pictures, 1, 10);
    QCOMPARE(told.bins[8].n + told.bins[9].n, 3);
    QCOMPARE(told.bins[4].n, 1);
    // Three pictures at 0.9, of which two thirds are right, and one at 0.5 that is.
    QVERIFY(std::abs(told.error - (0.75 * (0.9 - 2.0 / 3) + 0.25 * 0.5)) < 1e-6);
    QVERIFY(std::abs(told.loss - (2 * -std::log(0.9) - std::log(0.1) + std::log(2.0)) / 4) < 1e-6);
}

void TestTrust::findsTheTemperature_data()
{
    QTest::addColumn<double>("sharpness");
    for (const double sharpness : {0.5, 1.0, 4.0})
        QTest::addRow("logits times %g", sharpness) << sharpness;
}

void TestTrust::findsTheTemperature()
{
    QFETCH(const double, sharpness);
    const auto calibration = calibrate(drawn(20'000, sharpness, 7), 1);
    QVERIFY(calibration.has_value());
    QVERIFY2(std::abs(calibration->temperature / sharpness - 1) < 0.1,
             qPrintable(QString::number(calibration->temperature)));
    QVERIFY(calibration->after.error < 0.02);
    QCOMPARE(calibration->fitted + calibration->before.n, 20'000);
    if (sharpness == 4)
        QVERIFY(calibration->before.error > 0.1);
}

void TestTrust::areaUnderRocByHand_data()
{
    QTest::addColumn<QList<double>>("known");
    QTest::addColumn<QList<double>>("unusual");
    QTest::addColumn<double>("area");
    QTest::newRow("apart") << QList<double>{1, 2} << QList<double>{3, 4} << 1.0;
    QTest::newRow("the wrong way round") << QList<double>{3, 4} << QList<double>{1, 2} << 0.0;
    QTest::newRow("all equal") << QList<double>{5, 5} << QList<double>{5, 5, 5} << 0.5;
    QTest::newRow("mixed") << QList<double>{1, 3} << QList<double>{2, 3} << 0.625;
}

void TestTrust::areaUnderRocByHand()
{
    QFETCH(const QList<double>, known);
    QFETCH(const QList<double>, unusual);
    QFETCH(const double, area);
    QCOMPARE(areaUnderRoc({known.data(), std::size_t(known.size())}, {unusual.data(), std::size_t(unusual.size())}),
             area);
}

void TestTrust::thresholdKeepsItsShare()
{
    std::vector<double> known(100);
    for (std::size_t i = 0; i < known.size(); ++i)
        known[i] = static_cast<double>(i + 1);
    QCOMPARE(thresholdFor(known, 0.95), 95.0);
    QCOMPARE(thresholdFor(known, 1), 100.0);
    QCOMPARE(thresholdFor({7}, 0.01), 7.0);
    const Separation told = separationOf(known, known, std::vector<double>{90, 96, 97, 98}, 0.95, 1);
    QCOMPARE(told.coverage, 0.95);
    QCOMPARE(told.falseAlarms, 0.25);
    QVERIFY(told.interval.low <= told.area && told.area <= told.interval.high);
}

void TestTrust::coverageByHand()
{
    const std::vector<double> scores{4, 1, 3, 2};
    const auto points = coverageCurve(scores, {false, true, true, true});
    QCOMPARE(points.size(), std::size_t{10});
    QCOMPARE(points.back().n, 4);
    QCOMPARE(points.back().accuracy, 0.75);
    QCOMPARE(points[6].accuracy, 1.0);
}

void TestTrust::distanceFromOutputs()
{
    OutputReference reference(2, 1);
    for (const float value : {1.0F, 3.0F})
        reference.add(0, std::vector<float>{value});
    reference.add(1, std::vector<float>{10});
    reference.finish();
    // The deviation is sqrt((1 + 1 + 0) / 3) about the classes' own means.
    const double deviation = std::sqrt(2.0 / 3);
    QVERIFY(std::abs(*reference.distance(0, std::vector<float>{4}) - 2 / deviation) < 1e-9);
    QVERIFY(std::abs(*reference.distanceWithout(0, std::vector<float>{3}) - 2 / deviation) < 1e-9);
    QVERIFY(std::abs(*reference.distanceWithout(1, std::vector<float>{10}) - (10 - 14.0 / 3) / deviation) < 1e-6);
}

void TestTrust::tellsUnusualPictures()
{
    RandomStream random(3);
    std::vector<AskedPicture> known, unusual;
    for (int i = 0; i < 200; ++i) {
        const int own = random.below(3);
        AskedPicture picture{own, {0, 0, 0}, {static_cast<float>(own + random.normal(0.1)), 1}};
        picture.logits[static_cast<std::size_t>(own)] = static_cast<float>(random.uniform(4, 9));
        known.push_back(picture);
        AskedPicture other{-1, {static_cast<float>(random.uniform(0, 2)), 0, 0}, {0.5F, 1.2F}};
        unusual.push_back(other);
    }
    const auto study = studyNovelty(known, unusual, 0.95, 1);
    QVERIFY(study.has_value());
    QCOMPARE(study->scores.size(), noveltyScores.size());
    QCOMPARE(study->fitted, 100);
    for (const StudiedScore& score : study->scores) {
        QVERIFY2(score.separation.area > 0.99, toString(score.score).data());
        QVERIFY2(score.separation.coverage > 0.85, toString(score.score).data());
    }
    for (AskedPicture& picture : known)
        picture.output.clear();
    QCOMPARE(studyNovelty(known, {}, 0.95, 1)->scores.size(), noveltyScores.size() - 1);
}

/// A tree's logits are logarithms of probabilities: they add up to 1 whatever a picture shows.
void TestTrust::studiesNoEnergyOfProbabilities()
{
    RandomStream random(3);
    std::vector<AskedPicture> known;
    for (int i = 0; i < 50; ++i) {
        const double share = random.uniform(0.1, 0.9);
        known.push_back({0, {static_cast<float>(std::log(share)), static_cast<float>(std::log1p(-share))}, {}});
    }
    const auto study = studyNovelty(known, known, 0.95, 1);
    QVERIFY(study && !study->scores.empty());
    for (const StudiedScore& score : study->scores)
        QVERIFY(score.score != NoveltyScore::Energy);
}

void TestTrust::mcNemarByHand_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    QTest::addColumn<double>("p");
    QTest::newRow("none") << 0 << 0 << 1.0;
    QTest::newRow("level") << 5 << 5 << 1.0;
    QTest::newRow("one") << 1 << 0 << 1.0;
    QTest::newRow("ten to none") << 10 << 0 << 2.0 / 1024;
    QTest::newRow("none to ten") << 0 << 10 << 2.0 / 1024;
    QTest::newRow("eight to two") << 8 << 2 << 2 * 56.0 / 1024;
}

void TestTrust::mcNemarByHand()
{
    QFETCH(const int, first);
    QFETCH(const int, second);
    QFETCH(const double, p);
    QVERIFY(std::abs(mcNemarP(first, second) - p) < 1e-12);
}

void TestTrust::macroAverageCountsClassesAlike()
{
    QCOMPARE(macroAverage(Evaluation(), 1).classes, 0);
    Evaluation evaluation;
    for (int i = 0; i < 90; ++i)
        evaluation.add({0, 0, 1, 1, 0});
    for (int i = 0; i < 10; ++i)
        evaluation.add({1, i < 5 ? 1 : 0, 1, i < 5 ? 1 : 2, 0});
    const MacroAverage macro = macroAverage(evaluation, 1);
    QCOMPARE(macro.accuracy, 0.75);
    QVERIFY(macro.interval.low < 0.7 && macro.interval.high > 0.8);
}

void TestTrust::keptTrustComesBack()
{
    KeptTrust trust;
    trust.temperature = 1.5;
    trust.score = NoveltyScore::MaxLogit;
    trust.threshold = -4.125;
    std::vector<TrainingNote> notes;
    for (const auto& [key, text] : asMetadata(trust))
        notes.push_back({key, text});
    const KeptTrust back = trustOfModel(notes);
    QCOMPARE(back.temperature, 1.5);
    QVERIFY(back.score == NoveltyScore::MaxLogit);
    QCOMPARE(back.threshold, -4.125);
    QCOMPARE(back.isUnusual(std::vector<float>{4, 0}), std::optional(true));
    QCOMPARE(back.isUnusual(std::vector<float>{5, 0}), std::optional(false));
    KeptTrust energies;
    std::vector<double> values(20);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = -static_cast<double>(i);
    energies.energies = EnergyReference(values);
    QCOMPARE(energies.isUnusual(std::vector<float>{30, 0}), std::optional(false));
    QCOMPARE(energies.isUnusual(std::vector<float>{-1, -1}), std::optional(true));
}

void TestTrust::ignoresBadNotes()
{
    const KeptTrust trust = trustOfModel(std::vector<TrainingNote>{{"calibration_temperature", "-3"},
                                                                   {"novelty_score", "energy"},
                                                                   {"novelty_threshold", "high"},
                                                                   {"validation_energies", "{}"}});
    QCOMPARE(trust.temperature, 1.0);
    QVERIFY(!trust.score);
    QVERIFY(trust.description().empty());
}

void TestTrust::writesPredictions()
{
    ClassTable table;
    table.entries = {{"001.Black_tern", "Chlidonias niger"}, {"=Wren, \"small\"", ""}};
    KeptTrust trust;
    trust.score = NoveltyScore::MaxLogit;
    trust.threshold = -1;
    const PredictionSource source{"Ocellus 9", "m.pth", std::string(64, 'a'), "2026-01-02"};
    const NamedPrediction tern = predictionOf("a,b.jpg", std::vector<float>{std::log(3.0F), 0}, trust);
    QCOMPARE(
        QString::fromStdString(predictionLine(tern, table, source)),
        QString("\"a,b.jpg\",Chlidonias niger,Black tern,Ocellus 9,2026-01-02,unverified,\"machine identification, "
                "probability 75.0 %, second =Wren, \"\"small\"\" 25.0 %; model m.pth, SHA-256 aaaaaaaaaaaa\","
                "0.75,\"'=Wren, \"\"small\"\"\",0.25,no\n"));
    const NamedPrediction odd = predictionOf("c.jpg", std::vector<float>{0, 0.5F}, trust);
    QVERIFY(predictionLine(odd, table, source).ends_with(",yes\n"));
    QCOMPARE(QString::fromStdString(predictionHeader()).count(','), 10);
    const NamedPrediction single = predictionOf("d.jpg", std::vector<float>{2}, {});
    QVERIFY(!single.second && !single.isUnusual && single.probability == 1);
}

QTEST_GUILESS_MAIN(TestTrust)
#include "test_trust.moc"
