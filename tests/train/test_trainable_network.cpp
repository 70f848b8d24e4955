// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/torch_training_headers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <QTest>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/model/formula_source.h"
#include "core/model/intr/intr.h"
#include "core/model/state_dict.h"
#include "core/train/network/initial_weights.h"
#include "core/train/network/named_tensor_source.h"
#include "core/train/network/padding_mask.h"
#include "core/train/network/pretrained_weights.h"
#include "core/train/network/trainable_network.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

ModelConfig smallConfig()
{
    ModelConfig config;
    config.backbone = BackboneKind::ResNet18;
    config.backboneWidth = 8;
    config.lastStage = 3;
    config.hiddenDim = 16;
    config.heads = 2;
    config.encoderLayers = 1;
    config.decoderLayers = 2;
    config.feedForward = 24;
    config.queries = 5;
    return config;
}

/// Tensors that a test made, under names of its own.
class MadeSource : public TensorSource {
public:
    explicit MadeSource(std::map<std::string, at::Tensor> values) : m_values(std::move(values))
    {
        for (const auto& [name, tensor] : m_values)
            m_tensors.push_back({name, DType::Float32, tensor.sizes().vec()});
    }
    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        const at::Tensor values = m_values.at(tensor.name).contiguous();
        std::copy_n(values.data_ptr<float>(), out.size(), out.begin());
    }

private:
    std::map<std::string, at::Tensor> m_values;
    std::vector<TensorInfo> m_tensors;
};

std::map<std::string, at::Tensor> formulaState(const ModelConfig& config)
{
    const FormulaSource source(config);
    std::map<std::string, at::Tensor> state;
    for (const TensorInfo& tensor : source.tensors()) {
        const at::Tensor values = at::empty(tensor.shape, at::kFloat);
        source.read(tensor, {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
        state.emplace(tensor.name, values);
    }
    return state;
}

/// DETR's form: 100 queries of its own, detection heads, no presence vector.
std::map<std::string, at::Tensor> detrState(const ModelConfig& config, std::int64_t queries)
{
    std::map<std::string, at::Tensor> state = formulaState(config);
    state.erase("presence_vector.weight");
    state.erase("presence_vector.bias");
    state["query_embed.weight"] = at::arange(queries * config.hiddenDim, at::kFloat).view({queries, config.hiddenDim});
    state["class_embed.weight"] = at::ones({92, config.hiddenDim});
    state["bbox_embed.layers.0.weight"] = at::ones({config.hiddenDim, config.hiddenDim});
    return state;
}

at::Tensor valueOf(const TrainableNetwork& network, const std::string& name)
{
    for (const auto& [key, tensor] : network.state())
        if (key == name)
            return tensor.detach();
    return {};
}

at::Tensor formulaPixels(std::int64_t batch, std::int64_t height, std::int64_t width)
{
    at::Tensor pixels = at::empty({batch, 3, height, width}, at::kFloat);
    fillByFormula("image", -2, 2, {pixels.data_ptr<float>(), static_cast<std::size_t>(pixels.numel())});
    return pixels;
}

} // namespace

class TestTrainableNetwork : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatDoesNotFit();
    void refusesAnotherBackbone_data();
    void refusesAnotherBackbone();
    void refusesAnotherTransformer();
    void holdsTheReleasedTensors_data();
    void holdsTheReleasedTensors();
    void trainsWhatDetrTrains();
    void masksWhatNearestInterpolationMasks();
    void leavesHeadsOutInTrainingOnly();
    void agreesWithInference_data();
    void agreesWithInference();
    void seesNothingOfThePadding();
    void countsTheBatchOnlyInTraining();
    void freezesForTheLastEpochs();
    void drawsTheSameFromTheSameSeed();
    void takesABackboneFromTorchvision();
    void startsFromDetr_data();
    void startsFromDetr();
    void comesBackFromItsOwnState();
};

void TestTrainableNetwork::refusesWhatDoesNotFit()
{
    const ModelConfig config = smallConfig();
    QCOMPARE(errorOf([&] { TrainableNetwork(config, 1.0, BatchNormMode::Frozen); }), ErrorCode::BadArgument);
    QCOMPARE(errorOf([&] { TrainableNetwork(config, {0, 1.0}, BatchNormMode::Frozen); }), ErrorCode::BadArgument);
    TrainableNetwork network(config, 0, BatchNormMode::Frozen);
    const at::Tensor pixels = at::zeros({2, 3, 64, 64});
    QCOMPARE(errorOf([&] { network.forward(pixels, {{64, 64}}); }), ErrorCode::Mismatch);
    QCOMPARE(errorOf([&] { network.forward(pixels, {{64, 64}, {65, 64}}); }), ErrorCode::Mismatch);
    QCOMPARE(errorOf([&] { network.forward(pixels, {{64, 64}, {64, 0}}); }), ErrorCode::Mismatch);
    QCOMPARE(errorOf([&] { network.setBatchNorm(BatchNormMode::Train); }), ErrorCode::BadArgument);
    ModelConfig learned = config;
    learned.position = PositionKind::Learned;
    TrainableNetwork small(learned, 0, BatchNormMode::Frozen);
    QCOMPARE(errorOf([&] { small.classify(at::zeros({1, 32, 4, 51}), {}); }), ErrorCode::TooLarge);
}

void TestTrainableNetwork::refusesAnotherBackbone_data()
{
    QTest::addColumn<QString>("removed");
    QTest::addColumn<QString>("added");
    QTest::addColumn<QString>("named");
    QTest::newRow("missing") << "backbone.0.body.layer2.0.conv1.weight"
                             << ""
                             << "no such tensor";
    QTest::newRow("other shape") << "backbone.0.body.conv1.weight"
                                 << "backbone.0.body.conv1.weight"
                                 << "expected [8, 3, 7, 7], got [2, 2]";
    QTest::newRow("deeper") << ""
                            << "backbone.0.body.layer3.7.conv1.weight"
                            << "layer3.7.conv1.weight";
}

void TestTrainableNetwork::refusesAnotherBackbone()
{
    QFETCH(const QString, removed);
    QFETCH(const QString, added);
    QFETCH(const QString, named);
    std::map<std::string, at::Tensor> state = formulaState(smallConfig());
    state.erase(removed.toStdString());
    if (!added.isEmpty())
        state[added.toStdString()] = at::ones({2, 2});
    TrainableNetwork network(smallConfig(), 0, BatchNormMode::Frozen);
    const MadeSource source(state);
    try {
        loadBackbone(network, source);
        QFAIL("accepted");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::Mismatch);
        QVERIFY2(QString(error.what()).contains(named), error.what());
    }
}

void TestTrainableNetwork::refusesAnotherTransformer()
{
    const ModelConfig config = smallConfig();
    ModelConfig deeper = config;
    deeper.encoderLayers = 2;
    ModelConfig wider = config;
    wider.hiddenDim = 32;
    TrainableNetwork network(config, 0, BatchNormMode::Frozen);
    for (const ModelConfig& other : {deeper, wider})
        QCOMPARE(errorOf([&] { loadFinetune(network, MadeSource(detrState(other, 7)), 1); }), ErrorCode::Mismatch);
    TrainableNetwork deep(deeper, 0, BatchNormMode::Frozen);
    QCOMPARE(errorOf([&] { loadFinetune(deep, MadeSource(detrState(config, 7)), 1); }), ErrorCode::Mismatch);
    QCOMPARE(errorOf([&] { loadState(deep, FormulaSource(config)); }), ErrorCode::Mismatch);
}

void TestTrainableNetwork::holdsTheReleasedTensors_data()
{
    QTest::addColumn<ModelConfig>("config");
    QTest::addColumn<bool>("trainedNorms");
    ModelConfig config = smallConfig();
    QTest::newRow("small") << config << false;
    QTest::newRow("trained batch norms") << config << true;
    config.preNorm = true;
    config.position = PositionKind::Learned;
    QTest::newRow("pre-norm, learned position") << config << false;
    config.head = HeadKind::PerClass;
    config.backbone = BackboneKind::MobileNetV2;
    config.backboneWidth = 64;
    config.lastStage = 4;
    QTest::newRow("MobileNetV2, a vector a class") << config << true;
    config.head = HeadKind::Linear;
    config.dilation = true;
    QTest::newRow("classifier") << config << false;
    ModelConfig deep = smallConfig();
    deep.backbone = BackboneKind::ResNet50;
    deep.lastStage = 4;
    QTest::newRow("ResNet-50") << deep << false;
}

void TestTrainableNetwork::holdsTheReleasedTensors()
{
    QFETCH(const ModelConfig, config);
    QFETCH(const bool, trainedNorms);
    const TrainableNetwork network(config, 0.1, trainedNorms ? BatchNormMode::Train : BatchNormMode::Frozen);
    const NamedTensorSource source(network.state());
    const std::vector<TensorInfo> expected = expectedTensors(config);
    QCOMPARE(source.tensors().size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(source.tensors()[i].name, expected[i].name);
        QCOMPARE(source.tensors()[i].shape, expected[i].shape);
    }
}

void TestTrainableNetwork::trainsWhatDetrTrains()
{
    const auto begins = [](const TrainableNetwork::NamedTensors& tensors, const char* prefix) {
        return std::ranges::any_of(tensors, [prefix](const auto& entry) { return entry.first.starts_with(prefix); });
    };
    TrainableNetwork frozen(smallConfig(), 0, BatchNormMode::Frozen);
    QVERIFY(!begins(frozen.backboneParameters(), "backbone.0.body.conv1."));
    QVERIFY(!begins(frozen.backboneParameters(), "backbone.0.body.layer1."));
    QCOMPARE(frozen.backboneParameters().front().first, std::string("backbone.0.body.layer2.0.conv1.weight"));
    QVERIFY(!begins(frozen.headParameters(), "backbone."));
    QCOMPARE(frozen.headParameters().back().first, std::string("input_proj.bias"));
    const TrainableNetwork trained(smallConfig(), 0, BatchNormMode::Train);
    QCOMPARE(trained.backboneParameters().front().first, std::string("backbone.0.body.conv1.weight"));
    QVERIFY(begins(trained.backboneParameters(), "backbone.0.body.bn1.bias"));
    ModelConfig mobile = smallConfig();
    mobile.backbone = BackboneKind::MobileNetV2;
    mobile.backboneWidth = 64;
    mobile.lastStage = 4;
    QVERIFY(begins(TrainableNetwork(mobile, 0, BatchNormMode::Frozen).backboneParameters(),
                   "backbone.0.body.features.0.0.weight"));
    frozen.freezeBackbone();
    QVERIFY(frozen.backboneParameters().empty());
    QVERIFY(!frozen.features(formulaPixels(1, 48, 48)).requires_grad());
}

/// Expected cells by torch.nn.functional.interpolate.
void TestTrainableNetwork::masksWhatNearestInterpolationMasks()
{
    const at::Tensor mask = paddingMask({{130, 97}, {90, 128}, {1, 1}}, {130, 128}, 4, 5);
    QCOMPARE(mask.sizes().vec(), (std::vector<std::int64_t>{3, 4, 5}));
    // Rows begin at pixels 0, 32, 64, 96; columns at 0, 26, 52, 78, 104.
    QCOMPARE(mask[0].sum().item<int>(), 0);
    QVERIFY(mask[1].select(1, 4).all().item<bool>());
    QCOMPARE(mask[1].sum().item<int>(), 4);
    QCOMPARE(mask[2].sum().item<int>(), 19);
    QVERIFY(!mask[2][0][0].item<bool>());
    QVERIFY(!paddingMask({{64, 64}, {64, 64}}, {64, 64}, 2, 2).defined());
}

void TestTrainableNetwork::agreesWithInference_data()
{
    QTest::addColumn<ModelConfig>("config");
    ModelConfig config = smallConfig();
    QTest::newRow("post-norm") << config;
    config.preNorm = true;
    config.position = PositionKind::Learned;
    QTest::newRow("pre-norm, learned position") << config;
}

void TestTrainableNetwork::leavesHeadsOutInTrainingOnly()
{
    const ModelConfig config = smallConfig();
    TrainableNetwork network(config, {0, 0.5}, BatchNormMode::Frozen);
    loadState(network, FormulaSource(config));
    const at::Tensor pixels = formulaPixels(2, 70, 90);
    const auto logits = [&](std::uint64_t seed) {
        torch::manual_seed(seed);
        return network.forward(pixels, {{90, 70}, {90, 70}});
    };
    network.train();
    QVERIFY(logits(1).equal(logits(1)));
    QVERIFY(!logits(1).equal(logits(2)));
    network.eval();
    QVERIFY(logits(1).equal(logits(2)));
}

void TestTrainableNetwork::agreesWithInference()
{
    QFETCH(const ModelConfig, config);
    const FormulaSource source(config);
    TrainableNetwork network(config, 0.1, BatchNormMode::Train);
    loadState(network, source);
    network.eval();
    const at::Tensor pixels = formulaPixels(2, 70, 90);
    const at::Tensor logits = network.forward(pixels, {{90, 70}, {90, 70}});
    const Intr intr(config, source, Compute{}, Progress{});
    for (std::int64_t i = 0; i < 2; ++i) {
        const Intr::Memory memory = intr.encode(pixels.slice(0, i, i + 1).clone(), Progress{});
        Intr::Queries queries;
        queries.classes = {0, 1, 2, 3, 4};
        queries.logits = {{0, 1, 2, 3, 4}, {0, 1, 2, 3, 4}};
        const at::Tensor expected = intr.decode(memory.projection, queries, Progress{}).logits;
        QVERIFY((logits[i] - expected).abs().max().item<double>() < 1e-5);
    }
}

void TestTrainableNetwork::seesNothingOfThePadding()
{
    ModelConfig config = smallConfig();
    for (const HeadKind head : {HeadKind::Shared, HeadKind::Linear}) {
        config.head = head;
        TrainableNetwork network(config, 0, BatchNormMode::Frozen);
        initialise(network, 3);
        const at::Tensor features = at::randn({1, 32, 4, 5});
        at::Tensor padded = at::randn({2, 32, 6, 7});
        at::Tensor mask = at::zeros({2, 6, 7}, at::kBool);
        padded[0].slice(1, 0, 4).slice(2, 0, 5).copy_(features[0]);
        mask[0].fill_(true).slice(0, 0, 4).slice(1, 0, 5).fill_(false);
        const at::Tensor alone = network.classify(features, {});
        const at::Tensor beside = network.classify(padded, mask);
        QVERIFY((alone[0] - beside[0]).abs().max().item<double>() < 1e-5);
    }
}

void TestTrainableNetwork::countsTheBatchOnlyInTraining()
{
    const std::string name = "backbone.0.body.bn1.running_mean";
    TrainableNetwork network(smallConfig(), 0, BatchNormMode::Train);
    initialise(network, 1);
    const at::Tensor pixels = formulaPixels(2, 48, 48) + 1;
    network.eval();
    network.features(pixels);
    QVERIFY(valueOf(network, name).eq(0).all().item<bool>());
    network.train();
    network.features(pixels);
    QVERIFY(!valueOf(network, name).eq(0).any().item<bool>());
}

void TestTrainableNetwork::freezesForTheLastEpochs()
{
    TrainableNetwork network(smallConfig(), 0, BatchNormMode::Train);
    initialise(network, 1);
    const at::Tensor pixels = formulaPixels(2, 48, 48);
    network.features(pixels);
    network.setBatchNorm(BatchNormMode::Frozen);
    const NamedTensorSource source(network.state());
    const at::Tensor before = valueOf(network, "backbone.0.body.bn1.running_mean").clone();
    const at::Tensor training = network.features(pixels);
    training.sum().backward();
    network.eval();
    QVERIFY(at::equal(training, network.features(pixels)));
    QVERIFY(at::equal(before, valueOf(network, "backbone.0.body.bn1.running_mean")));
    for (const auto& [name, tensor] : network.backboneParameters())
        QVERIFY2(name.find("conv") != std::string::npos || name.ends_with("downsample.0.weight"), name.c_str());
    QCOMPARE(network.backboneParameters().front().first, std::string("backbone.0.body.conv1.weight"));
}

void TestTrainableNetwork::drawsTheSameFromTheSameSeed()
{
    TrainableNetwork first(smallConfig(), 0, BatchNormMode::Frozen);
    TrainableNetwork second(smallConfig(), 0, BatchNormMode::Frozen);
    initialise(first, 5);
    initialise(second, 5);
    for (const auto& [name, tensor] : first.state())
        QVERIFY2(at::equal(tensor, valueOf(second, name)), name.c_str());
    const at::Tensor matrix = valueOf(first, "transformer.encoder.layers.0.self_attn.in_proj_weight");
    const double bound = std::sqrt(6.0 / (16 + 48));
    QVERIFY(matrix.abs().max().item<double>() <= bound);
    QVERIFY(matrix.abs().max().item<double>() > 0.9 * bound);
    const double deviation = valueOf(first, "backbone.0.body.layer3.1.conv2.weight").std().item<double>();
    QVERIFY(std::abs(deviation / std::sqrt(2.0 / (32 * 9)) - 1) < 0.05);
    initialise(second, 6);
    QVERIFY(!at::equal(matrix, valueOf(second, "transformer.encoder.layers.0.self_attn.in_proj_weight")));
}

void TestTrainableNetwork::takesABackboneFromTorchvision()
{
    const std::string prefix = "backbone.0.body.";
    std::map<std::string, at::Tensor> state;
    for (const auto& [name, tensor] : formulaState(smallConfig()))
        if (name.starts_with(prefix))
            state.emplace(name.substr(prefix.size()), tensor);
    state["fc.weight"] = at::ones({1000, 64});
    state["bn1.num_batches_tracked"] = at::ones({});
    state["layer4.0.conv1.weight"] = at::ones({64, 32, 3, 3});
    TrainableNetwork network(smallConfig(), 0, BatchNormMode::Frozen);
    const at::Tensor queries = valueOf(network, "query_embed.weight").clone();
    loadBackbone(network, MadeSource(state));
    for (const auto& [name, tensor] : network.state())
        if (name.starts_with(prefix))
            QVERIFY2(at::equal(tensor, state.at(name.substr(prefix.size()))), name.c_str());
    QVERIFY(at::equal(queries, valueOf(network, "query_embed.weight")));
}

void TestTrainableNetwork::startsFromDetr_data()
{
    QTest::addColumn<int>("stored");
    QTest::newRow("more queries than classes") << 7;
    QTest::newRow("fewer queries than classes") << 2;
}

void TestTrainableNetwork::startsFromDetr()
{
    QFETCH(const int, stored);
    const std::map<std::string, at::Tensor> state = detrState(smallConfig(), stored);
    TrainableNetwork network(smallConfig(), 0, BatchNormMode::Frozen);
    loadFinetune(network, MadeSource(state), 1);
    for (const auto& [name, tensor] : network.state())
        if (name.starts_with("transformer.") || name.starts_with("backbone.") || name.starts_with("input_proj."))
            QVERIFY2(at::equal(tensor, state.at(name)), name.c_str());
    const at::Tensor& theirs = state.at("query_embed.weight");
    const at::Tensor queries = valueOf(network, "query_embed.weight");
    const std::int64_t kept = std::min<std::int64_t>(stored, queries.size(0));
    QVERIFY(at::equal(queries.slice(0, 0, kept), theirs.slice(0, 0, kept)));
    for (std::int64_t row = kept; row < queries.size(0); ++row) {
        const double noise = (queries[row] - theirs[row % stored]).std().item<double>();
        QVERIFY(noise > 0.03 && noise < 0.3);
    }
    QVERIFY(valueOf(network, "presence_vector.weight").abs().max().item<double>() <= std::sqrt(6.0 / 17));
    QCOMPARE(valueOf(network, "presence_vector.bias").item<float>(), 0.0F);
}

void TestTrainableNetwork::comesBackFromItsOwnState()
{
    TrainableNetwork first(smallConfig(), 0.1, BatchNormMode::Train);
    TrainableNetwork second(smallConfig(), 0.1, BatchNormMode::Train);
    initialise(first, 1);
    initialise(second, 2);
    loadState(second, NamedTensorSource(first.state()));
    for (const auto& [name, tensor] : first.state())
        QVERIFY2(at::equal(tensor, valueOf(second, name)), name.c_str());
}

QTEST_GUILESS_MAIN(TestTrainableNetwork)
#include "test_trainable_network.moc"
