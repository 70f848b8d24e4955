// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/causal_curve.h"
#include "core/explain/class_activation.h"
#include "core/explain/finer_score.h"
#include "core/explain/head_importance.h"
#include "core/explain/rise_masks.h"
#include "tests/explain/explained_model.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

void addFiles(const char* prefix)
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles(prefix))
        QTest::newRow((path.parent_path().filename().string() + " " + path.stem().string()).c_str())
            << QString::fromStdString(path.string());
}

/// Against the golden tensor's largest value, as its tolerances are.
QString compared(const char* name, const std::vector<float>& got, const std::vector<float>& expected, double share)
{
    const double difference = largestDifference(got, expected);
    const double allowed = share * largestMagnitude(expected);
    return difference <= allowed ? QString() : QString("%1: %2, at most %3").arg(name).arg(difference).arg(allowed);
}

std::vector<float> maskedInput(const std::vector<float>& values, const std::vector<float>& mask)
{
    std::vector<float> masked(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        masked[i] = values[i] * mask[i % mask.size()];
    return masked;
}

} // namespace

class TestExplainers : public QObject {
    Q_OBJECT

private slots:
    void refusesWithoutModel();
    void refusesUnknownStages();
    void opensTorchvisionsOwnFiles_data();
    void opensTorchvisionsOwnFiles();
    void refusesAnotherFile();
    void stopsPasses();
    void mapsEqualOracle_data();
    void mapsEqualOracle();
    void stagesAgreeWithFiniteDifferences();
    void headsEqualOracle_data();
    void headsEqualOracle();
    void headsOfAClassifierAreRefused();
    void judgesMaskedPicturesAsOracle_data();
    void judgesMaskedPicturesAsOracle();
    void curvesEqualOracle_data();
    void curvesEqualOracle();
};

void TestExplainers::refusesWithoutModel()
{
    Engine engine;
    ModelProbe probe(engine);
    for (const auto& action :
         std::vector<std::function<void()>>{[&] { probe.model(); },
                                            [&] {
                                                probe.logits(std::vector<float>(12), {2, 2});
                                            },
                                            [&] { probe.stage("grid"); }, [&] { probe.trace({}, {}); }})
        QCOMPARE(errorOf(action), std::optional(ErrorCode::BadArgument));
}

void TestExplainers::refusesUnknownStages()
{
    ExplainedModel model(GoldenArrays(goldenFiles("cam-resnet18").front()));
    QString message;
    QCOMPARE(errorOf([&] { model.probe.stage("layer5"); }, &message), std::optional(ErrorCode::BadArgument));
    QVERIFY2(message.contains("grid, layer1, layer2, layer3, layer4"), qPrintable(message));
    QCOMPARE(model.probe.stage("grid").name, std::string("layer4"));
    QCOMPARE(model.probe.stage("layer2").field.stride, 8);
    QCOMPARE(errorOf([&] { model.probe.logits(std::vector<float>(11), {2, 2}); }), std::optional(ErrorCode::Mismatch));
}

void TestExplainers::opensTorchvisionsOwnFiles_data()
{
    QTest::addColumn<QString>("backbone");
    QTest::addColumn<QString>("lastStage");
    QTest::newRow("ResNet") << "resnet18"
                            << "layer4";
    QTest::newRow("MobileNetV2") << "mobilenet_v2"
                                 << "features.18";
}

/// The same numbers as of our own names, from any stage on.
void TestExplainers::opensTorchvisionsOwnFiles()
{
    QFETCH(QString, backbone);
    QFETCH(QString, lastStage);
    const ModelConfig config = plainClassifier(3, backboneKind(backbone.toStdString()));
    const QTemporaryDir folder;
    const std::filesystem::path theirs = folder.filePath("theirs.safetensors").toStdString();
    writeSafetensors(theirs, FormulaSource(torchvisionTensors(config)), DType::Float32);
    ModelInput input{{64, 48}, {64, 48}, std::vector<float>(3 * 64 * 48), {}};
    fillByFormula("image", -2, 2, input.values);
    Engine engine;
    ModelProbe probe(engine);
    engine.open(theirs);
    QCOMPARE(engine.model()->layout, std::string("torchvision"));
    QVERIFY(engine.model()->config == config);
    QCOMPARE(engine.model()->offer.classes, 3);
    QVERIFY(engine.model()->preprocess.has_value());
    const std::vector<float> logits = probe.logits(input.values, input.inputSize);
    QCOMPARE(probe.stages().back().name, lastStage.toStdString());
    for (const BackboneStage& stage : probe.stages()) {
        const auto trace = probe.trace(input, stage);
        QVERIFY2(largestDifference(trace->logits(), logits) < 1e-4, stage.name.c_str());
        QVERIFY(largestMagnitude(trace->gradients(1)) > 0);
    }
}

void TestExplainers::refusesAnotherFile()
{
    ExplainedModel model(GoldenArrays(goldenFiles("cam-resnet18").front()));
    writeSafetensors(model.engine.model()->path, FormulaSource(torchvisionTensors(plainClassifier(4))), DType::Float32);
    QCOMPARE(errorOf([&] { model.probe.trace(model.input, model.probe.stage("grid")); }),
             std::optional(ErrorCode::Mismatch));
}

void TestExplainers::stopsPasses()
{
    ExplainedModel model(GoldenArrays(goldenFiles("cam-intr-small").front()));
    std::stop_source stop;
    const Progress progress(stop.get_token());
    const auto trace = model.probe.trace(model.input, model.probe.stage("layer3"), progress);
    stop.request_stop();
    QCOMPARE(errorOf([&] { trace->gradients(0, progress); }), std::optional(ErrorCode::Cancelled));
    QCOMPARE(errorOf([&] { model.probe.trace(model.input, model.probe.stage("grid"), progress); }),
             std::optional(ErrorCode::Cancelled));
    QCOMPARE(trace->gradients(0).size(), trace->activations().size());
}

void TestExplainers::mapsEqualOracle_data()
{
    addFiles("cam-");
}

void TestExplainers::mapsEqualOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    ExplainedModel model(golden);
    const auto trace = model.probe.trace(model.input, model.probe.stage("grid"));
    const double share = golden.hasMetadata("config") ? 2e-2 : 1e-5;
    const double logits = largestDifference(trace->logits(), golden.floats("logits"));
    QVERIFY2(logits <= 1e-5, qPrintable(QString::number(logits)));
    if (golden.has("features"))
        QVERIFY(largestDifference(trace->activations(), golden.floats("features")) <= 1e-4);
    const auto channels = static_cast<std::size_t>(trace->channels());
    const std::vector<int> labels = golden.metadata("labels");
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::vector<float> gradients = trace->gradients(labels[i]);
        const auto map = [&](CamMethod method, double epsilon) {
            return classActivation(trace->activations(), gradients, channels, method, epsilon);
        };
        for (const QString& wrong :
             {compared("gradcam", map(CamMethod::GradCam, 0), golden.row("gradcam", i), share),
              compared("gradcam_pp", map(CamMethod::GradCamPlusPlus, publicEpsilon), golden.row("gradcam_pp", i),
                       share),
              compared("gradcam_pp_exact", map(CamMethod::GradCamPlusPlus, 0), golden.row("gradcam_pp_exact", i),
                       share),
              compared("hirescam", map(CamMethod::HiResCam, 0), golden.row("hirescam", i), share)})
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("class %1 %2").arg(labels[i]).arg(wrong)));
        if (golden.has("display") && labels[i] == golden.metadata("display_label").get<int>()) {
            const auto shown =
                displayedActivation(map(CamMethod::GradCam, 0), trace->rows(), trace->columns(), model.input.inputSize);
            QVERIFY(largestDifference(shown, golden.floats("display")) <= (share < 1e-3 ? 1e-4 : 2e-2));
        }
    }
    for (const bool through : {true, false}) {
        const FinerScore score = finerScore(trace->logits(), golden.metadata("finer_label"),
                                            {{}, golden.metadata("finer_alpha").get<double>(), through});
        QCOMPARE(score.references, golden.metadata("finer_references").get<std::vector<int>>());
        const std::vector<float> map =
            classActivation(trace->activations(), trace->gradients(score.derivative), channels, CamMethod::GradCam);
        const char* const name = through ? "finer" : "finer_fixed";
        const QString wrong = compared(name, map, golden.floats(name), share);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
}

/// Of a plain classifier, from each stage on: what one step along the gradient changes.
void TestExplainers::stagesAgreeWithFiniteDifferences()
{
    ExplainedModel model(GoldenArrays(goldenFiles("cam-resnet18").front()));
    const std::vector<float> whole = model.probe.logits(model.input.values, model.input.inputSize);
    for (const BackboneStage& stage : model.probe.stages()) {
        const auto trace = model.probe.trace(model.input, stage);
        QCOMPARE(trace->rows(), (model.input.inputSize.height + stage.field.stride - 1) / stage.field.stride);
        QVERIFY(largestDifference(trace->logits(), whole) < 1e-4);
        const std::vector<float> gradients = trace->gradients(3);
        QVERIFY(largestMagnitude(gradients) > 0);
    }
    // From the pixels on the chain rule has no shortcut: all of the backbone takes part.
    BackboneStage pixels;
    pixels.field = {1, 0.5, 1};
    const auto trace = model.probe.trace(model.input, pixels);
    const std::vector<float> gradients = trace->gradients(3);
    double square = 0;
    for (const float gradient : gradients)
        square += static_cast<double>(gradient) * static_cast<double>(gradient);
    const double step = 1e-3 / std::sqrt(square);
    std::vector<float> up = model.input.values;
    std::vector<float> down = up;
    for (std::size_t i = 0; i < up.size(); ++i) {
        up[i] += static_cast<float>(step * static_cast<double>(gradients[i]));
        down[i] -= static_cast<float>(step * static_cast<double>(gradients[i]));
    }
    const double slope = (static_cast<double>(model.probe.logits(up, model.input.inputSize)[3]) -
                          static_cast<double>(model.probe.logits(down, model.input.inputSize)[3])) /
                         (2 * step);
    QVERIFY2(std::abs(slope - square) < 0.02 * square, qPrintable(QString("%1 %2").arg(slope).arg(square)));
}

void TestExplainers::headsEqualOracle_data()
{
    addFiles("heads-");
}

void TestExplainers::headsEqualOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    ExplainedModel model(golden);
    const auto encoding = model.engine.encode(model.input);
    const auto decoding = model.engine.decode(encoding, {});
    for (const HeadRemoval removal : {HeadRemoval::Uniform, HeadRemoval::Zero, HeadRemoval::Rescaled}) {
        const std::string name(toString(removal));
        const auto classes = static_cast<std::size_t>(golden.shape(name)[1]);
        std::vector<int> all(classes);
        std::iota(all.begin(), all.end(), 0);
        const auto importance = headImportance(model.engine, *encoding, *decoding, all, removal);
        std::vector<float> got; // [R, C] as the oracle's
        for (std::size_t head = 0; head < importance.front().size(); ++head)
            for (std::size_t c = 0; c < classes; ++c)
                got.push_back(importance[c][head]);
        const double difference = largestDifference(got, golden.floats(name));
        QVERIFY2(difference <= 2e-5, qPrintable(QString("%1: %2").arg(name.c_str()).arg(difference)));
    }
    const int label = golden.metadata("label");
    const auto trace = model.probe.trace(model.input, model.probe.stage("grid"));
    std::vector<float> attention;
    for (int layer = 0; layer < trace->layers(); ++layer) {
        const std::vector<float> weights = trace->attention(layer, label);
        attention.insert(attention.end(), weights.begin(), weights.end());
    }
    QVERIFY(largestDifference(attention, golden.floats("attention")) <= 2e-5);
    const QString wrong = compared("gradients", trace->attentionGradients(label), golden.floats("gradients"), 2e-2);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestExplainers::headsOfAClassifierAreRefused()
{
    ExplainedModel model(GoldenArrays(goldenFiles("cam-resnet18").front()));
    const auto encoding = model.engine.encode(model.input);
    const auto decoding = model.engine.decode(encoding, {});
    QCOMPARE(errorOf([&] { headImportance(model.engine, *encoding, *decoding, {0}); }),
             std::optional(ErrorCode::Unsupported));
    QCOMPARE(errorOf([] { headRemovalOf("none"); }), std::optional(ErrorCode::BadArgument));
    const auto trace = model.probe.trace(model.input, model.probe.stage("grid"));
    QCOMPARE(trace->layers(), 0);
    QVERIFY(trace->attentionGradients(0).empty());
}

void TestExplainers::judgesMaskedPicturesAsOracle_data()
{
    addFiles("rise-resnet");
}

void TestExplainers::judgesMaskedPicturesAsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    ExplainedModel model(golden);
    const RiseMasks masks(model.input.inputSize,
                          {golden.metadata("grid"), golden.metadata("p1"), golden.metadata("seed")});
    const std::size_t count = golden.metadata("masks");
    for (std::size_t i = 0; i < count; ++i) {
        const double difference = largestDifference(
            model.probe.probabilities(maskedInput(model.input.values, masks.mask(i)), model.input.inputSize),
            golden.row("probabilities", i));
        QVERIFY2(difference <= 1e-6, qPrintable(QString("mask %1: %2").arg(i).arg(difference)));
    }
}

void TestExplainers::curvesEqualOracle_data()
{
    addFiles("causal-");
}

void TestExplainers::curvesEqualOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    ExplainedModel model(golden);
    const Size size = model.input.inputSize;
    const auto whole = model.probe.logits(model.input.values, size);
    const auto best = static_cast<std::size_t>(std::ranges::max_element(whole) - whole.begin());
    QCOMPARE(static_cast<int>(best), golden.metadata("label").get<int>());
    const auto step = [&](const char* name, int standard) {
        return golden.hasMetadata("steps") ? golden.metadata("steps").at(name).get<std::size_t>()
                                           : static_cast<std::size_t>(standard);
    };
    const int stride = golden.hasMetadata("strides") ? golden.metadata("strides").at("strided").get<int>() : 16;
    const std::vector<std::size_t> cells = fallingOrder(golden.floats("cells"));
    const std::map<std::string, PixelGroups> groups{
        {"pixel", groupsByPixel(golden.floats("saliency"), step("pixel", 80))},
        {"ties", groupsByPixel(golden.floats("rough"), step("ties", 777))},
        {"patch", groupsByCell(cells, 4, 5, size, 1)},
        {"three", groupsByCell(cells, 4, 5, size, 3)},
        {"strided", groupsByCell(cells, 4, 5, size, 1, stride)}};
    const JudgeScore judge = [&](std::vector<std::vector<float>> pictures) {
        std::vector<double> scores;
        for (const auto& all : model.probe.probabilitiesOfAll(std::move(pictures), size))
            scores.push_back(static_cast<double>(all[best]));
        return scores;
    };
    for (const auto& [name, group] : groups)
        for (const auto& [mode, substrate] :
             {std::pair{CausalMode::Deletion, Substrate::Zero}, std::pair{CausalMode::Insertion, Substrate::Blur}}) {
            const std::string curve = std::string(toString(mode)) + "." + name;
            const auto got = causalCurve(mode, substrate, model.input.values, size, group, judge);
            const double difference = largestDifference(got, golden.doubles(curve));
            const double area = std::abs(areaUnder(got) - golden.metadata("areas").at(curve).get<double>());
            QVERIFY2(difference <= 1e-5 && area <= 1e-5,
                     qPrintable(QString("%1: %2 %3").arg(curve.c_str()).arg(difference).arg(area)));
        }
}

QTEST_GUILESS_MAIN(TestExplainers)
#include "test_explainers.moc"
