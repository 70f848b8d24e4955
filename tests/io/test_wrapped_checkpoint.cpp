// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "core/io/safetensors_writer.h"
#include "tests/io/hostile_rows.h"
#include "tests/io/pickle_writer.h"
#include "tests/io/test_files.h"
#include "tests/io/zip_writer.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr std::array<const char*, 5> names{"backbone.0.body.conv1.weight", "input_proj.weight",
                                           "presence_vector.weight", "query_embed.weight",
                                           "transformer.decoder.norm.weight"};

std::filesystem::path wrapped(const QString& name)
{
    return (QString(OCELLUS_TEST_DATA "/wrapped/") + name + ".pth").toStdString();
}

/// Whether the tensors are those of make_wrapped_checkpoints.py: element i of tensor t is first + t + i / 64.
void expectModel(const Checkpoint& checkpoint, int first)
{
    QCOMPARE(checkpoint.tensors().size(), names.size());
    for (std::size_t t = 0; t < names.size(); ++t) {
        const TensorInfo& tensor = checkpoint.tensors()[t];
        QCOMPARE(tensor.name.c_str(), names[t]);
        std::vector<float> values(static_cast<std::size_t>(tensor.count()));
        checkpoint.read(tensor, values);
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(values[i], static_cast<float>(first) + static_cast<float>(t) + static_cast<float>(i) / 64);
    }
}

/// A pickle of {"query_embed.weight": a tensor, then what `more` adds}.
std::string beside(const std::function<void(PickleWriter&)>& more)
{
    PickleWriter pickle;
    pickle.raw("}").text("query_embed.weight").tensor("0", 4, 0, {4}, {1}).raw("s");
    more(pickle);
    return pickle.stop();
}

std::string repeated(std::string_view piece, std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += piece;
    return text;
}

} // namespace

/// Checkpoints as training programs save them: the right state dict, whatever lies around it, and nothing run.
class TestWrappedCheckpoint : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { limitMemory(); }
    void refusesKeys_data();
    void refusesKeys();
    void survivesHostileObjects_data();
    void survivesHostileObjects();
    void refusesHostileNames_data();
    void refusesHostileNames();
    void opens_data();
    void opens();
    void opensByKey_data();
    void opensByKey();
    void takesPrefixesOffSafetensors();
    void readsSettings_data();
    void readsSettings();
    void namesObjects();

private:
    ScratchFile m_file;
};

void TestWrappedCheckpoint::refusesKeys_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("key");
    QTest::newRow("none such") << "ema_beside"
                               << "weights";
    QTest::newRow("no state dict") << "ema_beside"
                                   << "epoch";
    QTest::newRow("no such prefix") << "lightning_ema"
                                    << "state_dict:net.";
    QTest::newRow("of a bare one") << "compiled"
                                   << "model";
}

void TestWrappedCheckpoint::refusesKeys()
{
    QFETCH(QString, name);
    QFETCH(QString, key);
    try {
        Checkpoint::open(wrapped(name), {}, key.toStdString());
        QFAIL("it was opened");
    } catch (const Error& error) {
        QCOMPARE(static_cast<int>(error.code()), static_cast<int>(ErrorCode::NotFound));
        const QString message = error.what();
        QVERIFY2(message.contains("under " + key) && message.contains("5 tensors"), qPrintable(message));
    }
}

void TestWrappedCheckpoint::survivesHostileObjects_data()
{
    QTest::addColumn<QByteArray>("pickle");
    const auto row = [](const char* name, const std::function<void(PickleWriter&)>& more) {
        QTest::newRow(name) << QByteArray::fromStdString(beside(more));
    };
    const std::string touch = std::string("touch ") + executionMark;
    row("a command", [&](auto& p) { p.text("x").global("posix", "system").raw("(").text(touch).raw("tRs"); });
    row("a command by STACK_GLOBAL",
        [&](auto& p) { p.text("x").text("os").text("system").raw("\x93(").text(touch).raw("tRs"); });
    row("a command by NEWOBJ_EX", [&](auto& p) {
        p.text("x").global("subprocess", "Popen").raw("(").text(touch).raw("t}").text("shell").raw("\x88s\x92s");
    });
    row("a call of what a call gives", [&](auto& p) {
        p.text("x")
            .global("builtins", "getattr")
            .raw("(")
            .global("os", "system")
            .text("__call__")
            .raw("tR(")
            .text(touch)
            .raw("tRs");
    });
    row("a state that is a command", [&](auto& p) {
        p.text("x").global("a", "B").raw(")\x81").global("posix", "system").raw("(").text(touch).raw("tRbs");
    });
    row("a record in itself",
        [](auto& p) { p.text("x").global("a", "B").raw(")\x81q\x01").raw("}").text("me").raw("h\x01sbs"); });
    row("records in a ring", [](auto& p) {
        p.text("x").global("a", "B").raw("q\x03)\x81q\x01h\x03)\x81q\x02");
        p.raw("}")
            .text("me")
            .raw("h\x01"
                 "sb0}")
            .text("me")
            .raw("h\x02"
                 "sbs");
    });
    row("a record that is its own key", [](auto& p) { p.text("x").global("a", "B").raw(")\x81q\x01h\x01Nss"); });
    row("a record that is its own list", [](auto& p) {
        p.text("x").global("a", "B").raw(")\x81q\x01h\x01"
                                         "as");
    });
    row("a state without an end",
        [](auto& p) { p.text("x").global("a", "B").raw(")\x81q\x01" + repeated("}b", 100'000) + "s"); });
    row("one huge state for many", [](auto& p) {
        p.text("x")
            .raw("](" + repeated("K\x01", 200'000) +
                 "eq\x02"
                 "0")
            .raw("](")
            .global("a", "B")
            .raw("q\x03"
                 "0");
        p.raw(repeated("h\x03)\x81h\x02"
                       "b",
                       100'000) +
              "es");
    });
    row("a chain of states", [](auto& p) {
        // Each record is there before the one that it will hold, so that no depth is noted.
        const auto number = [](std::uint32_t i) { return rawBytes(100 + i); };
        p.text("args")
            .raw("](")
            .global("omegaconf", "C")
            .raw("q\x01"
                 "0");
        for (std::uint32_t i = 0; i < 100'000; ++i)
            p.raw("h\x01)\x81r" + number(i));
        p.raw("e0");
        for (std::uint32_t i = 0; i + 1 < 100'000; ++i)
            p.raw("j" + number(i) + "}").text("_val").raw("j" + number(i + 1) + "sb0");
        p.raw("j" + number(0) + "s");
    });
    row("a thousand state dicts", [](auto& p) {
        p.text("x").raw("}(");
        for (int i = 0; i < 3000; ++i)
            p.text("d" + std::to_string(i)).raw("}").text("w").tensor("0", 4, 0, {4}, {1}).raw("s");
        p.raw("us");
    });
    row("storages of unknown kinds", [](auto& p) { p.text("x").storage("9", INT64_MAX, "Float128Storage").raw("s"); });
    row("a parameter of a record", [](auto& p) {
        p.text("x").global("torch._utils", "_rebuild_parameter").raw("(").global("a", "b").raw(")R\x89NtRs");
    });
}

void TestWrappedCheckpoint::survivesHostileObjects()
{
    QFETCH(QByteArray, pickle);
    const std::filesystem::path path = m_file.write(ZipWriter::checkpoint(pickle.toStdString()));
    const Outcome outcome = openAndRead(path);
    QVERIFY2(!outcome.failed, qPrintable(outcome.message));
    QCOMPARE(outcome.values.size(), std::size_t{1});
    QVERIFY(outcome.values.contains("query_embed.weight"));
    QVERIFY2(!std::filesystem::exists(executionMark), "something was executed");
}

void TestWrappedCheckpoint::refusesHostileNames_data()
{
    addHostileColumns();
    const auto row = [](const char* name, ErrorCode code, const char* message,
                        const std::function<void(PickleWriter&)>& more) {
        addHostileRow(name, ZipWriter::checkpoint(beside(more)), code, message);
    };
    const std::string megabytes(8'000'000, 'a');
    row("one long name for many tensors", ErrorCode::Damaged, "8000000 bytes", [&](auto& p) {
        p.text(megabytes)
            .raw("q\x01")
            .tensor("0", 4, 0, {4}, {1})
            .raw("q\x02s(" + repeated("h\x01h\x02", 90'000) + "u");
    });
    row("one long name for many objects", ErrorCode::Damaged, "8000000 bytes",
        [&](auto& p) { p.text("x").text(megabytes).raw("q\x01" + repeated("h\x01\x93h\x01", 10'000)); });
    row("records beyond belief", ErrorCode::TooLarge, "builds",
        [](auto& p) { p.text("x").raw("](").global("a", "B").raw("q\x01" + repeated("h\x01)\x81", 600'000) + "es"); });
    row("records in records", ErrorCode::TooLarge, "nested deeper than 200",
        [](auto& p) { p.text("x").global("a", "B").raw(")\x81" + repeated(")\x81", 100'000) + "s"); });
    row("arguments in arguments", ErrorCode::TooLarge, "nested deeper than 200", [](auto& p) {
        p.text("x").raw("N").raw(repeated("q\x01"
                                          "0ca\nb\nh\x01\x85R",
                                          1'000) +
                                 "s");
    });
}

void TestWrappedCheckpoint::refusesHostileNames()
{
    QFETCH(QByteArray, bytes);
    expectHostileOutcome(m_file, bytes.toStdString());
}

void TestWrappedCheckpoint::opens_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<int>("first");
    QTest::addColumn<QString>("others");
    QTest::addColumn<int>("leftOut");
    const auto row = [](const char* name, const char* key, const char* prefix, int first = 0, const char* others = "",
                        int leftOut = 0) { QTest::newRow(name) << key << prefix << first << others << leftOut; };
    row("one_cycle", "model", "");
    row("compiled", "/", "_orig_mod.");
    row("compiled_parallel", "model", "module._orig_mod.");
    row("deepspeed", "module", "_forward_module.model.");
    row("fsdp", "/", "_fsdp_wrapped_module.");
    row("lightning", "state_dict", "model.", 0, "", 2);
    row("lightning_legacy", "state_dict", "model.", 0, "", 2);
    row("lightning_ema", "state_dict:model.", "model.", 0, "state_dict:ema_model.module. (5 tensors)");
    row("best_accuracy", "state_dict", "");
    row("model_state_dict", "model_state_dict", "");
    row("ema_beside", "model", "", 0, "model_ema (5 tensors)");
    row("ema_whole", "state_dict_ema", "", 20, "model (1 tensor)");
    row("ema_nested", "trainer/net/0", "", 0, "ema/shadow_params (5 tensors)");
    row("averaged", "/", "module.", 0, "", 1);
    row("criterion_object", "state_dict", "");
    row("criterion_object_legacy", "state_dict", "");
    row("odd_objects", "model", "");
    row("odd_objects_legacy", "model", "");
    row("odd_objects_protocol4", "model", "");
    row("foreign_args", "model", "");
    row("class_names", "state_dict", "");
    row("in_an_object", "weights", "");
}

void TestWrappedCheckpoint::opens()
{
    QFETCH(QString, key);
    QFETCH(QString, prefix);
    QFETCH(int, first);
    QFETCH(QString, others);
    QFETCH(int, leftOut);
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(wrapped(QTest::currentDataTag()));
    expectModel(*checkpoint, first);
    const StateDictOrigin& origin = checkpoint->origin();
    QCOMPARE(QString::fromStdString(origin.key), key);
    QCOMPARE(QString::fromStdString(origin.prefix), prefix);
    QCOMPARE(QString::fromStdString(othersText(origin)), others);
    QCOMPARE(static_cast<int>(origin.leftOut), leftOut);
    QCOMPARE(origin.isAveraged, QByteArray(QTest::currentDataTag()) == "averaged" || key.contains("ema"));
}

void TestWrappedCheckpoint::opensByKey_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("first");
    QTest::newRow("the one that is taken anyway") << "ema_beside"
                                                  << "model" << 0;
    QTest::newRow("the other one") << "ema_beside"
                                   << "model_ema" << 20;
    QTest::newRow("deeper") << "ema_nested"
                            << "ema/shadow_params" << 20;
    QTest::newRow("by its prefix") << "lightning_ema"
                                   << "state_dict:ema_model.module." << 20;
    QTest::newRow("the best one in a dictionary") << "lightning_ema"
                                                  << "state_dict" << 0;
    QTest::newRow("bare") << "compiled"
                          << "/" << 0;
}

void TestWrappedCheckpoint::opensByKey()
{
    QFETCH(QString, name);
    QFETCH(QString, key);
    QFETCH(int, first);
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(wrapped(name), {}, key.toStdString());
    expectModel(*checkpoint, first);
    QVERIFY(QString::fromStdString(checkpoint->origin().key).startsWith(key));
}

void TestWrappedCheckpoint::takesPrefixesOffSafetensors()
{
    const QByteArray header =
        R"({"ema.query_embed.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
        R"("model._orig_mod.query_embed.weight":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
        R"("model.head.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},)"
        R"("step":{"dtype":"I64","shape":[1],"data_offsets":[12,20]}})";
    const std::string data = rawBytes(20.0F) + rawBytes(1.0F) + rawBytes(2.0F) + rawBytes(std::int64_t{7});
    const std::filesystem::path path =
        m_file.write(rawBytes(static_cast<std::uint64_t>(header.size())) + header.toStdString() + data);
    const std::map<std::string, std::vector<float>> model{{"head.bias", {2}}, {"query_embed.weight", {1}}};
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path);
    QVERIFY(readAll(*checkpoint) == model);
    QCOMPARE(checkpoint->origin().prefix.c_str(), "model._orig_mod.");
    QCOMPARE(othersText(checkpoint->origin()).c_str(), "/:ema. (1 tensor)");
    QCOMPARE(checkpoint->origin().leftOut, std::size_t{1});
    const std::map<std::string, std::vector<float>> average{{"query_embed.weight", {20}}};
    QVERIFY(readAll(*Checkpoint::open(path, {}, "/:ema.")) == average);
}

void TestWrappedCheckpoint::readsSettings_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("settings");
    QTest::newRow("one_cycle") << ""
                               << "null";
    QTest::newRow("lightning") << "hyper_parameters"
                               << R"({"backbone":"resnet18","nheads":4})";
    QTest::newRow("odd_objects") << "config"
                                 << R"({"backbone":"resnet18","nheads":4})";
    QTest::newRow("foreign_args") << "args"
                                  << R"({"backbone":"tf_efficientnet_b0","image_size":224,"nheads":"eight"})";
    QTest::newRow("class_names") << ""
                                 << R"({"class_names":["Ant","Bee","Cat"]})";
}

void TestWrappedCheckpoint::readsSettings()
{
    QFETCH(QString, key);
    QFETCH(QString, settings);
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(wrapped(QTest::currentDataTag()));
    QCOMPARE(QString::fromStdString(checkpoint->args().dump()), settings);
    QCOMPARE(QString::fromStdString(checkpoint->origin().settingsKey), key);
}

void TestWrappedCheckpoint::namesObjects()
{
    QCOMPARE(objectsText(Checkpoint::open(wrapped("one_cycle"))->origin()).c_str(),
             "__builtin__.dict, __builtin__.getattr, torch.optim.lr_scheduler.OneCycleLR, torch.optim.sgd.SGD");
    QVERIFY(Checkpoint::open(wrapped("model_state_dict"))->origin().objects.empty());
}

QTEST_GUILESS_MAIN(TestWrappedCheckpoint)
#include "test_wrapped_checkpoint.moc"
