// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <future>
#include <limits>
#include <optional>
#include <thread>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/engine/engine.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "tests/support/error_of.h"
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

/// A form on a backbone that is quick to write and to run.
ModelConfig tiny(HeadKind head)
{
    ModelConfig config = smallConfig(classCount);
    config.backboneWidth = 16;
    config.head = head;
    return config;
}

/// The same picture with the pixels of a square turned into their negatives.
ModelInput edited(ModelInput input, int x0, int y0, int side)
{
    const auto [width, height] = input.inputSize;
    for (int channel = 0; channel < 3; ++channel)
        for (int y = y0; y < y0 + side; ++y)
            for (int x = x0; x < x0 + side; ++x) {
                float& value = input.values[static_cast<std::size_t>((channel * height + y) * width + x)];
                value = -value;
            }
    input.key = contentKey(std::as_bytes(std::span(input.values)), static_cast<std::uint64_t>(width));
    return input;
}

EngineOptions uncached()
{
    EngineOptions options;
    options.encodingCacheBytes = options.decodingCacheBytes = 0;
    return options;
}

EngineOptions following()
{
    EngineOptions options = uncached();
    options.followEdits = true;
    return options;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    double largest = a.size() == b.size() ? 0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return largest;
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

    /// Pictures that nobody looks at must not push out the one that somebody does.
    void logitsAloneAreNotKept()
    {
        EngineOptions options;
        Engine engine(options);
        engine.open(m_checkpoint);
        const auto shown = engine.encode(makeInput(128, 96));
        const auto decoding = engine.decode(shown, {});
        QCOMPARE(engine.logits(makeInput(128, 96)), decoding->logits()); // taken from the caches
        QCOMPARE(engine.counters().encodes, 1);
        const std::vector<float> other = engine.logits(makeInput(96, 96));
        QCOMPARE(engine.logits(makeInput(96, 96)), other);
        QCOMPARE(engine.counters().encodes, 3);
        QCOMPARE(engine.counters().decodes, 3);

        options.encodingCacheBytes = shown->bytes();
        options.decodingCacheBytes = decoding->bytes();
        Engine small(options);
        small.open(m_checkpoint);
        const auto kept = small.encode(makeInput(128, 96));
        small.decode(kept, {});
        small.logits(makeInput(96, 96));
        QCOMPARE(small.encode(makeInput(128, 96)), kept);
        small.decode(kept, {});
        QCOMPARE(small.counters().encodes, 2);
        QCOMPARE(small.counters().decodes, 2);
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

    void passesImpossibleImageSizesOver_data()
    {
        QTest::addColumn<QByteArray>("size");
        for (const char* size : {"", "fixed:0", "fixed:99999", "800:10", "224", "large"})
            QTest::newRow(size) << QByteArray(size);
    }

    void passesImpossibleImageSizesOver()
    {
        QFETCH(const QByteArray, size);
        const std::filesystem::path path = m_folder.filePath("size.safetensors").toStdString();
        writeFormulaCheckpoint(path, tiny(HeadKind::Linear), {{"image_size", size.toStdString()}});
        Engine engine;
        const ModelDescription& model = engine.open(path);
        QVERIFY(!model.preprocess);
        QCOMPARE(model.remarks.size(), 1u);
        QVERIFY2(model.remarks.front().find("image_size") != std::string::npos, model.remarks.front().c_str());
    }

    void refusesBeforeTheWeightsAreRead()
    {
        const std::filesystem::path path = m_folder.filePath("linear.safetensors").toStdString();
        writeFormulaCheckpoint(path, tiny(HeadKind::Linear));
        Engine engine;
        engine.open(m_checkpoint);
        bool weightsWereRead = false;
        const Progress progress({}, [&](Stage stage, double) { weightsWereRead |= stage == Stage::Load; });
        QString message;
        QCOMPARE(errorOf([&] { engine.open(path, progress, requireMaps); }, &message), ErrorCode::Unsupported);
        QVERIFY2(message.contains("plain classifier"), qPrintable(message));
        QVERIFY(!weightsWereRead);
        QCOMPARE(engine.model()->path, m_checkpoint);
        requireMaps(*engine.model());
    }

    void tellsWhatTheTrainingWrote()
    {
        const std::filesystem::path path = m_folder.filePath("notes.safetensors").toStdString();
        writeFormulaCheckpoint(path, tiny(HeadKind::Linear),
                               {{"image_size", "fixed:64"},
                                {"acc@1", "91.5"},
                                {"training_command", "ocellus-cli train --head linear"},
                                {"data_hash", std::string(5000, 'f')}});
        Engine engine;
        const ModelDescription& model = engine.open(path);
        QVERIFY(model.preprocess == (PreprocessOptions{800, 1333, 64}));
        QVERIFY(model.training == (std::vector<TrainingNote>{{"training_command", "ocellus-cli train --head linear"},
                                                             {"acc@1", "91.5"}}));
        QVERIFY(!engine.open(m_checkpoint).preprocess);
    }

    void plainClassifierHasLogitsAndNoMaps()
    {
        const std::filesystem::path path = m_folder.filePath("linear.safetensors").toStdString();
        writeFormulaCheckpoint(path, tiny(HeadKind::Linear));
        Engine engine;
        engine.open(path);
        const auto encoding = engine.encode(makeInput(128, 96));
        QCOMPARE(encoding->memory().size(), std::size_t{128}); // resnet18 of width 16
        const auto decoding = engine.decode(encoding, {});
        QCOMPARE(decoding->logits().size(), std::size_t{classCount});
        QCOMPARE(decoding->ranking().size(), std::size_t{classCount});
        QVERIFY(decoding->hasClass(classCount - 1));
        QCOMPARE(decoding->extent().layers, 0);
        QVERIFY(decoding->output(0).empty());
        QVERIFY_EXCEPTION_THROWN(decoding->attention(0, 0, 0), Error);
        QVERIFY_EXCEPTION_THROWN(decoding->meanAttention(0, 0), Error);
        QCOMPARE(errorOf([&] { engine.decode(encoding, {LimitMode::Zero, {1}}); }), ErrorCode::BadArgument);
        QCOMPARE(errorOf([&] { engine.decode(encoding, {LimitMode::Drop, {1}}); }), ErrorCode::BadArgument);
        QCOMPARE(engine.decode(encoding, {}), decoding);
    }

    /// The limit's own arithmetic, without the oracle: a zeroed class's logit is its own weights' with the one output
    /// that all zero queries share.
    void perClassHeadKeepsEachClassItsOwnWeights()
    {
        const std::filesystem::path path = m_folder.filePath("per-class.safetensors").toStdString();
        const ModelConfig config = tiny(HeadKind::PerClass);
        writeFormulaCheckpoint(path, config);
        const FormulaSource source(config);
        std::vector<float> weight(classCount * 32);
        std::vector<float> bias(classCount);
        source.read(*source.find("presence_vector.weight"), weight);
        source.read(*source.find("presence_vector.bias"), bias);
        Engine engine;
        engine.open(path);
        const auto encoding = engine.encode(makeInput(128, 96));
        for (const QuerySet& set : {QuerySet{}, QuerySet{LimitMode::Zero, {3, 1}}, QuerySet{LimitMode::Drop, {4, 0, 2}},
                                    QuerySet{LimitMode::Zero, {4, 2, 0, 1, 3}}}) {
            const auto decoding = engine.decode(encoding, set);
            for (const int c : decoding->classes()) {
                const auto row = static_cast<std::size_t>(c);
                double logit = static_cast<double>(bias[row]);
                for (std::size_t d = 0; d < 32; ++d)
                    logit += static_cast<double>(weight[row * 32 + d]) * static_cast<double>(decoding->output(c)[d]);
                QVERIFY(std::abs(logit - static_cast<double>(decoding->logit(c))) < 1e-5);
            }
        }
        const auto zero = engine.decode(encoding, {LimitMode::Zero, {3, 1}});
        QVERIFY(std::ranges::equal(zero->output(0), zero->output(2)));
        QVERIFY(zero->logit(0) != zero->logit(2));
    }

    void takesPicturesOfOnePixel()
    {
        Engine engine;
        engine.open(m_checkpoint);
        const auto encoding = engine.encode(makeInput(1, 1));
        QCOMPARE(encoding->rows() * encoding->columns(), 1);
        QCOMPARE(engine.decode(encoding, {})->attention(0, 0, 0)[0], 1.0F);
    }

    /// All maps of it would be 0.9 GB.
    void holdsNoMapsOfThousandsOfClasses()
    {
        ModelConfig config = smallConfig(3'000);
        config.backboneWidth = 16;
        config.decoderLayers = 24;
        const std::filesystem::path path = m_folder.filePath("wide.safetensors").toStdString();
        writeFormulaCheckpoint(path, config, {});
        Engine engine;
        engine.open(path);
        const auto encoding = engine.encode(makeInput(640, 640));
        const std::shared_ptr<const Decoding> decoding = engine.decode(encoding, {LimitMode::Zero, {7, 2'999}});
        QCOMPARE(decoding->extent().queries, 3);
        QVERIFY(decoding->bytes() < 10'000'000);
        QCOMPARE(decoding->attention(23, 3, 2'999).size(), std::size_t{400});
        QVERIFY(decoding->attention(23, 3, 1'000) == decoding->attention(23, 3, 0));
    }

    /// Of more queries and cells than the decoder takes at once: blocks are joined to what the whole would be.
    void blocksAreSeamless()
    {
        ModelConfig config = smallConfig(2'100);
        config.backboneWidth = 16;
        const std::filesystem::path path = m_folder.filePath("blocks.safetensors").toStdString();
        writeFormulaCheckpoint(path, config, {});
        Engine engine(uncached());
        engine.open(path);
        const auto encoding = engine.encode(makeInput(1'088, 1'088)); // 34 x 34 cells
        const auto all = engine.decode(encoding, {});
        // The same sums in another order, so in other blocks.
        QuerySet turned{LimitMode::Drop, {}};
        for (int c = 2'099; c >= 0; --c)
            turned.active.push_back(c);
        const auto drop = engine.decode(encoding, turned);
        for (int c = 0; c < 2'100; ++c)
            QVERIFY(std::abs(all->logit(c) - drop->logit(c)) < 1e-4F);
        QVERIFY(largestDifference(all->attention(1, 2, 1'500), drop->attention(1, 2, 1'500)) < 1e-5);
        // Of one class and a zero query that stands for the others, as many equal queries would.
        const auto zero = engine.decode(encoding, {LimitMode::Zero, {5}});
        QVERIFY(std::abs(zero->logit(0) - zero->logit(2'099)) == 0.0F);
    }

    void mapsHaveTheSameBitsWheneverTheyAreAskedFor()
    {
        Engine engine;
        engine.open(m_checkpoint);
        const auto decoding = engine.decode(engine.encode(makeInput(160, 128)), {});
        const std::vector<float> attention = decoding->attention(1, 2, 3);
        const std::vector<float> scores = decoding->scores(1, 2, 3);
        std::vector<std::future<bool>> others;
        for (int i = 0; i < 4; ++i)
            others.push_back(std::async(std::launch::async, [decoding, &attention, &scores] {
                return decoding->attention(1, 2, 3) == attention && decoding->scores(1, 2, 3) == scores;
            }));
        engine.open(m_checkpoint); // what maps are made of does not go with the engine's caches
        for (std::future<bool>& same : others)
            QVERIFY(same.get());
        QVERIFY(decoding->attention(1, 2, 3) == attention);
    }

    void stopsWithinALayerOfTheDecoder()
    {
        ModelConfig config = smallConfig(4'000);
        config.backboneWidth = 16;
        config.decoderLayers = 1;
        const std::filesystem::path path = m_folder.filePath("one-layer.safetensors").toStdString();
        writeFormulaCheckpoint(path, config, {});
        Engine engine;
        engine.open(path);
        const auto encoding = engine.encode(makeInput(64, 64));
        std::stop_source stop;
        std::optional<std::jthread> other;
        const Progress progress(stop.get_token(), [&](Stage stage, double fraction) {
            if (stage == Stage::Decoder && fraction == 0)
                other.emplace([&stop] { stop.request_stop(); });
        });
        QCOMPARE(errorOf([&] { engine.decode(encoding, {}, progress); }), ErrorCode::Cancelled);
        QCOMPARE(engine.counters().decodes, 0);
        QCOMPARE(engine.decode(encoding, {})->logits().size(), std::size_t{4'000});
    }

    /// What is encoded in turn, from the picture of row 0 on, and whether only a part of it has to be.
    void followsEdits_data()
    {
        QTest::addColumn<bool>("classifier");
        QTest::newRow("INTR") << false;
        QTest::newRow("plain classifier") << true;
    }

    void followsEdits()
    {
        QFETCH(const bool, classifier);
        const std::filesystem::path path = m_folder.filePath("followed.safetensors").toStdString();
        writeFormulaCheckpoint(path, tiny(classifier ? HeadKind::Linear : HeadKind::Shared));
        Engine engine(following());
        Engine whole(uncached());
        engine.open(path);
        whole.open(path);
        const ModelInput plain = makeInput(416, 320);
        const ModelInput stroke = edited(plain, 0, 0, 20);
        const ModelInput strokes = edited(stroke, 380, 290, 30);
        struct Step {
            const char* name;
            const ModelInput input;
            bool partial;
        };
        for (const Step& step :
             {Step{"first picture", plain, false}, Step{"stroke", stroke, true},
              Step{"stroke at the other end", strokes, true}, Step{"undo", stroke, true}, Step{"redo", strokes, true},
              Step{"nothing", strokes, true}, Step{"back to the start in two steps, first", stroke, true},
              Step{"second", plain, true}, Step{"one try", edited(plain, 10, 200, 24), true},
              Step{"another try", edited(plain, 300, 3, 24), true}, Step{"all of it", edited(plain, 0, 0, 320), false},
              Step{"another size", makeInput(320, 416), false}, Step{"and back", plain, false}}) {
            const EngineCounters before = engine.counters();
            const auto encoding = engine.encode(step.input);
            const auto expected = whole.encode(step.input);
            QVERIFY2(largestDifference(encoding->memory(), expected->memory()) < 1e-4, step.name);
            QVERIFY2(largestDifference(engine.decode(encoding, {})->logits(), whole.decode(expected, {})->logits()) <
                         1e-4,
                     step.name);
            QCOMPARE(engine.counters().encodes, before.encodes + 1);
            QVERIFY2(engine.counters().partialEncodes == before.partialEncodes + (step.partial ? 1 : 0), step.name);
        }
        QCOMPARE(whole.counters().partialEncodes, 0);
        QCOMPARE(whole.editBytes(), std::size_t{0});
        QVERIFY(engine.editBytes() > 0);
        engine.open(m_checkpoint);
        QCOMPARE(engine.editBytes(), std::size_t{0});
    }

    /// Drafts and experiments between two strokes: the second is computed from the first all the same.
    void passingPicturesLeaveTheFollowedOne()
    {
        Engine engine(following());
        Engine whole(uncached());
        engine.open(m_checkpoint);
        whole.open(m_checkpoint);
        const ModelInput plain = makeInput(256, 256);
        const ModelInput stroke = edited(plain, 100, 120, 20);
        struct Step {
            const char* name;
            const ModelInput input;
            EncodeUse use;
            bool partial;
        };
        using enum EncodeUse;
        for (const Step& step :
             {Step{"before anything", edited(plain, 0, 0, 30), Passing, false},
              Step{"first picture", plain, Followed, false}, Step{"draft", makeInput(128, 128), Passing, false},
              Step{"stroke", stroke, Followed, true}, Step{"another draft", makeInput(128, 128), Passing, false},
              Step{"a try on the first picture", edited(plain, 10, 10, 16), Passing, true},
              Step{"the picture itself", plain, Passing, true},
              Step{"another picture", edited(plain, 0, 0, 256), Passing, false},
              Step{"further stroke", edited(stroke, 200, 30, 16), Followed, true}}) {
            const EngineCounters before = engine.counters();
            const std::size_t bytes = engine.editBytes();
            const auto encoding = engine.encode(step.input, {}, step.use);
            QVERIFY2(largestDifference(encoding->memory(), whole.encode(step.input)->memory()) < 1e-4, step.name);
            QCOMPARE(engine.counters().encodes, before.encodes + 1);
            QVERIFY2(engine.counters().partialEncodes == before.partialEncodes + (step.partial ? 1 : 0), step.name);
            QVERIFY2(step.use == Followed || engine.editBytes() == bytes, step.name);
        }
    }

    void goesOnAfterACancelledEdit()
    {
        Engine engine(following());
        Engine whole(uncached());
        engine.open(m_checkpoint);
        whole.open(m_checkpoint);
        const ModelInput plain = makeInput(256, 256);
        const ModelInput stroke = edited(plain, 100, 120, 20);
        engine.encode(plain);
        for (const double when : {0.0, 0.4, 1.0}) {
            std::stop_source stop;
            const Progress progress(stop.get_token(), [&stop, when](Stage stage, double fraction) {
                if (stage == Stage::Backbone && fraction >= when)
                    stop.request_stop();
            });
            QCOMPARE(errorOf([&] { engine.encode(edited(stroke, 7, 9, 16), progress); }), ErrorCode::Cancelled);
        }
        QCOMPARE(engine.counters().encodes, 1);
        QCOMPARE(engine.counters().partialEncodes, 0);
        QVERIFY(largestDifference(engine.encode(stroke)->memory(), whole.encode(stroke)->memory()) < 1e-4);
        QCOMPARE(engine.counters().partialEncodes, 1);
    }

    void repeatsItself()
    {
        Engine engine(uncached());
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
