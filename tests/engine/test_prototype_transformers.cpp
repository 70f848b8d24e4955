// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/engine/engine.h"
#include "core/engine/kept_tokens.h"
#include "core/io/safetensors_writer.h"
#include "tests/support/error_of.h"
#include "tests/support/small_prototypes.h"
#include "tests/support/state_dict_file.h"
#include "tests/support/whole_transformers.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

using Tensors = std::vector<TensorInfo>;
using Settings = std::map<std::string, std::string>;

/// What tells a small ProtoPFormer's settings.
const Settings kept{{"reserve_layers", "[1]"}, {"reserve_token_nums", "[9]"}, {"global_coe", "0.5"}};

void reshape(Tensors& tensors, const std::string& name, std::vector<std::int64_t> shape)
{
    std::ranges::find(tensors, name, &TensorInfo::name)->shape = std::move(shape);
}

/// argparse.Namespace as ProtoPFormer's training program saves it.
void writeNamespace(PickleWriter& pickle)
{
    pickle.global("argparse", "Namespace").raw(")\x81}");
    pickle.text("base_architecture").text("deit_tiny_patch16_224").raw("s");
    pickle.text("reserve_layers").raw("](").integer(1).raw("es");
    pickle.text("reserve_token_nums").raw("](").integer(9).raw("es");
    pickle.text("global_coe").raw(std::string("G\x3f\xe0\0\0\0\0\0\0s", 10)); // 0.5
    pickle.text("prototype_activation_function").text("log").raw("sb");
}

} // namespace

/// ProtoPFormers and Concept Transformers as their training programs save them: what they are taken for, refused for,
/// and say.
class TestPrototypeTransformers : public QObject {
    Q_OBJECT

private slots:
    void init() { QVERIFY(m_folder.isValid()); }
    void refuses_data();
    void refuses();
    void opensAStateDict_data();
    void opensAStateDict();
    void saysWhatItAssumes();
    void opensInWrappers_data();
    void opensInWrappers();
    void sharesOutPrototypes_data();
    void sharesOutPrototypes();
    void addsUpConcepts();
    void keepsNoMoreThanThereIs();

private:
    std::filesystem::path path(const QString& name) const { return m_folder.filePath(name).toStdString(); }

    std::filesystem::path write(const QString& name, const std::string& bytes) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(bytes)) < 0)
            qFatal("cannot write %s", qPrintable(name));
        return path(name);
    }

    std::filesystem::path writeState(const QString& name, const Tensors& tensors, const Settings& settings = {}) const
    {
        writeSafetensors(path(name), TransformerFormula(tensors), DType::Float32, settings);
        return path(name);
    }

    static ModelInput picture(int side = 16)
    {
        ModelInput input;
        input.inputSize = input.pictureSize = {side, side};
        input.values.resize(3 * static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
        fillByFormula("image", -2, 2, input.values);
        input.key = contentKey("picture " + std::to_string(side));
        return input;
    }

    QTemporaryDir m_folder;
};

void TestPrototypeTransformers::refuses_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("said");
    const auto row = [this](const char* name, const char* said, Tensors tensors,
                            const std::function<void(Tensors&)>& change, Settings settings = kept) {
        change(tensors);
        const QString file = QString(name) + ".safetensors";
        writeState(file, tensors, settings);
        QTest::newRow(name) << file << QString(said);
    };
    const auto as = [](const char* key, const char* value) {
        Settings settings = kept;
        settings[key] = value;
        return settings;
    };
    const auto nothing = [](Tensors&) {};
    const Tensors deit = releasedFormer(smallFormer(false));
    const Tensors cait = releasedFormer(smallFormer(true));
    const Tensors concepts = releasedConcepts(smallConcepts());
    row("a query without its key", "blocks_token_only.1.attn.k.weight", cait, [](Tensors& tensors) {
        std::erase_if(tensors, [](const TensorInfo& t) { return t.name.ends_with("token_only.1.attn.k.weight"); });
    });
    row("a key of another size", "query, key and value of one size", cait,
        [](Tensors& tensors) { reshape(tensors, "features.blocks_token_only.0.attn.k.bias", {9}); });
    row("heads that are mixed with others", "features.blocks.1.attn.proj_w.weight", cait, [](Tensors& tensors) {
        reshape(tensors, "features.blocks.1.attn.proj_w.weight", {2, 3});
    });
    row("a position of CaiT's class token", "positions of patches alone", cait, [](Tensors& tensors) {
        reshape(tensors, "features.pos_embed", {1, 17, 8});
    });
    row("a DeiT without one", "position of the class token", deit, [](Tensors& tensors) {
        reshape(tensors, "features.pos_embed", {1, 16, 8});
    });
    row("a distilled DeiT", "a plain DeiT or CaiT", deit, [](Tensors& tensors) {
        tensors.push_back({"features.dist_token", DType::Float32, {1, 1, 8}});
        reshape(tensors, "features.pos_embed", {1, 18, 8});
    });
    row("prototypes of several patches", "prototypes of one patch", deit, [](Tensors& tensors) {
        reshape(tensors, "prototype_vectors", {6, 4, 2, 2});
    });
    row("more patches than there are", "1 to 16 patches, got 17", deit, nothing, as("reserve_token_nums", "[17]"));
    row("a block that is not there", "a block from 1 to 1, got 2", deit, nothing, as("reserve_layers", "[2]"));
    row("before any block", "a block from 1 to 1, got 0", deit, nothing, as("reserve_layers", "[0]"));
    row("a cosine", "expected log or linear", deit, nothing, as("prototype_activation_function", "cosine"));
    row("pruned, without saying which", "it was pruned", deit, [](Tensors& tensors) {
        reshape(tensors, "prototype_vectors_global", {4, 4, 1, 1});
    });
    row("layers that do not fit", "last_layer_global.weight", deit, [](Tensors& tensors) {
        reshape(tensors, "last_layer_global.weight", {3, 2});
    });
    row("concepts without a meaning", "without one", concepts, [](Tensors& tensors) {
        reshape(tensors, "classifier.unsup_concepts", {1, 5, 8});
    });
    row("concepts of digits", "handwritten digits", concepts, [](Tensors& tensors) {
        std::erase_if(tensors, [](const TensorInfo& t) { return t.name.starts_with("feature_extractor."); });
    });
    row("no concept at all", "at least one concept", concepts, [](Tensors& tensors) {
        reshape(tensors, "classifier.concepts", {1, 0, 8});
        reshape(tensors, "classifier.spatial_concepts", {1, 0, 8});
    });
    row("concepts of another width", "classifier.concepts", concepts, [](Tensors& tensors) {
        reshape(tensors, "classifier.concepts", {1, 2, 9});
    });
    row("concepts behind a distilled DeiT", "plain Vision Transformer", concepts, [](Tensors& tensors) {
        tensors.push_back({"feature_extractor.dist_token", DType::Float32, {1, 1, 8}});
        reshape(tensors, "feature_extractor.pos_embed", {1, 18, 8});
    });
}

void TestPrototypeTransformers::refuses()
{
    QFETCH(QString, file);
    QFETCH(QString, said);
    Engine engine(EngineOptions{});
    QString message;
    QVERIFY2(errorOf([&] { engine.open(path(file)); }, &message), "it was opened");
    QVERIFY2(message.contains(said), qPrintable(message));
}

void TestPrototypeTransformers::opensAStateDict_data()
{
    QTest::addColumn<int>("kind"); // 0: DeiT, 1: CaiT, 2: concepts, 3: concepts of patches alone, 4: of the picture
    for (int kind = 0; kind < 5; ++kind)
        QTest::newRow(qPrintable(QString::number(kind))) << kind;
}

void TestPrototypeTransformers::opensAStateDict()
{
    QFETCH(int, kind);
    ModelConfig expected = kind < 2 ? smallFormer(kind == 1) : smallConcepts();
    if (kind == 3)
        expected.concepts->ofPicture = 0;
    if (kind == 4)
        expected.concepts->ofPatches = 0;
    Tensors tensors = kind < 2 ? releasedFormer(expected) : releasedConcepts(expected);
    if (kind > 2) // its list is there, and empty
        tensors.push_back(
            {kind == 3 ? "classifier.concepts" : "classifier.spatial_concepts", DType::Float32, {1, 0, 8}});
    Engine engine(EngineOptions{});
    const ModelDescription& model = engine.open(writeState("state.safetensors", tensors, kept));
    QVERIFY(model.config == expected);
    QCOMPARE(model.offer.family.c_str(), kind < 2 ? "protopformer" : "concept-transformer");
    QVERIFY(model.offer.mapKind == (kind < 2 ? MapKind::Prototype : MapKind::Concept));
    QCOMPARE(model.offer.heads, kind < 2 ? 3 : expected.concepts->ofPatches + expected.concepts->ofPicture);
    QCOMPARE(model.field.stride, 4);
    QCOMPARE(toString(*model.preprocess).c_str(), kind < 2 ? "crop:18:16,patch:4,bicubic" : "fixed:16");
    const auto decoding = engine.decode(engine.encode(picture()), {});
    QCOMPARE(decoding->extent().cells(), std::size_t{16});
    QVERIFY(std::ranges::all_of(decoding->logits(), [](float logit) { return std::isfinite(logit); }));
    QCOMPARE(decoding->kept() != nullptr, kind < 2);
    QCOMPARE(decoding->cellScores(0).size(), kind < 2 || kind == 4 ? std::size_t{0} : std::size_t{16});
}

void TestPrototypeTransformers::saysWhatItAssumes()
{
    ModelConfig config = smallFormer(false);
    config.vit->grid = 10; // of whose patches 81 can be kept
    config.vit->depth = 12;
    Engine engine(EngineOptions{});
    const ModelDescription& model = engine.open(writeState("bare.safetensors", releasedFormer(config)));
    QCOMPARE(model.config.former->keepLayer, 11);
    QCOMPARE(model.config.former->keep, 81);
    for (const char* field :
         {"reserve_layers", "reserve_token_nums", "global_coe", "prototype_activation_function",
          "prototype_class_identity", "prototype_class_identity_global", "num_heads", "preprocessing"})
        QVERIFY2(std::ranges::find(model.assumed, field) != model.assumed.end(), field);
    const ModelDescription& concepts =
        engine.open(writeState("concepts.safetensors", releasedConcepts(smallConcepts())));
    QVERIFY(std::ranges::find(concepts.assumed, "concept_heads") != concepts.assumed.end());
}

void TestPrototypeTransformers::opensInWrappers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("wrapper");
    for (const char* kind : {"deit", "cait", "concepts", "intr", "protopnet"})
        for (const char* wrapper :
             {"bare", "args", "DataParallel", "Lightning", "EMA beside", "EMA of timm", "compiled", "whole",
              "whole in DataParallel", "whole in DistributedDataParallel", "whole average", "whole in Lightning"})
            QTest::addRow("%s, %s", kind, wrapper) << kind << wrapper;
}

/// The same model comes out of all of them, and the same answer.
void TestPrototypeTransformers::opensInWrappers()
{
    QFETCH(QString, kind);
    QFETCH(QString, wrapper);
    const bool isFormer = kind == "deit" || kind == "cait";
    std::unique_ptr<const TensorSource> source;
    if (isFormer)
        source = std::make_unique<TransformerFormula>(releasedFormer(smallFormer(kind == "cait")));
    else if (kind == "concepts")
        source = std::make_unique<TransformerFormula>(releasedConcepts(smallConcepts()));
    else if (kind == "protopnet")
        source = std::make_unique<PrototypeFormula>(protoPNetTensors(smallProtoPNet()));
    else {
        ModelConfig config;
        config.backbone = BackboneKind::ResNet18;
        config.backboneWidth = 8;
        config.hiddenDim = 16;
        config.feedForward = 16;
        config.encoderLayers = config.decoderLayers = 1;
        config.queries = 3;
        source = std::make_unique<FormulaSource>(config);
    }
    const ModulePickle::Value settings = writeNamespace;
    const WholeModel whole = isFormer ? wholeFormer(kind == "cait") : WholeModel(*source, "Net");
    const std::map<QString, std::function<std::string()>> files{
        {"bare", [&] { return StateDictFile(*source).beside("args", settings).file("model"); }},
        {"args",
         [&] { return StateDictFile(*source).beside("args", settings).beside("epoch", numberValue(3)).file("model"); }},
        {"DataParallel", [&] { return StateDictFile(*source, "module.").beside("args", settings).file("state_dict"); }},
        {"Lightning",
         [&] {
             return StateDictFile(*source, "model.")
                 .beside("hyper_parameters", settings)
                 .beside("callbacks", rawValue("}cpytorch_lightning.callbacks\nModelCheckpoint\nNs"))
                 .file("state_dict");
         }},
        {"EMA beside", [&] { return StateDictFile(*source, "module.").beside("args", settings).file("model_ema"); }},
        {"EMA of timm", [&] { return StateDictFile(*source).beside("args", settings).file("state_dict_ema"); }},
        {"compiled", [&] { return StateDictFile(*source, "_orig_mod.").beside("args", settings).file("model"); }},
        {"whole", [&] { return whole.file(); }},
        {"whole in DataParallel", [&] { return whole.parallelFile(); }},
        {"whole in DistributedDataParallel",
         [&] { return whole.fileWithin("torch.nn.parallel.distributed", "DistributedDataParallel", "module"); }},
        {"whole average", [&] { return whole.fileWithin("torch.optim.swa_utils", "AveragedModel", "module"); }},
        {"whole in Lightning", [&] { return whole.fileWithin("train", "LitModel", "model"); }}};
    const auto answer = [this](const QString& name, const std::string& bytes, ModelConfig& config) {
        Engine engine(EngineOptions{});
        config = engine.open(write(name, bytes)).config;
        return engine.decode(engine.encode(picture(64)), {})->logits();
    };
    ModelConfig expected, got;
    const std::vector<float> logits = answer("first.pth", files.at("bare")(), expected);
    QCOMPARE(answer("second.pth", files.at(wrapper)(), got), logits);
    if (kind == "protopnet") // whole objects say so, state dicts assume it
        got.prototypes->imageSize = expected.prototypes->imageSize;
    QVERIFY(got == expected);
}

void TestPrototypeTransformers::sharesOutPrototypes_data()
{
    QTest::addColumn<bool>("cait");
    QTest::newRow("DeiT") << false;
    QTest::newRow("CaiT") << true;
}

void TestPrototypeTransformers::sharesOutPrototypes()
{
    QFETCH(bool, cait);
    Engine engine(EngineOptions{});
    engine.open(writeState("shared.safetensors", releasedFormer(smallFormer(cait)), kept));
    const auto decoding = engine.decode(engine.encode(picture()), {});
    const KeptTokens* tokens = decoding->kept();
    QVERIFY(tokens);
    QCOMPARE(tokens->cells.size(), std::size_t{9});
    QVERIFY(std::ranges::is_sorted(tokens->cells));
    QCOMPARE(tokens->rollout.size(), std::size_t{16});
    float least = HUGE_VALF, most = -HUGE_VALF; // of what was kept, and of what was not
    for (int cell = 0; cell < 16; ++cell) {
        const float value = tokens->rollout[static_cast<std::size_t>(cell)];
        if (std::ranges::binary_search(tokens->cells, cell))
            least = std::min(least, value);
        else
            most = std::max(most, value);
    }
    QVERIFY(least >= most);
    for (int c = 0; c < 3; ++c) {
        double previous = HUGE_VAL;
        for (const int head : decoding->rankHeads(0, c)) {
            const auto part = decoding->part(0, head, c);
            QVERIFY(part);
            QCOMPARE(part->isGlobal(), head == 2);
            QCOMPARE(part->isGlobal() ? part->prototype : part->prototype / 2, c);
            const std::vector<float> scores = decoding->scores(0, head, c);
            if (part->isGlobal())
                QCOMPARE(scores, tokens->rollout);
            else
                QVERIFY(std::abs(std::ranges::max(scores) - part->similarity) < 1e-5);
            for (int cell = 0; cell < 16 && !part->isGlobal(); ++cell)
                QVERIFY(std::ranges::binary_search(tokens->cells, cell) || scores[static_cast<std::size_t>(cell)] == 0);
            const std::vector<float> shares = decoding->attention(0, head, c);
            QVERIFY(std::abs(std::accumulate(shares.begin(), shares.end(), 0.0) - 1) < 1e-5);
            QVERIFY(part->contribution() <= previous);
            previous = part->contribution();
        }
    }
}

void TestPrototypeTransformers::addsUpConcepts()
{
    Engine engine(EngineOptions{});
    engine.open(writeState("summed.safetensors", releasedConcepts(smallConcepts())));
    const auto decoding = engine.decode(engine.encode(picture()), {});
    double differences[3] = {};
    for (int c = 0; c < 3; ++c) {
        double sum = 0, cells = 0;
        for (int head = 0; head < 6; ++head) {
            const auto part = decoding->part(0, head, c);
            QVERIFY(part);
            QCOMPARE(part->isGlobal(), head >= 4);
            QCOMPARE(part->prototype, head < 4 ? head : head - 4);
            QVERIFY(part->similarity > 0 && part->similarity < 1);
            const std::vector<float> map = decoding->scores(0, head, c);
            const double mean = std::accumulate(map.begin(), map.end(), 0.0) / 16;
            QVERIFY(std::abs(mean - part->similarity) < 1e-6);
            QCOMPARE(decoding->scores(0, head, (c + 1) % 3), map); // the same for every class
            sum += part->contribution();
        }
        for (const float value : decoding->cellScores(c))
            cells += value / 16;
        differences[c] = decoding->logit(c) - sum; // the two biases
        QVERIFY(std::abs(cells) < 100);
    }
    for (const double difference : differences)
        QVERIFY2(std::abs(difference) <= 0.1 + 1e-5, qPrintable(QString::number(difference)));
}

void TestPrototypeTransformers::keepsNoMoreThanThereIs()
{
    Engine engine(EngineOptions{});
    engine.open(writeState("few.safetensors", releasedFormer(smallFormer(false)), kept));
    QString message;
    QVERIFY(errorOf([&] { engine.encode(picture(8)); }, &message) == ErrorCode::BadArgument);
    QVERIFY2(message.contains("9 patches"), qPrintable(message));
    QCOMPARE(engine.decode(engine.encode(picture(32)), {})->extent().cells(), std::size_t{64});
}

QTEST_GUILESS_MAIN(TestPrototypeTransformers)
#include "test_prototype_transformers.moc"
