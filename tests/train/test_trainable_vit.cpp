// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <QTest>

#include "core/base/error.h"
#include "core/model/convolution.h"
#include "core/model/formula_source.h"
#include "core/model/intr/intr_family.h"
#include "core/model/model.h"
#include "core/model/model_family.h"
#include "core/model/prompt_cam/prompt_cam_family.h"
#include "core/model/state_dict.h"
#include "core/model/vit/vit_tensors.h"
#include "core/train/network/initial_weights.h"
#include "core/train/network/named_tensor_source.h"
#include "core/train/network/pretrained_weights.h"
#include "core/train/network/trainable_network.h"
#include "core/train/network/trainable_vit_readout.h"
#include "core/train/network/vit_state_names.h"
#include "tests/support/error_of.h"
#include "tests/support/memory_source.h"
#include "tests/support/small_vit.h"

using namespace ocellus;

namespace {

constexpr int classes = 5;

ModelConfig withHead(HeadKind head, const VitConfig& vit)
{
    ModelConfig config;
    config.vit = vit;
    config.head = head;
    config.queries = classes;
    if (head == HeadKind::None)
        config.vit->classes = classes;
    if (head == HeadKind::Prompts)
        config.promptLayers = vit.depth;
    if (head == HeadKind::None || head == HeadKind::Prompts)
        return config;
    config.hiddenDim = 16;
    config.heads = 2;
    config.encoderLayers = 0;
    config.decoderLayers = 2;
    config.feedForward = 24;
    return config;
}

/// What a file of this network holds, under released names or ours.
std::vector<TensorInfo> tensorsOf(const ModelConfig& config)
{
    if (config.head == HeadKind::Prompts)
        return promptCamTensors(config);
    return config.head == HeadKind::None ? vitTensors(*config.vit) : expectedTensors(config);
}

DeclaredArgs declaredBy(const ModelConfig& config)
{
    const VitConfig& vit = *config.vit;
    DeclaredArgs args;
    args.heads = config.heads;
    args.preNorm = config.preNorm;
    args.vit = {vit.heads, vit.resampling, vit.activation, vit.eps};
    return args;
}

struct Opened {
    const ModelFamily* family = nullptr;
    RecognisedModel model;
};

Opened recognised(const TensorSource& source, const ModelConfig& config)
{
    for (const ModelFamily& family : modelFamilies())
        if (auto model = family.recognise(source, declaredBy(config)))
            return {&family, std::move(*model)};
    return {};
}

at::Tensor formulaPixels(std::int64_t batch, std::int64_t height, std::int64_t width)
{
    at::Tensor pixels = at::empty({batch, 3, height, width}, at::kFloat);
    fillByFormula("image", -2, 2, {pixels.data_ptr<float>(), static_cast<std::size_t>(pixels.numel())});
    return pixels;
}

/// Inference's logits, one picture after the other.
at::Tensor inferred(const TensorSource& source, const ModelConfig& config, const at::Tensor& pixels)
{
    const Opened opened = recognised(source, config);
    const TensorSource& own = opened.model.renamed ? *opened.model.renamed : source;
    const auto model = opened.family->load(opened.model.config, own, Compute(), {});
    std::vector<at::Tensor> all;
    for (std::int64_t i = 0; i < pixels.size(0); ++i) {
        const Model::Decoded decoded = model->decode(*model->encode(pixels.slice(0, i, i + 1), {}), {}, {});
        all.push_back(at::tensor(decoded.arrays.logits, at::kFloat));
    }
    return at::stack(all);
}

double largestDifference(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

TrainableNetwork::NamedTensors clonesOf(const TrainableNetwork& network)
{
    TrainableNetwork::NamedTensors clones;
    for (const auto& [name, tensor] : network.state())
        clones.emplace_back(name, tensor.detach().clone());
    return clones;
}

} // namespace

Q_DECLARE_METATYPE(ocellus::ModelConfig)

/// Vision Transformers with gradients: the same logits as inference has, slopes that differences confirm, and files
/// that other programs and our own loader read.
class TestTrainableVit : public QObject {
    Q_OBJECT

private slots:
    void refusesConstantPromptsOfOthers_data();
    void refusesConstantPromptsOfOthers();
    void refusesPicturesOfSeveralSizes();
    void refusesAnotherBackbone_data();
    void refusesAnotherBackbone();
    void agreesWithInference_data();
    void agreesWithInference();
    void givesTheSameFromItsFeatures_data();
    void givesTheSameFromItsFeatures();
    void hasSlopesThatDifferencesConfirm_data();
    void hasSlopesThatDifferencesConfirm();
    void comesBackFromReleasedNames_data();
    void comesBackFromReleasedNames();
    void keepsConstantWhatIsFrozen();
    void fitsPositionsToAnotherGrid();
    void drawsTheSameFromTheSameSeed();
};

void TestTrainableVit::refusesConstantPromptsOfOthers_data()
{
    QTest::addColumn<ModelConfig>("config");
    QTest::addColumn<int>("fixed");
    QTest::newRow("all of them") << withHead(HeadKind::Prompts, smallVit()) << 2;
    QTest::newRow("fewer than none") << withHead(HeadKind::Prompts, smallVit()) << -1;
    ModelConfig shallow = withHead(HeadKind::Prompts, smallVit());
    shallow.promptLayers = 1;
    QTest::newRow("of prompts that are carried along") << shallow << 1;
    QTest::newRow("without prompts") << withHead(HeadKind::None, smallVit()) << 1;
}

void TestTrainableVit::refusesConstantPromptsOfOthers()
{
    QFETCH(const ModelConfig, config);
    QFETCH(const int, fixed);
    QCOMPARE(errorOf([&] { TrainableNetwork(config, 0, BatchNormMode::Frozen, fixed); }), ErrorCode::BadArgument);
}

void TestTrainableVit::refusesPicturesOfSeveralSizes()
{
    TrainableNetwork network(withHead(HeadKind::Prompts, smallVit()), 0, BatchNormMode::Frozen);
    QString message;
    QCOMPARE(errorOf(
                 [&] {
                     network.forward(formulaPixels(2, 64, 64), {{64, 64}, {64, 48}});
                 },
                 &message),
             ErrorCode::Mismatch);
    QVERIFY2(message.contains("one size"), qPrintable(message));
    QCOMPARE(errorOf([&] { network.forward(formulaPixels(1, 8, 64), {{64, 8}}); }), ErrorCode::BadArgument);
}

void TestTrainableVit::refusesAnotherBackbone_data()
{
    QTest::addColumn<ModelConfig>("theirs");
    QTest::addColumn<QString>("says");
    VitConfig other = smallVit();
    other.width = 64;
    QTest::newRow("wider") << withHead(HeadKind::None, other) << "expected";
    other = smallVit();
    other.depth = 3;
    QTest::newRow("deeper") << withHead(HeadKind::None, other) << "blocks.2";
    other = smallVit();
    other.layerScale = true;
    QTest::newRow("with a layer scale") << withHead(HeadKind::None, other) << "gamma";
    ModelConfig convolutional;
    convolutional.backbone = BackboneKind::ResNet18;
    convolutional.backboneWidth = 8;
    QTest::newRow("convolutional") << convolutional << "expected a Vision Transformer";
}

void TestTrainableVit::refusesAnotherBackbone()
{
    QFETCH(const ModelConfig, theirs);
    QFETCH(const QString, says);
    TrainableNetwork network(withHead(HeadKind::Prompts, smallVit()), 0, BatchNormMode::Frozen);
    const FormulaSource file(theirs.vit ? tensorsOf(theirs) : expectedTensors(theirs));
    QString message;
    QCOMPARE(errorOf([&] { loadBackbone(network, file); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestTrainableVit::agreesWithInference_data()
{
    QTest::addColumn<ModelConfig>("config");
    QTest::addColumn<int>("side");
    const VitConfig small = smallVit();
    QTest::newRow("INTR") << withHead(HeadKind::Shared, small) << 64;
    QTest::newRow("INTR-FC") << withHead(HeadKind::PerClass, small) << 64;
    ModelConfig encoder = withHead(HeadKind::Shared, small);
    encoder.encoderLayers = 1;
    QTest::newRow("INTR with an encoder layer") << encoder << 80;
    QTest::newRow("Prompt-CAM") << withHead(HeadKind::Prompts, small) << 64;
    ModelConfig shallow = withHead(HeadKind::Prompts, small);
    shallow.promptLayers = 1;
    QTest::newRow("Prompt-CAM, shallow") << shallow << 64;
    QTest::newRow("linear") << withHead(HeadKind::None, small) << 64;
    VitConfig dinov2 = small;
    dinov2.layerScale = true;
    dinov2.resampling = PositionResampling::Dino;
    QTest::newRow("DINOv2 at another size") << withHead(HeadKind::Prompts, dinov2) << 96;
    VitConfig registers = dinov2;
    registers.registers = 4;
    registers.resampling = PositionResampling::Timm;
    registers.activation = VitActivation::SwiGlu;
    QTest::newRow("registers, SwiGLU") << withHead(HeadKind::Prompts, registers) << 96;
    VitConfig merged = registers;
    merged.prefixHasPosition = false;
    QTest::newRow("[CLS] without a position") << withHead(HeadKind::None, merged) << 96;
    VitConfig clip = small;
    clip.normBefore = true;
    clip.patchBias = false;
    clip.activation = VitActivation::QuickGelu;
    clip.eps = 1e-5;
    QTest::newRow("CLIP") << withHead(HeadKind::Shared, clip) << 64;
    VitConfig distilled = small;
    distilled.distillation = distilled.distilledHead = true;
    distilled.qkvBias = false;
    distilled.resampling = PositionResampling::Plain;
    QTest::newRow("distilled, two heads") << withHead(HeadKind::None, distilled) << 48;
}

void TestTrainableVit::agreesWithInference()
{
    QFETCH(const ModelConfig, config);
    QFETCH(const int, side);
    const FormulaSource file(tensorsOf(config));
    TrainableNetwork network(config, 0.1, BatchNormMode::Frozen);
    loadState(network, file);
    network.eval();
    const at::Tensor pixels = formulaPixels(2, side, side);
    const at::Tensor logits = network.forward(pixels, {{side, side}, {side, side}}).detach();
    const double difference = largestDifference(logits, inferred(file, config, pixels));
    QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
}

void TestTrainableVit::givesTheSameFromItsFeatures_data()
{
    QTest::addColumn<ModelConfig>("config");
    QTest::addColumn<int>("fixed");
    QTest::addColumn<QList<int>>("shape"); // of the features of two pictures
    QTest::newRow("INTR") << withHead(HeadKind::Shared, smallVit()) << 0 << QList<int>{2, 32, 4, 4};
    QTest::newRow("linear") << withHead(HeadKind::None, smallVit()) << 0 << QList<int>{2, 32, 1, 1};
    QTest::newRow("Prompt-CAM") << withHead(HeadKind::Prompts, smallVit()) << 0 << QList<int>{2, 32, 1, 17};
    QTest::newRow("Prompt-CAM, first prompts constant")
        << withHead(HeadKind::Prompts, smallVit()) << 1 << QList<int>{2, 32, 1, 17};
}

void TestTrainableVit::givesTheSameFromItsFeatures()
{
    QFETCH(const ModelConfig, config);
    QFETCH(const int, fixed);
    QFETCH(const QList<int>, shape);
    const FormulaSource file(tensorsOf(config));
    TrainableNetwork network(config, 0, BatchNormMode::Frozen, fixed);
    loadState(network, file);
    network.eval();
    const at::Tensor pixels = formulaPixels(2, 64, 64);
    const at::Tensor features = network.features(pixels).detach();
    for (int axis = 0; axis < 4; ++axis)
        QCOMPARE(static_cast<int>(features.size(axis)), shape[axis]);
    QVERIFY(largestDifference(network.classify(features, {}).detach(), inferred(file, config, pixels)) < 1e-4);
}

void TestTrainableVit::hasSlopesThatDifferencesConfirm_data()
{
    QTest::addColumn<ModelConfig>("config");
    VitConfig vit = smallVit();
    vit.layerScale = true;
    vit.registers = 2;
    QTest::newRow("Prompt-CAM") << withHead(HeadKind::Prompts, vit);
    QTest::newRow("INTR") << withHead(HeadKind::Shared, vit);
    QTest::newRow("linear") << withHead(HeadKind::None, vit);
}

/// Central differences in double precision, of an element of every parameter.
void TestTrainableVit::hasSlopesThatDifferencesConfirm()
{
    QFETCH(const ModelConfig, config);
    TrainableNetwork network(config, 0, BatchNormMode::Frozen);
    loadState(network, FormulaSource(tensorsOf(config)));
    network.eval();
    network.to(at::kDouble);
    const at::Tensor pixels = formulaPixels(2, 80, 80).to(at::kDouble);
    const at::Tensor weights = at::arange(2 * classes, at::kDouble).view({2, classes}).sin();
    const auto loss = [&] { return (network.forward(pixels, {{80, 80}, {80, 80}}) * weights).sum(); };
    loss().backward();
    const at::NoGradGuard values;
    int checked = 0;
    for (const auto& item : network.named_parameters()) {
        if (!item.value().grad().defined())
            continue;
        const at::Tensor flat = item.value().view(-1);
        const std::int64_t place = flat.size(0) / 3;
        constexpr double step = 1e-5;
        const auto moved = [&](double by) {
            flat[place].add_(by);
            const double value = loss().item<double>();
            flat[place].sub_(by);
            return value;
        };
        const double difference = (moved(step) - moved(-step)) / (2 * step);
        const double slope = item.value().grad().reshape(-1)[place].item<double>();
        QVERIFY2(std::abs(difference - slope) < 1e-6 + 1e-5 * std::abs(slope),
                 qPrintable(QString("%1: %2 and %3").arg(item.key().c_str()).arg(slope).arg(difference)));
        ++checked;
    }
    QVERIFY(checked > 20);
}

void TestTrainableVit::comesBackFromReleasedNames_data()
{
    QTest::addColumn<ModelConfig>("config");
    QTest::addColumn<int>("fixed");
    QTest::addColumn<QString>("holds");
    QTest::addColumn<QString>("family");
    const VitConfig vit = smallVit();
    QTest::newRow("INTR") << withHead(HeadKind::Shared, vit) << 0 << "query_transform.weight"
                          << "intr-vit";
    QTest::newRow("INTR-FC") << withHead(HeadKind::PerClass, vit) << 0 << "query_classifiers.4.bias"
                             << "intr-vit";
    ModelConfig encoder = withHead(HeadKind::Shared, vit);
    encoder.encoderLayers = 1;
    QTest::newRow("INTR with an encoder layer") << encoder << 0 << "backbone.0.body.cls_token"
                                                << "intr-vit";
    QTest::newRow("Prompt-CAM") << withHead(HeadKind::Prompts, vit) << 0 << "vpt.prompt_embeddings"
                                << "prompt-cam";
    QTest::newRow("Prompt-CAM, first prompts constant")
        << withHead(HeadKind::Prompts, vit) << 1 << "blocks.1.mlp.fc2.weight"
        << "prompt-cam";
    QTest::newRow("linear") << withHead(HeadKind::None, vit) << 0 << "head.weight"
                            << "vit";
}

void TestTrainableVit::comesBackFromReleasedNames()
{
    QFETCH(const ModelConfig, config);
    QFETCH(const int, fixed);
    QFETCH(const QString, holds);
    QFETCH(const QString, family);
    TrainableNetwork network(config, 0, BatchNormMode::Frozen, fixed);
    initialise(network, 3);
    const NamedTensorSource file(releasedState(network));
    QVERIFY(file.find(holds.toStdString()));
    const Opened opened = recognised(file, config);
    QVERIFY(opened.family);
    QCOMPARE(std::string(opened.family->name), family.toStdString());
    QVERIFY(opened.model.config == config);
    QVERIFY(opened.model.assumed.empty());
    checkTensors(opened.family->tensors(config), opened.model.renamed ? *opened.model.renamed : file);
    TrainableNetwork again(config, 0, BatchNormMode::Frozen, fixed);
    loadState(again, file);
    const auto expected = network.state();
    const auto got = again.state();
    QCOMPARE(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i)
        QVERIFY2(got[i].second.equal(expected[i].second), got[i].first.c_str());
}

void TestTrainableVit::keepsConstantWhatIsFrozen()
{
    TrainableNetwork network(withHead(HeadKind::Prompts, smallVit()), 0, BatchNormMode::Frozen, 1);
    initialise(network, 1);
    network.freezeBackbone();
    QVERIFY(network.backboneParameters().empty());
    const auto trained = network.headParameters();
    QCOMPARE(trained.size(), std::size_t{3}); // the last block's prompts, and the vector with its bias
    QVERIFY(!network.features(formulaPixels(1, 64, 64)).requires_grad());
    const auto before = clonesOf(network);
    network.forward(formulaPixels(2, 64, 64), {{64, 64}, {64, 64}}).sum().backward();
    {
        const at::NoGradGuard values;
        for (const auto& [name, tensor] : trained)
            at::Tensor(tensor).sub_(tensor.grad());
    }
    const auto after = network.state();
    for (std::size_t i = 0; i < after.size(); ++i) {
        const std::string& name = after[i].first;
        const bool isTrained = name == "readout.vpt.prompt_embeddings" || name.starts_with("readout.head.");
        QVERIFY2(after[i].second.equal(before[i].second) != isTrained, name.c_str());
    }
}

/// A network that is trained at one size only keeps the positions of that size: as resampling made them.
void TestTrainableVit::fitsPositionsToAnotherGrid()
{
    VitConfig stored = smallVit();
    stored.resampling = PositionResampling::Dino;
    ModelConfig config = withHead(HeadKind::None, stored);
    const FormulaSource file(vitTensors(*config.vit));
    const at::Tensor pixels = formulaPixels(1, 96, 96);
    TrainableNetwork resampling(config, 0, BatchNormMode::Frozen);
    loadBackbone(resampling, file);
    config.vit->grid = 6;
    TrainableNetwork fitted(config, 0, BatchNormMode::Frozen);
    loadBackbone(fitted, file);
    QVERIFY(largestDifference(fitted.features(pixels).detach(), resampling.features(pixels).detach()) < 1e-5);
}

void TestTrainableVit::drawsTheSameFromTheSameSeed()
{
    const ModelConfig config = withHead(HeadKind::Prompts, smallVit());
    TrainableNetwork a(config, 0, BatchNormMode::Frozen);
    TrainableNetwork b(config, 0, BatchNormMode::Frozen);
    initialise(a, 5);
    initialise(b, 5);
    for (std::size_t i = 0; i < a.state().size(); ++i)
        QVERIFY(a.state()[i].second.equal(b.state()[i].second));
    initialise(b, 6);
    QVERIFY(!a.readout()->allPrompts().equal(b.readout()->allPrompts()));
    QVERIFY(a.readout()->allPrompts().abs().max().item<double>() < 0.09); // sqrt(6 / (3 * 16 * 16 + 32))
}

QTEST_GUILESS_MAIN(TestTrainableVit)
#include "test_trainable_vit.moc"
