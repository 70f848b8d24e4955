// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>
#include <functional>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/engine/assumptions_text.h"
#include "core/engine/engine.h"
#include "core/io/npz_writer.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/model_family.h"
#include "core/model/prompt_cam/prompt_cam_family.h"
#include "core/model/state_dict.h"
#include "core/model/vit/vit_tensors.h"
#include "tests/support/error_of.h"
#include "tests/support/memory_source.h"
#include "tests/support/small_vit.h"

using namespace ocellus;

namespace {

using Tensors = std::map<std::string, MemorySource::Values>;
using Change = std::function<Tensors(const Tensors&)>;

ModelConfig promptCam()
{
    ModelConfig config;
    config.head = HeadKind::Prompts;
    config.queries = 5;
    config.promptLayers = 2;
    config.vit = smallVit();
    return config;
}

Tensors formula(std::vector<TensorInfo> tensors)
{
    return MemorySource::valuesOf(FormulaSource(std::move(tensors)));
}

/// Another name for each; an empty one leaves the tensor out.
Change renamed(std::function<std::string(const std::string&)> name)
{
    return [name = std::move(name)](const Tensors& tensors) {
        Tensors result;
        for (const auto& [key, value] : tensors)
            if (const std::string other = name(key); !other.empty())
                result.emplace(other, value);
        return result;
    };
}

Change prefixed(const std::string& prefix)
{
    return renamed([prefix](const std::string& name) { return prefix + name; });
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    if (const std::size_t at = text.find(from); at != std::string::npos)
        text.replace(at, from.size(), to);
    return text;
}

Tensors both(Tensors a, const Tensors& b)
{
    a.insert(b.begin(), b.end());
    return a;
}

Tensors scaled(Tensors tensors, float factor)
{
    for (auto& [name, tensor] : tensors)
        for (float& value : tensor.values)
            value *= factor;
    return tensors;
}

/// CLIP's visual tower beside a text tower. Names from openai/CLIP's model.py.
Tensors clip(const Tensors& tensors)
{
    constexpr std::array<std::pair<const char*, const char*>, 11> names{{{"patch_embed.proj", "conv1"},
                                                                         {"norm_pre", "ln_pre"},
                                                                         {"blocks.", "transformer.resblocks."},
                                                                         {"norm1", "ln_1"},
                                                                         {"norm2", "ln_2"},
                                                                         {"attn.qkv.", "attn.in_proj_"},
                                                                         {"attn.proj", "attn.out_proj"},
                                                                         {"mlp.fc1", "mlp.c_fc"},
                                                                         {"mlp.fc2", "mlp.c_proj"},
                                                                         {"cls_token", "class_embedding"},
                                                                         {"pos_embed", "positional_embedding"}}};
    Tensors result;
    for (const auto& [key, stored] : tensors) {
        std::string name = key;
        MemorySource::Values value = stored;
        if (name == "cls_token")
            value.shape = {32};
        if (name == "pos_embed")
            value.shape = {17, 32};
        for (const auto& [from, to] : names)
            name = replaced(name, from, to);
        if (name.starts_with("norm."))
            name = "ln_post." + name.substr(5);
        result.emplace("visual." + name, value);
    }
    result["transformer.resblocks.0.ln_1.weight"] = {{2}, {1, 1}};
    result["token_embedding.weight"] = {{2, 2}, {1, 1, 1, 1}};
    return result;
}

using Names = std::vector<std::pair<const char*, const char*>>;

/// Names of transformers' modeling_vit.py, ViTModel: query, key and value apart. `inBlocks`: those of other models.
Tensors huggingFace(const Tensors& tensors, const std::string& prefix,
                    const Names& inBlocks = {{"norm1", "layernorm_before"},
                                             {"norm2", "layernorm_after"},
                                             {"mlp.fc1", "intermediate.dense"},
                                             {"mlp.fc2", "output.dense"}})
{
    Names names{{"patch_embed.proj", "embeddings.patch_embeddings.projection"},
                {"cls_token", "embeddings.cls_token"},
                {"register_tokens", "embeddings.register_tokens"},
                {"pos_embed", "embeddings.position_embeddings"},
                {"attn.proj", "attention.output.dense"}};
    names.insert(names.end(), inBlocks.begin(), inBlocks.end());
    Tensors result;
    for (const auto& [key, stored] : tensors) {
        std::string name = key;
        MemorySource::Values value = stored;
        for (const auto& [from, to] : names)
            name = replaced(name, from, to);
        if (name.starts_with("norm."))
            name = "layernorm." + name.substr(5);
        name = replaced(name, "blocks.", "encoder.layer.");
        if (name.find("attn.qkv.") == std::string::npos) {
            result.emplace(prefix + name, value);
            continue;
        }
        value.shape[0] /= 3;
        const std::size_t count = value.values.size() / 3;
        for (const char* role : {"query", "key", "value"}) {
            const std::string part = "attention.attention." + std::string(role) + ".";
            result[prefix + replaced(name, "attn.qkv.", part)] = {
                value.shape, {value.values.begin(), value.values.begin() + static_cast<std::ptrdiff_t>(count)}};
            value.values.erase(value.values.begin(), value.values.begin() + static_cast<std::ptrdiff_t>(count));
        }
    }
    result[prefix + "pooler.dense.bias"] = {{32}, std::vector<float>(32)};
    return result;
}

/// Of modeling_dinov2.py and modeling_dinov2_with_registers.py: norms and feed-forward layers are called as timm's.
const Names dinov2Names{{"ls1.gamma", "layer_scale1.lambda1"},
                        {"ls2.gamma", "layer_scale2.lambda1"},
                        {"mlp.w12", "mlp.weights_in"},
                        {"mlp.w3", "mlp.weights_out"}};

/// smallVit() as DINOv2's largest, with registers.
VitConfig largestKind()
{
    VitConfig config = smallVit();
    config.layerScale = true;
    config.registers = 2;
    config.activation = VitActivation::SwiGlu;
    return config;
}

ModelInput makeInput()
{
    ModelInput input;
    input.pictureSize = input.inputSize = {80, 48};
    input.values.resize(std::size_t{3} * 80 * 48);
    fillByFormula("image", -2, 2, input.values);
    input.key = contentKey(std::as_bytes(std::span(input.values)));
    return input;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    double largest = a.size() == b.size() ? 0 : 1e9;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return largest;
}

bool contains(const std::vector<std::string>& list, const std::string& part)
{
    return std::ranges::any_of(list, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(ocellus::VitConfig)

/// Vision Transformers in files of many programs: opened as what they are, or refused by name; what no file tells is
/// listed as assumed and can be said beside it.
class TestVitFiles : public QObject {
    Q_OBJECT

private slots:
    void refusesByName_data();
    void refusesByName();
    void opensOtherLayouts_data();
    void opensOtherLayouts();
    void takesTheTeacher();
    void listsWhatItAssumes();
    void takesWhatIsSaidBeside();
    void takesWhatTheUserSays();
    void takesHuggingFacesConfiguration();
    void takesHuggingFacesPreprocessing_data();
    void takesHuggingFacesPreprocessing();
    void readsIntrEncoders();
    void decodesPromptCam();
    void keepsWhatPromptsGiveOneAnother();
    void opensParts();
    void listsFamilies();

private:
    std::filesystem::path write(const Tensors& tensors, const std::map<std::string, std::string>& metadata = {},
                                const std::string& name = "model.safetensors")
    {
        const std::filesystem::path path = m_folder.filePath(QString::fromStdString(name)).toStdString();
        writeSafetensors(path, MemorySource(tensors), DType::Float32, metadata);
        return path;
    }

    void writeText(const char* name, const QByteArray& text)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QTemporaryDir m_folder;
};

void TestVitFiles::refusesByName_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const Change& change, const char* said) {
        QTest::newRow(name) << change << said;
    };
    row("one rank of a sharded training",
        renamed([](const std::string& name) { return name == "norm.bias" ? "student.backbone._flat_param" : ""; }),
        "sharded (FSDP)");
    row("no blocks", renamed([](const std::string& name) { return name.starts_with("blocks.") ? "" : name; }),
        "blocks.0.mlp.fc2.weight");
    row("a block too few",
        renamed([](const std::string& name) { return replaced(name, "blocks.1.attn.", "blocks.1.attention."); }),
        "blocks.1.attn");
    row(
        "positions that make no square",
        [](Tensors tensors) {
            tensors["pos_embed"].shape = {1, 16, 34};
            return tensors;
        },
        "pos_embed");
    row(
        "a key without its query",
        [](const Tensors& tensors) {
            Tensors result = huggingFace(tensors, "");
            result.erase("encoder.layer.0.attention.attention.query.weight");
            return result;
        },
        "got no query");
    row(
        "a query that holds nothing",
        [](const Tensors& tensors) {
            Tensors result = huggingFace(tensors, "");
            result["encoder.layer.0.attention.attention.query.weight"] = {{std::int64_t{1} << 60, 0}, {}};
            return result;
        },
        "got the empty");
    row(
        "a norm of queries, which is not known here",
        [](Tensors tensors) {
            tensors["blocks.0.attn.q_norm.weight"] = {{8}, std::vector<float>(8, 1)};
            return tensors;
        },
        "expected no such tensor");
}

void TestVitFiles::refusesByName()
{
    QFETCH(const Change, change);
    QFETCH(const QString, said);
    const auto path = write(change(formula(vitTensors(smallVit()))));
    Engine engine;
    QString message;
    const auto code = errorOf([&] { engine.open(path); }, &message);
    QVERIFY(code == ErrorCode::Unsupported || code == ErrorCode::Mismatch);
    QVERIFY2(message.contains(said), qPrintable(message));
}

void TestVitFiles::opensOtherLayouts_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("layout");
    QTest::addColumn<VitConfig>("config");
    const auto row = [](const char* name, const Change& change, const char* layout,
                        const VitConfig& config = smallVit()) { QTest::newRow(name) << change << layout << config; };
    const auto names = [](const char* from, const char* to) {
        return renamed([from, to](const std::string& name) { return replaced(name, from, to); });
    };
    row("bare", prefixed(""), "timm");
    row("several GPUs", prefixed("module."), "timm");
    row("a training's backbone", prefixed("module.backbone."), "timm");
    row("compiled", prefixed("_orig_mod."), "timm");
    row("OpenCLIP's trunk", prefixed("visual.trunk."), "timm");
    row("chunked blocks", names("blocks.", "blocks.0."), "timm");
    row(
        "a projection head of training",
        [](Tensors tensors) {
            tensors["head.mlp.0.weight"] = {{2, 2}, {1, 1, 1, 1}};
            tensors["head.last_layer.weight_g"] = {{2}, {1, 1}};
            return tensors;
        },
        "timm");
    row("CLIP", clip, "CLIP");
    row(
        "Hugging Face, bare", [](const Tensors& tensors) { return huggingFace(tensors, ""); }, "Hugging Face");
    row(
        "Hugging Face, with a task", [](const Tensors& tensors) { return huggingFace(tensors, "vit."); },
        "Hugging Face");
    row(
        "Hugging Face, Dinov2",
        [](Tensors tensors) {
            tensors["mask_token"] = {{1, 32}, std::vector<float>(32)};
            return renamed([](const std::string& name) {
                return replaced(name, "dinov2.mask_token", "dinov2.embeddings.mask_token");
            })(huggingFace(tensors, "dinov2.", dinov2Names));
        },
        "Hugging Face",
        [] {
            VitConfig config = smallVit();
            config.layerScale = true;
            config.resampling = PositionResampling::Dino; // as the mask token says
            return config;
        }());
    row(
        "Hugging Face, Dinov2 with registers and gates",
        [](const Tensors& tensors) { return huggingFace(tensors, "dinov2_with_registers.", dinov2Names); },
        "Hugging Face", largestKind());
    VitConfig timmRegisters = largestKind();
    timmRegisters.prefixHasPosition = false;
    row("timm's registers and packed gates", renamed([](const std::string& name) {
            return replaced(replaced(replaced(name, "register_tokens", "reg_token"), "mlp.w12", "mlp.fc1"), "mlp.w3",
                            "mlp.fc2");
        }),
        "timm", timmRegisters);
    VitConfig scaledLayers = smallVit();
    scaledLayers.layerScale = true;
    row("DeiT III", renamed([](const std::string& name) {
            return replaced(replaced(name, "ls1.gamma", "gamma_1"), "ls2.gamma", "gamma_2");
        }),
        "timm", scaledLayers);
    row(
        "old timm, of 21,000 classes",
        [](Tensors tensors) {
            tensors["pre_logits.fc.weight"] = {{2, 2}, {1, 1, 1, 1}};
            return tensors;
        },
        "timm");
}

void TestVitFiles::opensOtherLayouts()
{
    QFETCH(const Change, change);
    QFETCH(const QString, layout);
    QFETCH(const VitConfig, config);
    const Tensors bare = formula(vitTensors(config));
    const std::map<std::string, std::string> heads{{"num_heads", "4"}};
    std::map<std::string, std::string> said = heads;
    said["position_resampling"] = toString(config.resampling); // which the other file's names have to tell
    Engine engine;
    engine.open(write(bare, said));
    const auto expected = engine.encode(makeInput());
    const std::vector<float> map = engine.decode(expected, {})->attention(1, 3, 0);
    const ModelDescription& model = engine.open(write(change(bare), heads, "other.safetensors"));
    QCOMPARE(QString::fromStdString(model.layout), layout);
    QCOMPARE(model.config.vit->heads, 4);
    const auto encoding = engine.encode(makeInput());
    QCOMPARE(encoding->rows(), 3);
    QCOMPARE(encoding->columns(), 5);
    QVERIFY(largestDifference(encoding->memory(), expected->memory()) < 1e-6);
    const auto decoding = engine.decode(encoding, {});
    QVERIFY(!decoding->hasLogits());
    QVERIFY(largestDifference(decoding->attention(1, 3, 0), map) < 1e-6);
    const MapSource::Shares shares = decoding->shares(1, 3, 0);
    double sum = shares.prefix + shares.prompts;
    for (const float weight : map)
        sum += static_cast<double>(weight);
    QVERIFY(std::abs(sum - 1) < 1e-6);
}

void TestVitFiles::takesTheTeacher()
{
    const Tensors bare = formula(vitTensors(smallVit()));
    Engine engine;
    engine.open(write(bare));
    const std::vector<float> expected = engine.encode(makeInput())->memory();
    const Tensors trained =
        both(prefixed("student.backbone.")(scaled(bare, 0.5F)), prefixed("teacher.backbone.")(bare));
    const ModelDescription& model = engine.open(write(trained, {}, "training.safetensors"));
    QCOMPARE(model.stateDict.prefix, std::string("teacher.backbone."));
    QCOMPARE(model.stateDict.others.size(), 1u);
    QVERIFY(largestDifference(engine.encode(makeInput())->memory(), expected) < 1e-6);
}

void TestVitFiles::listsWhatItAssumes()
{
    Engine engine;
    const ModelDescription& model = engine.open(write(formula(vitTensors(smallVit()))));
    QVERIFY(model.assumed ==
            (std::vector<std::string>{"num_heads", "position_resampling", "activation", "norm_eps", "preprocessing"}));
    QCOMPARE(model.config.vit->heads, 1); // 64 channels a head would be half a head
    const std::string told = "assumed: num_heads 1, position_resampling timm, activation gelu, norm_eps 1e-06";
    QCOMPARE(assumptionsText(model), told + ", preprocessing crop:73:64,patch:16,bicubic");
    QCOMPARE(assumptionsText(model, *model.preprocess), assumptionsText(model));
    QCOMPARE(assumptionsText(model, parsePreprocess("short:80")), told); // that was chosen
    QVERIFY(model.classNames == (std::vector<std::string>{"[CLS]"}));
    QCOMPARE(toString(*model.preprocess), std::string("crop:73:64,patch:16,bicubic"));
    QCOMPARE(model.offer.layers, 2);
    QCOMPARE(model.field.stride, 16);
    QCOMPARE(model.field.start, 8.0);
}

void TestVitFiles::takesWhatIsSaidBeside()
{
    VitConfig config = smallVit();
    config.classes = 2;
    const auto path =
        write(formula(vitTensors(config)), {{"num_heads", "2"}, {"norm_eps", "1e-5"}}, "said.safetensors");
    writeText("said.ocellus-model.json", R"({"num_heads": 4, "position_resampling": "dino", "activation": "quick_gelu",
                                             "preprocessing": "fixed:64,half", "class_names": ["Ant", "Bee"]})");
    Engine engine;
    const ModelDescription& model = engine.open(path);
    QVERIFY2(model.assumed.empty(), assumptionsText(model).c_str());
    QCOMPARE(model.config.vit->heads, 4);
    QCOMPARE(model.config.vit->eps, 1e-5);
    QVERIFY(model.config.vit->resampling == PositionResampling::Dino);
    QVERIFY(model.config.vit->activation == VitActivation::QuickGelu);
    QCOMPARE(toString(*model.preprocess), std::string("fixed:64,half"));
    QCOMPARE(model.classNames.size(), 2u);
    QVERIFY(contains(model.remarks, "said.ocellus-model.json are used"));

    writeText("said.ocellus-model.json", R"(["no", "object"])");
    QVERIFY(contains(engine.open(path).remarks, "is not used: it is no JSON object"));
    writeText("said.ocellus-model.json", R"({"num_heads": "many", "activation": "relu", "norm_eps": -1})");
    const ModelDescription& again = engine.open(path);
    QVERIFY(contains(again.assumed, "num_heads") && contains(again.assumed, "activation"));
    QCOMPARE(again.remarks.size(), 4u);
    writeText("said.ocellus-model.json", R"({"num_heads": 5})");
    QCOMPARE(errorOf([&] { engine.open(path); }), ErrorCode::Mismatch);
}

void TestVitFiles::takesWhatTheUserSays()
{
    const auto path = write(formula(vitTensors(smallVit())), {{"num_heads", "2"}}, "given.safetensors");
    EngineOptions options;
    options.model.heads = 4;
    options.model.preprocess = parsePreprocess("fixed:64,half");
    Engine engine(options);
    const ModelDescription& model = engine.open(path);
    QCOMPARE(model.config.vit->heads, 4);
    QCOMPARE(toString(*model.preprocess), std::string("fixed:64,half"));
    QVERIFY(model.given == options.model);
    QVERIFY(!contains(model.assumed, "num_heads") && !contains(model.assumed, "preprocessing"));
    const QString text = QString::fromStdString(assumptionsText(model));
    QVERIFY2(text.startsWith("assumed: ") && text.endsWith("; set by hand: num_heads 4, preprocessing fixed:64,half"),
             qPrintable(text));
    // It is not the file's to remember.
    QCOMPARE(Engine().open(path).config.vit->heads, 2);
    options.model.heads = 5;
    Engine impossible(options);
    QCOMPARE(errorOf([&] { impossible.open(path); }), ErrorCode::Mismatch);
}

void TestVitFiles::takesHuggingFacesConfiguration()
{
    QTemporaryDir folder;
    m_folder.swap(folder);
    const auto path = write(huggingFace(formula(vitTensors(smallVit())), "vit."));
    writeText("config.json", R"({"model_type": "vit", "num_attention_heads": 8, "hidden_act": "gelu",
                                 "layer_norm_eps": 1e-12})");
    writeText("preprocessor_config.json", R"({"size": {"height": 64, "width": 64}, "resample": 2,
                                              "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]})");
    Engine engine;
    const ModelDescription& model = engine.open(path);
    QVERIFY(model.assumed == (std::vector<std::string>{"position_resampling"}));
    QCOMPARE(model.config.vit->heads, 8);
    QCOMPARE(model.config.vit->eps, 1e-12);
    QCOMPARE(toString(*model.preprocess), std::string("fixed:64,half"));
    for (const char* other : {R"({"model_type": "bert", "num_attention_heads": 8})",
                              R"({"model_type": 5, "num_attention_heads": 8})", R"({"num_attention_heads": 8})"}) {
        writeText("config.json", other);
        QVERIFY2(contains(engine.open(path).assumed, "num_heads"), other);
    }
}

void TestVitFiles::takesHuggingFacesPreprocessing_data()
{
    QTest::addColumn<QString>("processor"); // beside the normalisation
    QTest::addColumn<QString>("preprocessing");
    QTest::newRow("no size") << R"("do_center_crop": true, "crop_size": 64)" << QString();
    QTest::newRow("a crop without its size") << R"("size": {"shortest_edge": 64}, "do_center_crop": true)" << QString();
    QTest::newRow("a crop that is no square")
        << R"("size": {"shortest_edge": 64}, "do_center_crop": true, "crop_size": {"height": 64, "width": 48})"
        << QString();
    QTest::newRow("a crop beyond the picture")
        << R"("size": {"shortest_edge": 48}, "do_center_crop": true, "crop_size": 64)" << QString();
    QTest::newRow("the middle of a square, as DeiT's")
        << R"("size": 80, "do_center_crop": true, "crop_size": 64)" << QString();
    QTest::newRow("a square cut to itself")
        << R"("size": 64, "do_center_crop": true, "crop_size": 64)" << QString("fixed:64,half");
    QTest::newRow("a size that nothing is cut to")
        << R"("size": {"shortest_edge": 64}, "crop_size": 48)" << QString("short:64,half");
    QTest::newRow("cut") << R"("size": {"shortest_edge": 80}, "do_center_crop": true, "crop_size": 64)"
                         << QString("crop:80:64,half");
}

void TestVitFiles::takesHuggingFacesPreprocessing()
{
    QFETCH(const QString, processor);
    QFETCH(const QString, preprocessing);
    QTemporaryDir folder;
    m_folder.swap(folder);
    const auto path = write(huggingFace(formula(vitTensors(smallVit())), "vit."));
    writeText("config.json", R"({"model_type": "vit", "num_attention_heads": 8})");
    const QString text = R"({%1, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]})";
    writeText("preprocessor_config.json", text.arg(processor).toUtf8());
    Engine engine;
    const ModelDescription& model = engine.open(path);
    QCOMPARE(contains(model.remarks, "preprocessor_config.json beside the model is not used"), preprocessing.isEmpty());
    QCOMPARE(contains(model.assumed, "preprocessing"), preprocessing.isEmpty());
    if (!preprocessing.isEmpty())
        QCOMPARE(QString::fromStdString(toString(*model.preprocess)), preprocessing);
}

void TestVitFiles::readsIntrEncoders()
{
    ModelConfig config;
    config.hiddenDim = 16;
    config.heads = 2;
    config.encoderLayers = 0;
    config.decoderLayers = 2;
    config.feedForward = 32;
    config.queries = 3;
    config.vit = smallVit();
    const std::map<std::string, std::string> said{{"nheads", "2"}, {"num_heads", "4"}};
    const Tensors ours = formula(expectedTensors(config));
    Engine engine;
    QCOMPARE(engine.open(write(ours, said)).offer.family, std::string("intr-vit"));
    const std::vector<float> expected = engine.logits(makeInput());

    Tensors theirs = renamed([](const std::string& name) {
        const std::string body = replaced(name, "backbone.0.body.", "transformer.encoder.");
        const std::string projection =
            replaced(body, "input_proj.", "transformer.encoder_head.encoder_linear_transform.");
        return replaced(projection, "presence_vector.", "query_transform.");
    })(ours);
    theirs["transformer.encoder_head.encoder_linear_transform.weight"].shape.resize(2);
    const ModelDescription& model = engine.open(write(theirs, said, "encoders.safetensors"));
    QCOMPARE(model.layout, std::string("INTR-Encoders"));
    QVERIFY(largestDifference(engine.logits(makeInput()), expected) < 1e-6);

    // INTR-FC: a small linear layer for each class.
    for (const char* leaf : {".weight", ".bias"}) {
        const MemorySource::Values shared = theirs.at(std::string("query_transform") + leaf);
        theirs.erase(std::string("query_transform") + leaf);
        for (int i = 0; i < 3; ++i)
            theirs["query_classifiers." + std::to_string(i) + leaf] = shared;
    }
    engine.open(write(theirs, said, "vectors.safetensors"));
    QVERIFY(engine.model()->config.head == HeadKind::PerClass);
    QVERIFY(largestDifference(engine.logits(makeInput()), expected) < 1e-5);
    theirs.erase("query_classifiers.1.weight");
    QCOMPARE(errorOf([&] { engine.open(write(theirs, said, "gap.safetensors")); }), ErrorCode::Mismatch);
}

void TestVitFiles::decodesPromptCam()
{
    const std::map<std::string, std::string> said{{"num_heads", "4"}};
    Engine engine;
    const ModelDescription& model = engine.open(write(formula(promptCamTensors(promptCam())), said));
    QCOMPARE(model.offer.family, std::string("prompt-cam"));
    QCOMPARE(model.offer.classes, 5);
    QVERIFY(model.offer.canDrop && !model.offer.canLimit && model.offer.canBlurHeads);
    QVERIFY(contains(model.assumed, "class_names") && contains(model.assumed, "preprocessing"));
    const auto encoding = engine.encode(makeInput());
    const auto all = engine.decode(encoding, {});
    QCOMPARE(all->logits().size(), 5u);
    const auto some = engine.decode(encoding, {LimitMode::Drop, {3, 1}});
    QCOMPARE(some->logits().size(), 2u);
    QVERIFY(!some->hasClass(0));
    QVERIFY(some->logit(3) != all->logit(3)); // fewer prompts to look at
    QVERIFY(largestDifference(some->scores(1, 2, 3), all->scores(1, 2, 3)) < 1e-6);
    QVERIFY(largestDifference(some->attention(0, 2, 3), all->attention(0, 2, 3)) < 1e-6); // before the last block
    QCOMPARE(errorOf([&] { engine.decode(encoding, {LimitMode::Zero, {3}}); }), ErrorCode::BadArgument);
    const BlurredHeads ranking = engine.blurHeads(encoding, {}, 2);
    QCOMPARE(ranking.order.size(), 4u);
    QCOMPARE(errorOf([&] { engine.blurHeads(encoding, {LimitMode::Drop, {0}}, 2); }), ErrorCode::BadArgument);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(errorOf([&] { engine.blurHeads(encoding, {}, 2, Progress(stop.get_token())); }), ErrorCode::Cancelled);
    QCOMPARE(errorOf([&] { engine.decode(encoding, {}, {1, {0}, {}}); }), ErrorCode::Unsupported);
}

/// It depends on the set of classes alone: a picture and a set are answered as by a model that was never asked before.
void TestVitFiles::keepsWhatPromptsGiveOneAnother()
{
    const auto path = write(formula(promptCamTensors(promptCam())), {{"num_heads", "4"}});
    ModelInput other = makeInput();
    std::ranges::reverse(other.values);
    other.key = contentKey(std::as_bytes(std::span(other.values)));
    Engine engine;
    engine.open(path);
    engine.decode(engine.encode(makeInput()), {});
    engine.decode(engine.encode(makeInput()), {LimitMode::Drop, {3, 1}});
    for (const QuerySet& set : {QuerySet(), QuerySet{LimitMode::Drop, {3, 1}}, QuerySet{LimitMode::Drop, {1, 3}},
                                QuerySet{LimitMode::Drop, {4}}}) {
        Engine fresh;
        fresh.open(path);
        const auto expected = fresh.decode(fresh.encode(other), set);
        const auto found = engine.decode(engine.encode(other), set);
        QVERIFY(found->classes() == expected->classes());
        QCOMPARE(largestDifference(found->logits(), expected->logits()), 0.0);
        const int shown = expected->classes().front();
        QCOMPARE(largestDifference(found->attention(1, 2, shown), expected->attention(1, 2, shown)), 0.0);
    }
}

void TestVitFiles::opensParts()
{
    const Tensors bare = formula(vitTensors(smallVit()));
    Engine engine;
    const std::string whole = engine.open(write(bare)).sha256;
    const std::vector<float> expected = engine.encode(makeInput())->memory();
    std::array<Tensors, 2> parts;
    QByteArray map;
    for (const auto& [name, tensor] : prefixed("module.")(bare)) {
        const std::size_t part = name.find("blocks.1") == std::string::npos ? 0 : 1;
        parts.at(part).emplace(name, tensor);
        map += (map.isEmpty() ? "\"" : ", \"") + QByteArray::fromStdString(name) + "\": \"model-0000" +
               QByteArray::number(static_cast<int>(part) + 1) + "-of-00002.safetensors\"";
    }
    write(parts[0], {}, "model-00001-of-00002.safetensors");
    write(parts[1], {}, "model-00002-of-00002.safetensors");
    writeText("model.safetensors.index.json", "{\"weight_map\": {" + map + "}}");
    const ModelDescription& model = engine.open(m_folder.filePath("model.safetensors.index.json").toStdString());
    QCOMPARE(model.stateDict.prefix, std::string("module."));
    QVERIFY(model.sha256 != whole);
    QVERIFY(largestDifference(engine.encode(makeInput())->memory(), expected) < 1e-6);
    QString message;
    errorOf([&] { engine.open(m_folder.filePath("model-00002-of-00002.safetensors").toStdString()); }, &message);
    QVERIFY2(message.contains("model.safetensors.index.json"), qPrintable(message));
}

void TestVitFiles::listsFamilies()
{
    QCOMPARE(modelFamilies().size(), std::size_t{9});
    for (const ModelFamily& family : modelFamilies())
        QVERIFY(!family.name.empty() && !family.title.empty());
}

QTEST_GUILESS_MAIN(TestVitFiles)
#include "test_vit_files.moc"
