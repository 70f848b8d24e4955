// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>

#include <QTest>

#include "core/base/error.h"
#include "core/model/formula_source.h"
#include "core/model/infer_config.h"
#include "core/model/state_dict.h"

using namespace ocellus;

namespace {

/// Names and shapes to be bent; its values are never asked for.
class ShapesOnly : public TensorSource {
public:
    explicit ShapesOnly(std::vector<TensorInfo> tensors) : m_tensors(std::move(tensors))
    {
        std::ranges::sort(m_tensors, {}, &TensorInfo::name);
    }

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo&, std::span<float>) const override { throw Error(ErrorCode::Internal, {}, "no values"); }

private:
    std::vector<TensorInfo> m_tensors;
};

using Tensors = std::vector<TensorInfo>;
using Change = std::function<void(Tensors&)>;

TensorInfo& named(Tensors& tensors, std::string_view name)
{
    return *std::ranges::find(tensors, name, &TensorInfo::name);
}

void rename(Tensors& tensors, std::string_view from, const std::string& to)
{
    for (TensorInfo& tensor : tensors)
        if (const auto at = tensor.name.find(from); at != std::string::npos)
            tensor.name.replace(at, from.size(), to);
}

void eraseNamed(Tensors& tensors, std::string_view part)
{
    std::erase_if(tensors, [part](const TensorInfo& tensor) { return tensor.name.find(part) != std::string::npos; });
}

ModelConfig mobilenet()
{
    ModelConfig config;
    config.backbone = BackboneKind::MobileNetV2;
    return config;
}

ModelConfig linear()
{
    ModelConfig config;
    config.backbone = BackboneKind::ResNet18;
    config.head = HeadKind::Linear;
    config.queries = 7;
    return config;
}

const std::string lastConvolution = "backbone.0.body.layer4.2.conv3.weight";

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(ModelConfig)

class TestInferConfig : public QObject {
    Q_OBJECT

private slots:
    void namesWhatIsWrong_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, Change change, const char* message) {
            QTest::newRow(name) << std::move(change) << message;
        };
        row(
            "nothing", [](Tensors& t) { t.clear(); }, "no tensor");
        row(
            "DETR", [](Tensors& t) { rename(t, "presence_vector", "class_embed"); }, "DETR");
        row(
            "ResNet",
            [](Tensors& t) {
                t = {{"conv1.weight", DType::Float32, {64, 3, 7, 7}},
                     {"layer1.0.conv1.weight", DType::Float32, {64, 64, 1, 1}}};
            },
            "bare ResNet");
        row(
            "ViT",
            [](Tensors& t) {
                t = {{"patch_embed.proj.weight", DType::Float32, {8, 3, 16, 16}}};
            },
            "ViT");
        row(
            "something",
            [](Tensors& t) {
                t = {{"weight", DType::Float32, {1}}};
            },
            "the first weight");
        row(
            "other backbone", [](Tensors& t) { rename(t, "body.conv1", "body.stem"); }, "expected a ResNet backbone");
        row(
            "other blocks", [](Tensors& t) { rename(t, "layer3.5.", "layer3.9."); }, "10 bottlenecks");
        row(
            "scalar query_embed", [](Tensors& t) { named(t, "query_embed.weight").shape = {}; },
            "expected 2 dimensions");
        row(
            "huge query_embed",
            [](Tensors& t) {
                named(t, "query_embed.weight").shape = {1LL << 40, 256};
            },
            "1000000");
        row(
            "no classes",
            [](Tensors& t) {
                named(t, "query_embed.weight").shape = {0, 256};
            },
            "expected extents from 1");
        row(
            "a presence vector for some classes",
            [](Tensors& t) {
                named(t, "presence_vector.weight").shape = {199, 256};
            },
            "expected one shared vector or one for each of 200 classes, got [199, 256]");
        row(
            "presence vectors for more classes than there are",
            [](Tensors& t) {
                named(t, "presence_vector.weight").shape = {201, 256};
            },
            "or one for each of 200 classes");
        row(
            "presence vectors without their biases",
            [](Tensors& t) {
                named(t, "presence_vector.weight").shape = {200, 256};
            },
            "presence_vector.bias: expected [200], got [1]");
        row(
            "presence vector of another width",
            [](Tensors& t) {
                named(t, "presence_vector.weight").shape = {1, 255};
            },
            "presence_vector.weight: expected [1, 256]");
        row(
            "layer4 cut off, its projection not", [](Tensors& t) { eraseNamed(t, "body.layer4."); },
            "input_proj.weight: expected [256, 1024, 1, 1], got [256, 2048, 1, 1]");
        row(
            "half of layer3", [](Tensors& t) { eraseNamed(t, "body.layer3.5."); }, "5 bottlenecks");
        row(
            "stem of another width",
            [](Tensors& t) {
                named(t, "backbone.0.body.conv1.weight").shape = {32, 3, 7, 7};
            },
            "expected [32], got [64]");
        row(
            "stem beyond belief",
            [](Tensors& t) {
                named(t, "backbone.0.body.conv1.weight").shape = {2048, 3, 7, 7};
            },
            "expected 1 to 1024 channels");
        row(
            "MobileNet with a block missing",
            [](Tensors& t) {
                t = expectedTensors(mobilenet());
                eraseNamed(t, "features.9.");
            },
            "features.9.conv.0.0.weight: expected [384, 64, 1, 1], got no such tensor");
        row(
            "MobileNet of another width",
            [](Tensors& t) {
                t = expectedTensors(mobilenet());
                named(t, "backbone.0.body.features.0.0.weight").shape = {16, 3, 3, 3};
            },
            "features.0.0.weight: expected [32, 3, 3, 3]");
        row(
            "bare MobileNet",
            [](Tensors& t) {
                t = {{"features.18.0.weight", DType::Float32, {1280, 320, 1, 1}}};
            },
            "bare MobileNet");
        row(
            "classifier with another backbone's features",
            [](Tensors& t) {
                t = expectedTensors(linear());
                named(t, "fc.weight").shape = {7, 2048};
            },
            "fc.weight: expected [7, 512], got [7, 2048]");
        row(
            "classifier with a Transformer's rest",
            [](Tensors& t) {
                t = expectedTensors(linear());
                t.push_back({"transformer.decoder.norm.weight", DType::Float32, {256}});
            },
            "transformer.decoder.norm.weight: expected no such tensor");
        row(
            "classifier without a backbone",
            [](Tensors& t) {
                t = {{"fc.weight", DType::Float32, {7, 512}}, {"fc.bias", DType::Float32, {7}}};
            },
            "the first fc.bias");
        row(
            "odd width",
            [](Tensors& t) {
                named(t, "query_embed.weight").shape = {200, 250};
            },
            "divisor of hidden_dim 250");
        row(
            "missing", [](Tensors& t) { std::erase_if(t, [](auto& x) { return x.name == lastConvolution; }); },
            "layer4.2.conv3.weight: expected [2048, 512, 1, 1], got no such tensor");
        row(
            "wrong shape",
            [](Tensors& t) {
                named(t, lastConvolution).shape = {2048, 256, 1, 1};
            },
            "layer4.2.conv3.weight: expected [2048, 512, 1, 1], got [2048, 256, 1, 1]");
        row(
            "integer weights", [](Tensors& t) { named(t, lastConvolution).dtype = DType::Int8; }, "got int8");
        row(
            "one too many",
            [](Tensors& t) {
                t.push_back({"extra.weight", DType::Float32, {1}});
            },
            "extra.weight");
        row(
            "layer left out", [](Tensors& t) { rename(t, "decoder.layers.5", "decoder.layers.7"); },
            "decoder.layers.5");
        row(
            "layer number beyond belief",
            [](Tensors& t) {
                t.push_back({"transformer.decoder.layers.99999999999.linear1.bias", DType::Float32, {1}});
            },
            "layers.99999999999");
    }

    void namesWhatIsWrong()
    {
        QFETCH(const Change, change);
        QFETCH(const QString, message);
        Tensors tensors = expectedTensors({});
        change(tensors);
        const ShapesOnly source(tensors);
        try {
            checkStateDict(inferConfig(source, {}).config, source);
            QFAIL("expected an error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(message), error.what());
        }
    }

    void refusesContradictoryArgs_data()
    {
        QTest::addColumn<int>("heads");
        QTest::addColumn<bool>("preNorm");
        QTest::addColumn<QString>("backbone");
        QTest::newRow("heads") << 7 << false << "resnet50";
        QTest::newRow("no heads") << 0 << false << "resnet50";
        QTest::newRow("pre-norm") << 8 << true << "resnet50";
        QTest::newRow("backbone") << 8 << false << "resnet34";
    }

    void refusesContradictoryArgs()
    {
        QFETCH(const int, heads);
        QFETCH(const bool, preNorm);
        QFETCH(const QString, backbone);
        const ShapesOnly source(expectedTensors({}));
        QVERIFY_EXCEPTION_THROWN(inferConfig(source, {heads, false, preNorm, backbone.toStdString()}), Error);
    }

    void refusesArgsOfAnotherForm()
    {
        const ShapesOnly mobile(expectedTensors(mobilenet()));
        QVERIFY_EXCEPTION_THROWN(inferConfig(mobile, {8, false, false, "resnet50"}), Error);
        const ShapesOnly classifier(expectedTensors(linear()));
        QVERIFY_EXCEPTION_THROWN(inferConfig(classifier, {8, false, false, "mobilenet_v2"}), Error);
        ModelConfig stage = mobilenet();
        stage.lastStage = 3;
        QVERIFY_EXCEPTION_THROWN(validate(stage), Error);
        for (const int none : {1, 0, 5}) {
            ModelConfig other;
            other.lastStage = none;
            QVERIFY_EXCEPTION_THROWN(validate(other), Error);
        }
        ModelConfig dilated;
        dilated.lastStage = 3;
        dilated.dilation = true;
        QVERIFY_EXCEPTION_THROWN(validate(dilated), Error);
    }

    void readsEveryFormBack_data()
    {
        QTest::addColumn<ModelConfig>("config");
        QTest::addColumn<QStringList>("assumed");
        const auto row = [](const char* name, const std::function<void(ModelConfig&)>& change, QStringList assumed) {
            ModelConfig config;
            change(config);
            QTest::newRow(name) << config << assumed;
        };
        using enum BackboneKind;
        row("mobilenet", [](ModelConfig& c) { c.backbone = MobileNetV2; }, {"dilation"});
        row("layer3", [](ModelConfig& c) { c.lastStage = 3; }, {});
        row("layer2", [](ModelConfig& c) { c = {ResNet18, 24, 2}; }, {});
        row("layer2 of bottlenecks", [](ModelConfig& c) { c.lastStage = 2; }, {});
        row("layer2 of more bottlenecks, which args alone tell", [](ModelConfig& c) { c = {ResNet101, 64, 2}; }, {});
        row("linear on layer2", [](ModelConfig& c) { (c = linear()).lastStage = 2; }, {});
        row("half width", [](ModelConfig& c) { c.backboneWidth = 32; }, {"dilation"});
        row("narrow layer3", [](ModelConfig& c) { c = {ResNet18, 16, 3}; }, {});
        row("one channel", [](ModelConfig& c) { c = {ResNet18, 1}; }, {});
        row("per class", [](ModelConfig& c) { c.head = HeadKind::PerClass; }, {"dilation"});
        row("linear", [](ModelConfig& c) { c = linear(); }, {});
        row("linear of one class", [](ModelConfig& c) { (c = linear()).queries = 1; }, {});
        row("linear on layer3", [](ModelConfig& c) { (c = linear()).lastStage = 3; }, {});
        row("linear mobilenet", [](ModelConfig& c) { (c = linear()).backbone = MobileNetV2; }, {"dilation"});
    }

    void readsEveryFormBack()
    {
        QFETCH(const ModelConfig, config);
        QFETCH(const QStringList, assumed);
        const ShapesOnly source(expectedTensors(config));
        const InferredConfig inferred =
            inferConfig(source, {8, std::nullopt, std::nullopt, std::string(toString(config.backbone))});
        QVERIFY(inferred.config == config);
        QStringList got;
        for (const std::string& name : inferred.assumed)
            got << QString::fromStdString(name);
        QCOMPARE(got, assumed);
        checkStateDict(config, source);
    }

    void readsEveryArchitectureBack_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("learned");
        QTest::addColumn<bool>("preNorm");
        QTest::newRow("resnet18") << static_cast<int>(BackboneKind::ResNet18) << false << false;
        QTest::newRow("resnet34 learned") << static_cast<int>(BackboneKind::ResNet34) << true << false;
        QTest::newRow("resnet50 pre-norm") << static_cast<int>(BackboneKind::ResNet50) << false << true;
        QTest::newRow("resnet101 both") << static_cast<int>(BackboneKind::ResNet101) << true << true;
    }

    void readsEveryArchitectureBack()
    {
        QFETCH(const int, kind);
        QFETCH(const bool, learned);
        QFETCH(const bool, preNorm);
        ModelConfig config;
        config.backbone = static_cast<BackboneKind>(kind);
        config.position = learned ? PositionKind::Learned : PositionKind::Sine;
        config.preNorm = preNorm;
        config.hiddenDim = 64;
        config.heads = 16;
        config.encoderLayers = 0;
        config.decoderLayers = 11;
        config.feedForward = 96;
        config.queries = 1;
        const ShapesOnly source(expectedTensors(config));
        const InferredConfig inferred = inferConfig(source, {16, std::nullopt, std::nullopt, std::nullopt});
        QVERIFY(inferred.config == config);
        QCOMPARE(inferred.assumed,
                 hasBottlenecks(config.backbone) ? std::vector<std::string>{"dilation"} : std::vector<std::string>{});
        checkStateDict(config, source);
    }

    void toleratesWhatTrainingLeavesBehind()
    {
        Tensors tensors = expectedTensors({});
        tensors.push_back({"backbone.0.body.bn1.num_batches_tracked", DType::Int64, {}});
        tensors.push_back({"backbone.0.body.fc.weight", DType::Float32, {1000, 2048}});
        const ShapesOnly source(tensors);
        const InferredConfig inferred = inferConfig(source, {});
        checkStateDict(inferred.config, source);
        QCOMPARE(inferred.assumed, (std::vector<std::string>{"nheads", "dilation"}));
    }
};

QTEST_GUILESS_MAIN(TestInferConfig)
#include "test_infer_config.moc"
