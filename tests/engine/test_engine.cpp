// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/engine/engine.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;

namespace {

constexpr int classCount = 5;

ModelInput makeInput(int width, int height)
{
    ModelInput input;
    input.pictureSize = input.inputSize = {width, height};
    input.values.resize(static_cast<std::size_t>(3 * width * height));
    fillByFormula("image", -2, 2, input.values);
    input.key = contentKey(std::as_bytes(std::span(input.values)), static_cast<std::uint64_t>(width));
    return input;
}

/// A formula model with one value spoilt.
class SpoiltSource : public FormulaSource {
public:
    SpoiltSource(const ModelConfig& config, float value) : FormulaSource(config), m_value(value) {}

    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        FormulaSource::read(tensor, out);
        if (tensor.name == "input_proj.weight")
            out[7] = m_value;
    }

private:
    float m_value;
};

} // namespace

class TestEngine : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_checkpoint = m_folder.filePath("small.safetensors").toStdString();
        writeFormulaCheckpoint(m_checkpoint, smallConfig(classCount),
                               {{"class_names", R"(["Ant", "Bee", "Cat", "Dog", "Emu"])"}});
    }

    void refusesDevices_data()
    {
        QTest::addColumn<QString>("device");
        QTest::newRow("nonsense") << "gpu";
        QTest::newRow("no number") << "cuda:x";
        QTest::newRow("negative") << "cuda:-1";
        QTest::newRow("far too many") << "cuda:99";
        QTest::newRow("empty") << "";
    }

    void refusesDevices()
    {
        QFETCH(const QString, device);
        EngineOptions options;
        options.device = device.toStdString();
        QVERIFY_EXCEPTION_THROWN(Engine{options}, Error);
    }

    void refusesWeightsThatAreNoNumbers_data()
    {
        QTest::addColumn<float>("value");
        QTest::newRow("NaN") << std::numeric_limits<float>::quiet_NaN();
        QTest::newRow("infinite") << std::numeric_limits<float>::infinity();
    }

    void refusesWeightsThatAreNoNumbers()
    {
        QFETCH(const float, value);
        const std::filesystem::path path = m_folder.filePath("spoilt.safetensors").toStdString();
        writeSafetensors(path, SpoiltSource(smallConfig(classCount), value), DType::Float32);
        Engine engine;
        engine.open(m_checkpoint);
        try {
            engine.open(path);
            QFAIL("expected an error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("input_proj.weight: expected finite weights"), error.what());
        }
        QCOMPARE(engine.model()->path, m_checkpoint); // the model before is still there
        QVERIFY(engine.encode(makeInput(64, 64)));
    }

    void needsACheckpointFirst()
    {
        Engine engine;
        QVERIFY(!engine.model());
        QVERIFY_EXCEPTION_THROWN(engine.encode(makeInput(64, 64)), Error);
    }

    void describesTheCheckpoint()
    {
        Engine engine;
        const ModelDescription& model = engine.open(m_checkpoint);
        QVERIFY(model.config == smallConfig(classCount));
        QVERIFY(model.assumed.empty());
        QCOMPARE(model.classNames, (std::vector<std::string>{"Ant", "Bee", "Cat", "Dog", "Emu"}));
        QCOMPARE(model.format, std::string("safetensors"));
        QCOMPARE(model.sha256.size(), std::size_t{64});
        QVERIFY(!model.untrained);
        QCOMPARE(model.field.stride, 32);
    }

    void encodesAndDecodesOnce()
    {
        Engine engine;
        engine.open(m_checkpoint);
        const auto encoding = engine.encode(makeInput(128, 96));
        QCOMPARE(encoding->rows(), 3);
        QCOMPARE(encoding->columns(), 4);
        QCOMPARE(encoding->memory().size(), std::size_t{32 * 12});
        const auto all = engine.decode(encoding, {});
        const auto zero = engine.decode(encoding, {LimitMode::Zero, {1, 3}});
        QCOMPARE(engine.encode(makeInput(128, 96)), encoding);
        QCOMPARE(engine.decode(encoding, {}), all);
        QCOMPARE(engine.decode(encoding, {LimitMode::Zero, {1, 3}}), zero);
        QCOMPARE(engine.counters().encodes, 1);
        QCOMPARE(engine.counters().decodes, 2);
        engine.encode(makeInput(96, 96));
        QCOMPARE(engine.counters().encodes, 2);
    }

    void energyIsTheNormOfTheMemory()
    {
        Engine engine;
        engine.open(m_checkpoint);
        const auto encoding = engine.encode(makeInput(128, 96));
        const std::vector<float> memory = encoding->memory();
        for (std::size_t cell = 0; cell < 12; ++cell) {
            double sum = 0;
            for (std::size_t d = 0; d < 32; ++d)
                sum += static_cast<double>(memory[d * 12 + cell]) * static_cast<double>(memory[d * 12 + cell]);
            QVERIFY(std::abs(std::sqrt(sum) - static_cast<double>(encoding->energy()[cell])) < 1e-4);
        }
    }

    void limitsAgreeWhereTheyMust()
    {
        Engine engine;
        engine.open(m_checkpoint);
        const auto encoding = engine.encode(makeInput(128, 96));
        const auto all = engine.decode(encoding, {});
        const QuerySet everybody{LimitMode::Zero, {4, 3, 2, 1, 0}};
        const auto zero = engine.decode(encoding, everybody);
        const auto drop = engine.decode(encoding, {LimitMode::Drop, everybody.active});
        for (int c = 0; c < classCount; ++c) {
            QVERIFY(std::abs(all->logit(c) - zero->logit(c)) < 1e-5F);
            QVERIFY(std::abs(all->logit(c) - drop->logit(c)) < 1e-5F);
        }
        // A real limit couples the queries differently: the logits move.
        QVERIFY(std::abs(engine.decode(encoding, {LimitMode::Drop, {2}})->logit(2) - all->logit(2)) > 1e-6F);
    }

    void attentionSumsToOne()
    {
        Engine engine;
        engine.open(m_checkpoint);
        const auto decoding = engine.decode(engine.encode(makeInput(160, 128)), {});
        for (int head = 0; head < decoding->extent().heads; ++head) {
            double sum = 0;
            for (const float value : decoding->attention(1, head, 2))
                sum += static_cast<double>(value);
            QVERIFY(std::abs(sum - 1) < 1e-5);
        }
    }

    void stopsBetweenBlocks()
    {
        Engine engine;
        engine.open(m_checkpoint);
        std::stop_source stop;
        const Progress progress(stop.get_token(), [&stop](Stage stage, double fraction) {
            if (stage == Stage::Backbone && fraction > 0.3)
                stop.request_stop();
        });
        try {
            engine.encode(makeInput(128, 128), progress);
            QFAIL("expected Error(Cancelled)");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::Cancelled);
        }
        QCOMPARE(engine.counters().encodes, 0);
        QVERIFY(engine.encode(makeInput(128, 128))); // and goes on
    }

    void takesPicturesOfOnePixel()
    {
        Engine engine;
        engine.open(m_checkpoint);
        const auto encoding = engine.encode(makeInput(1, 1));
        QCOMPARE(encoding->rows() * encoding->columns(), 1);
        QCOMPARE(engine.decode(encoding, {})->attention(0, 0, 0)[0], 1.0F);
    }

    void refusesMoreMapsThanMemoryHolds()
    {
        // Few weights, but 40 layers' maps of 60000 classes.
        ModelConfig config = smallConfig(60'000);
        config.decoderLayers = 40;
        const std::filesystem::path path = m_folder.filePath("wide.safetensors").toStdString();
        writeFormulaCheckpoint(path, config, {});
        Engine engine;
        engine.open(path);
        const auto encoding = engine.encode(makeInput(640, 640));
        try {
            engine.decode(encoding, {});
            QFAIL("expected Error(TooLarge)");
        } catch (const Error& error) {
            QVERIFY2(error.code() == ErrorCode::TooLarge, error.what());
        }
        QVERIFY(engine.decode(encoding, {LimitMode::Drop, {7}})->logits().size() == 1);
    }

    void repeatsItself()
    {
        EngineOptions uncached;
        uncached.encodingCacheBytes = uncached.decodingCacheBytes = 0;
        Engine engine(uncached);
        engine.open(m_checkpoint);
        const auto first = engine.decode(engine.encode(makeInput(160, 128)), {});
        const auto second = engine.decode(engine.encode(makeInput(160, 128)), {});
        QCOMPARE(engine.counters().encodes, 2);
        QCOMPARE(first->logits(), second->logits());
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_checkpoint;
};

QTEST_GUILESS_MAIN(TestEngine)
#include "test_engine.moc"
