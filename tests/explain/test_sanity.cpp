// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>

#include <QDir>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include "core/analysis/rank_correlation.h"
#include "core/analysis/structural_similarity.h"
#include "core/base/error.h"
#include "core/explain/class_activation.h"
#include "core/explain/randomisation.h"
#include "core/explain/sanity_run.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/prompt_cam/prompt_cam_family.h"
#include "core/model/state_dict.h"
#include "core/model/vit/vit_tensors.h"
#include "tests/explain/explained_model.h"
#include "tests/support/error_of.h"
#include "tests/support/small_vit.h"

using namespace ocellus;

namespace {

std::vector<std::string> names(const std::vector<RandomisationStage>& stages)
{
    std::vector<std::string> all;
    for (const RandomisationStage& stage : stages)
        all.push_back(stage.name);
    return all;
}

/// Grey with a bright square, so that maps have something to show.
SanityPicture squarePicture()
{
    SanityPicture picture{"square", {{128, 96}, std::vector<std::uint8_t>(128 * 96 * 3, 90)}};
    for (std::size_t y = 30; y < 60; ++y)
        for (std::size_t x = 60; x < 100; ++x)
            picture.picture.rgb[(y * 128 + x) * 3] = 250;
    return picture;
}

ModelConfig smallVitModel(HeadKind head, int classes)
{
    ModelConfig config;
    config.vit = smallVit();
    config.vit->classes = classes;
    config.head = head;
    config.queries = 3;
    config.hiddenDim = 16;
    config.heads = 2;
    config.encoderLayers = 1;
    config.decoderLayers = 2;
    config.feedForward = 32;
    config.promptLayers = head == HeadKind::Prompts ? config.vit->depth : 0;
    return config;
}

std::vector<TensorInfo> tensorsOf(const ModelConfig& config)
{
    if (config.head == HeadKind::None)
        return vitTensors(*config.vit);
    return config.head == HeadKind::Prompts ? promptCamTensors(config) : expectedTensors(config);
}

} // namespace

class TestSanity : public QObject {
    Q_OBJECT

private slots:
    void refusesNothingToDo();
    void namesStages_data();
    void namesStages();
    void everyTensorIsInOneStage_data();
    void everyTensorIsInOneStage();
    void everyTensorOfAVitIsInOneStage_data();
    void everyTensorOfAVitIsInOneStage();
    void checksVits_data();
    void checksVits();
    void equalsOracle_data();
    void equalsOracle();
    void reportsEveryStage_data();
    void reportsEveryStage();
    void judgesByTheDecidingStage();
    void joinsChecksOfOneModel();
    void stopsWhenAsked_data();
    void stopsWhenAsked();
};

void TestSanity::refusesNothingToDo()
{
    SanityRun run("nowhere.safetensors", {});
    QCOMPARE(errorOf([&] { run.run({}, {}, {{"mean", {}}}); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { run.run({squarePicture()}, {}, {}); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { run.run({squarePicture()}, {}, {{"mean", {}}}); }), std::optional(ErrorCode::NotFound));
}

void TestSanity::namesStages_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles("sanity-"))
        QTest::newRow((path.parent_path().filename().string() + " " + path.stem().string()).c_str())
            << QString::fromStdString(path.string());
}

void TestSanity::namesStages()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    std::vector<std::string> expected = golden.metadata("stages");
    expected.erase(expected.begin()); // as it is
    QCOMPARE(names(randomisationStages(oracleConfig(golden.metadata("config")))), expected);
}

void TestSanity::everyTensorIsInOneStage_data()
{
    QTest::addColumn<QString>("backbone");
    QTest::addColumn<QString>("head");
    QTest::addColumn<int>("lastStage");
    for (const char* head : {"shared", "per-class", "linear"}) {
        QTest::newRow(qPrintable(QString("resnet50 ") + head)) << "resnet50" << head << 4;
        QTest::newRow(qPrintable(QString("resnet18 to layer3 ") + head)) << "resnet18" << head << 3;
        QTest::newRow(qPrintable(QString("mobilenet ") + head)) << "mobilenet_v2" << head << 4;
    }
}

void TestSanity::everyTensorIsInOneStage()
{
    QFETCH(QString, backbone);
    QFETCH(QString, head);
    QFETCH(int, lastStage);
    ModelConfig config;
    config.backbone = backboneKind(backbone.toStdString());
    config.head = headKind(head.toStdString());
    config.lastStage = lastStage;
    const std::vector<RandomisationStage> stages = randomisationStages(config);
    for (const TensorInfo& tensor : expectedTensors(config)) {
        int found = 0;
        for (const RandomisationStage& stage : stages)
            for (const std::string& prefix : stage.prefixes)
                found += tensor.name.starts_with(prefix) ? 1 : 0;
        QVERIFY2(found == 1, tensor.name.c_str());
    }
    const std::vector<std::string> all = names(stages);
    QVERIFY(std::ranges::find(all, decidingStage(config)) != all.end());
}

void TestSanity::everyTensorOfAVitIsInOneStage_data()
{
    QTest::addColumn<int>("head");
    QTest::addColumn<int>("classes");
    QTest::addColumn<QString>("deciding");
    QTest::newRow("bare") << static_cast<int>(HeadKind::None) << 0 << "blocks.1";
    QTest::newRow("with a head") << static_cast<int>(HeadKind::None) << 5 << "blocks.1";
    QTest::newRow("Prompt-CAM") << static_cast<int>(HeadKind::Prompts) << 0 << "prompts";
    QTest::newRow("INTR") << static_cast<int>(HeadKind::Shared) << 0 << "decoder.0";
    QTest::newRow("INTR-FC") << static_cast<int>(HeadKind::PerClass) << 0 << "decoder.0";
}

void TestSanity::everyTensorOfAVitIsInOneStage()
{
    QFETCH(int, head);
    QFETCH(int, classes);
    QFETCH(QString, deciding);
    const ModelConfig config = smallVitModel(static_cast<HeadKind>(head), classes);
    const std::vector<RandomisationStage> stages = randomisationStages(config);
    for (const TensorInfo& tensor : tensorsOf(config)) {
        int found = 0;
        for (const RandomisationStage& stage : stages)
            for (const std::string& prefix : stage.prefixes)
                found += tensor.name.starts_with(prefix) ? 1 : 0;
        const bool isPosition = tensor.name.ends_with("pos_embed");
        QVERIFY2(found == (isPosition ? 0 : 1), tensor.name.c_str());
    }
    QCOMPARE(QString::fromStdString(decidingStage(config)), deciding);
    const std::vector<std::string> all = names(stages);
    QVERIFY(std::ranges::find(all, decidingStage(config)) != all.end());
    // Nothing of a frozen network is random yet where Prompt-CAM is judged.
    if (config.head == HeadKind::Prompts)
        QCOMPARE(std::vector(all.begin(), all.begin() + 4),
                 (std::vector<std::string>{"head", "norm", "prompts", "blocks.1"}));
}

void TestSanity::checksVits_data()
{
    everyTensorOfAVitIsInOneStage_data();
}

/// What nothing in the temporary files could tell is the trained network's.
void TestSanity::checksVits()
{
    QFETCH(int, head);
    QFETCH(int, classes);
    const ModelConfig config = smallVitModel(static_cast<HeadKind>(head), classes);
    const QTemporaryDir folder;
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "vit.safetensors";
    writeSafetensors(path, FormulaSource(tensorsOf(config)), DType::Float32, {});
    EngineOptions options{.device = "cpu", .threads = 1};
    options.model.heads = 4; // 1 would be assumed
    if (hasDecoder(config))
        options.model.decoderHeads = 2; // and 8 here
    std::vector<SourceText> sources{{"heads", {}}, {"mean", {}}};
    if (config.head != HeadKind::None || classes > 0)
        sources.push_back({"gradcam", {}});
    const PreprocessOptions preprocess = parsePreprocess("fixed:64,half");
    const SanityReport report = SanityRun(path, options).run({squarePicture()}, preprocess, sources);
    QCOMPARE(report.sources.front().stages.size(), randomisationStages(config).size());
    const std::size_t heads = config.head == HeadKind::None || config.head == HeadKind::Prompts ? 4 : 2;
    QCOMPARE(report.sources.size(), heads + sources.size() - 1);
    QVERIFY(verdictOf(report.sources.front(), report.deciding) != SanityVerdict::Untested);
    for (const SanitySource& source : report.sources)
        for (const SanityComparison& stage : source.stages)
            if (!stage.canMove)
                QVERIFY2(stage.spearman > 0.999999, stage.stage.c_str());
}

void TestSanity::equalsOracle_data()
{
    namesStages_data();
}

/// Each stage's network as a checkpoint of its own, as the check itself has it.
void TestSanity::equalsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    const ModelConfig config = oracleConfig(golden.metadata("config"));
    const FormulaSource trained(config);
    const std::vector<RandomisationStage> stages = randomisationStages(config);
    const auto shape = golden.shape("attention");
    const int label = golden.metadata("label");
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("stage.safetensors").toStdString();
    ExplainedModel model(golden);
    std::vector<float> firstAttention;
    std::vector<float> firstMap;
    for (std::size_t stage = 0; stage <= stages.size(); ++stage) {
        writeSafetensors(file, RandomisedSource(trained, std::span(stages).first(stage), golden.metadata("seed")),
                         DType::Float32,
                         {{"nheads", std::to_string(config.heads)}, {"pre_norm", config.preNorm ? "true" : "false"}});
        model.engine.open(file);
        const auto decoding = model.engine.decode(model.engine.encode(model.input), {});
        const std::vector<float> attention = decoding->meanAttention(config.decoderLayers - 1, label);
        const auto trace = model.probe.trace(model.input, model.probe.stage("grid"));
        std::vector<float> map = classActivation(trace->activations(), trace->gradients(label),
                                                 static_cast<std::size_t>(trace->channels()), CamMethod::HiResCam);
        for (float& value : map)
            value = std::max(value, 0.0F);
        if (stage == 0) {
            firstAttention = attention;
            firstMap = map;
        }
        const int rows = static_cast<int>(shape[1]);
        const int columns = static_cast<int>(shape[2]);
        const auto checked = [&](const char* what, double got, double expected, double allowed) {
            return std::abs(got - expected) <= allowed
                       ? QString()
                       : QString("stage %1 %2: %3, expected %4").arg(stage).arg(what).arg(got).arg(expected);
        };
        const std::vector<float> row = golden.row("hirescam", stage);
        const QStringList wrong{
            checked("logits", largestDifference(decoding->logits(), golden.row("logits", stage)), 0, 5e-5),
            checked("attention", largestDifference(attention, golden.row("attention", stage)), 0, 1e-5),
            checked("attention.spearman", rankCorrelation(firstAttention, attention),
                    golden.doubles("attention.spearman")[stage], 1e-4),
            checked("attention.ssim", *structuralSimilarity(firstAttention, attention, rows, columns),
                    golden.doubles("attention.ssim")[stage], 1e-4),
            checked("hirescam", largestDifference(map, row), 0, 2e-2 * largestMagnitude(row)),
            checked("hirescam.spearman", rankCorrelation(firstMap, map), golden.doubles("hirescam.spearman")[stage],
                    2e-2),
            checked("hirescam.ssim", *structuralSimilarity(firstMap, map, rows, columns),
                    golden.doubles("hirescam.ssim")[stage], 2e-2)};
        for (const QString& text : wrong)
            QVERIFY2(text.isEmpty(), qPrintable(text));
    }
}

void TestSanity::reportsEveryStage_data()
{
    QTest::addColumn<QString>("head");
    QTest::newRow("INTR") << "shared";
    QTest::newRow("plain classifier") << "linear";
}

void TestSanity::reportsEveryStage()
{
    QFETCH(QString, head);
    ModelConfig config = smallConfig(4);
    config.backboneWidth = 16;
    config.head = headKind(head.toStdString());
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("model.safetensors").toStdString();
    writeFormulaCheckpoint(file, config);
    std::vector<SourceText> sources{{"gradcam", {{"stage", "layer2"}}}};
    if (config.head == HeadKind::Shared)
        sources.insert(sources.begin(), {"heads", {}});
    SanityRun run(file, {});
    double last = 0;
    const SanityReport report =
        run.run({squarePicture(), squarePicture()}, {96, 128}, sources, {}, [&](double fraction) {
            QVERIFY(fraction > last && fraction < 1);
            last = fraction;
        });
    const std::vector<std::string> expected = names(randomisationStages(config));
    QCOMPARE(report.sources.size(), config.head == HeadKind::Shared ? std::size_t{5} : std::size_t{1});
    for (const SanitySource& source : report.sources) {
        QCOMPARE(source.stages.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const SanityComparison& comparison = source.stages[i];
            QCOMPARE(comparison.stage, expected[i]);
            QVERIFY(comparison.low <= comparison.spearman && comparison.spearman <= comparison.high);
            if (!comparison.canMove)
                QCOMPARE(comparison.spearman, 1.0);
        }
    }
    if (config.head == HeadKind::Shared) {
        QCOMPARE(report.sources[2].label, std::string("head 3"));
        QVERIFY(!report.sources[0].stages[1].canMove && report.sources[0].stages[2].canMove);
        QVERIFY(report.sources[0].stages[2].spearman < 1);
        QVERIFY(report.sources[4].stages[0].canMove);
    }
    QCOMPARE(report.pictures, 2);
}

void TestSanity::judgesByTheDecidingStage()
{
    SanitySource source{"mean", 12, {{"presence_vector", 3, 1, 1, 1, 1.0}, {"decoder.0", 3, 0.1, 0, 0.2, {}}}};
    QVERIFY(verdictOf(source, "decoder.0") == SanityVerdict::Passed);
    QVERIFY(verdictOf(source, "presence_vector") == SanityVerdict::Failed);
    QVERIFY(verdictOf(source, "layer4") == SanityVerdict::Untested);
    source.stages[1].pictures = 0;
    QVERIFY(verdictOf(source, "decoder.0") == SanityVerdict::Untested);
}

void TestSanity::joinsChecksOfOneModel()
{
    const auto source = [](const char* label, double spearman) {
        return SanitySource{label, 9, {{"decoder.0", 3, spearman, spearman, spearman, std::nullopt, true}}};
    };
    const SanityReport earlier{"a", "", "decoder.0", 0, 3, {source("mean", 0.1), source("gradcam", 0.2)}};
    const SanityReport newer{"a", "", "decoder.0", 0, 5, {source("gradcam", 0.6)}};
    for (SanityReport other :
         {SanityReport{"b", "", "decoder.0", 0, 3, {}}, SanityReport{"a", "", "layer4", 0, 3, {}},
          SanityReport{"a", "", "decoder.0", 1, 3, {}}, SanityReport{"a", "8 heads", "decoder.0", 0, 3, {}}}) {
        other.sources = earlier.sources;
        const SanityReport report = joined(newer, other);
        QCOMPARE(report.sources.size(), std::size_t{1});
        QCOMPARE(report.pictures, 5);
    }
    const SanityReport report = joined(newer, earlier);
    QCOMPARE(report.sources.size(), std::size_t{2});
    QCOMPARE(report.sources[0].stages.front().spearman, 0.6); // the newer one
    QCOMPARE(report.sources[1].label, std::string("mean"));
    QCOMPARE(report.pictures, 3);
}

void TestSanity::stopsWhenAsked_data()
{
    QTest::addColumn<int>("stages");
    QTest::addColumn<int>("reports");
    QTest::newRow("before anything") << 0 << 0;
    QTest::newRow("in the trained network's first map") << 0 << 1;
    QTest::newRow("before the first stage is written") << 1 << 0;
    QTest::newRow("as it is opened") << 1 << 1;
    QTest::newRow("among its maps") << 1 << 12;
    QTest::newRow("in a later stage") << 3 << 12;
}

void TestSanity::stopsWhenAsked()
{
    QFETCH(int, stages);
    QFETCH(int, reports);
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("model.safetensors").toStdString();
    ModelConfig config = smallConfig(3);
    config.backboneWidth = 16;
    writeFormulaCheckpoint(file, config);
    const QByteArray before = qgetenv("TMPDIR");
    const auto restore = qScopeGuard([&] { before.isEmpty() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", before); });
    QVERIFY(QDir(folder.path()).mkdir("temporary"));
    qputenv("TMPDIR", folder.filePath("temporary").toUtf8());

    std::stop_source stop;
    int stagesSeen = 0, reportsSeen = 0, reportsAfter = 0;
    const auto stopWhereAsked = [&] {
        if (stagesSeen == stages && reportsSeen == reports)
            stop.request_stop();
    };
    stopWhereAsked();
    const Progress progress(stop.get_token(), [&](Stage, double) {
        reportsAfter += stop.stop_requested() ? 1 : 0;
        ++reportsSeen;
        stopWhereAsked();
    });
    SanityRun run(file, {});
    QCOMPARE(errorOf([&] {
                 run.run({squarePicture(), squarePicture()}, {96, 128}, {{"mean", {}}, {"gradcam", {}}}, progress,
                         [&](double) {
                             ++stagesSeen;
                             reportsSeen = 0;
                             stopWhereAsked();
                         });
             }),
             std::optional(ErrorCode::Cancelled));
    QVERIFY(stop.stop_requested());
    QVERIFY2(reportsAfter <= 1, qPrintable(QString::number(reportsAfter))); // the next one throws
    QCOMPARE(QDir(folder.filePath("temporary")).entryList(QDir::Files | QDir::Hidden), QStringList());
}

QTEST_GUILESS_MAIN(TestSanity)
#include "test_sanity.moc"
