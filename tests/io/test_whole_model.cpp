// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "tests/io/hostile_rows.h"
#include "tests/io/legacy_writer.h"
#include "tests/io/module_writer.h"
#include "tests/io/zip_writer.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

using Strings = std::vector<std::string>;

const std::string fourFloats = rawBytes(1.0F) + rawBytes(2.0F) + rawBytes(3.0F) + rawBytes(4.0F);

/// A module with one parameter and whatever is added.
ModulePickle net(ModulePickle::Values attributes = {}, ModulePickle::Values children = {})
{
    ModulePickle module;
    module.parameters = {{"weight", floatPair()}};
    module.attributes = std::move(attributes);
    module.children = std::move(children);
    return module;
}

std::string zipOf(const std::string& pickle)
{
    return ZipWriter::checkpoint(pickle, fourFloats);
}

std::string written(const ModulePickle::Value& value)
{
    PickleWriter pickle;
    value(pickle);
    return pickle.stop();
}

/// Modules that lie in each other, made before what they will hold, so that no depth of values is noted.
std::string chain(int depth)
{
    PickleWriter pickle;
    pickle.global("model", "Net")
        .raw("q\x01"
             "0](");
    for (int i = 0; i < depth; ++i)
        pickle.raw("h\x01)\x81r" + rawBytes<std::uint32_t>(100 + static_cast<std::uint32_t>(i)));
    pickle.raw("e0");
    for (int i = 0; i < depth; ++i) {
        const auto at = [](int index) {
            return "j" + rawBytes<std::uint32_t>(100 + static_cast<std::uint32_t>(index));
        };
        pickle.raw(at(i) + "}").text("_parameters").raw("}");
        if (i + 1 == depth)
            pickle.text("weight").tensor("0", 4, 0, {2}, {1}).raw("s");
        pickle.raw("s").text("_modules").raw("}");
        if (i + 1 < depth)
            pickle.text("m").raw(at(i + 1) + "s");
        pickle.raw("sb0");
    }
    return pickle.raw("j" + rawBytes<std::uint32_t>(100)).stop();
}

/// Each module has the next one twice: 2^depth names from a few bytes.
std::string doubled(int depth)
{
    PickleWriter pickle;
    net().write(pickle);
    for (int i = 0; i < depth; ++i) {
        const std::string memo(1, static_cast<char>(i + 1));
        pickle.raw("q" + memo + "0");
        ModulePickle outer;
        outer.children = {{"a", rawValue("h" + memo)}, {"b", rawValue("h" + memo)}};
        outer.write(pickle);
    }
    return pickle.stop();
}

/// A small legacy file with one storage, as a plain pickle has each of them.
std::string storageFile(std::int64_t claimed, const std::string& data)
{
    return legacyFile(PickleWriter().storage("7", claimed).stop(), legacyKeys({"7"}), rawBytes(claimed) + data);
}

/// A tensor whose storage is a call on those bytes.
ModulePickle::Value nestedTensor(const std::string& bytes)
{
    return [bytes](PickleWriter& pickle) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").raw("(").global("torch.storage", "_load_from_bytes");
        pickle.raw("B" + rawBytes(static_cast<std::uint32_t>(bytes.size())) + bytes + "\x85R");
        pickle.tensorTail(0, {2}, {1});
    };
}

std::string plainPickle(const std::string& bytes)
{
    ModulePickle module;
    module.parameters = {{"weight", nestedTensor(bytes)}};
    return module.pickle();
}

Strings namesOf(const Outcome& outcome)
{
    Strings names;
    for (const auto& [name, values] : outcome.values)
        names.push_back(name);
    return names;
}

QStringList listed(const Strings& names)
{
    QStringList list;
    for (const std::string& name : names)
        list << QString::fromStdString(name);
    return list;
}

std::filesystem::path goldenFolder()
{
    return OCELLUS_GOLDEN_XAI_DIR;
}

} // namespace

/// Whole pickled models: the state dict that they would write, what they say of themselves, and nothing run.
class TestWholeModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { limitMemory(); }
    void refuses_data();
    void refuses();
    void opens_data();
    void opens();
    void givesValues();
    void saysWhatItIs();
    void givesWhatItSaysOfItself();
    void leavesOutTooMuch();
    void equalsTheReference_data();
    void equalsTheReference();

private:
    ScratchFile m_file;
};

void TestWholeModel::refuses_data()
{
    addHostileColumns();
    const auto row = [](const char* name, ErrorCode code, const char* message, const std::string& pickle) {
        addHostileRow(name, zipOf(pickle), code, message);
    };
    row("no tensor", ErrorCode::Unsupported, "model.Net, which has no tensor", ModulePickle().pickle());
    row("no module", ErrorCode::Unsupported, "model.Net and no state dict",
        PickleWriter().global("model", "Net").raw(")\x81}").text("weight").integer(3).raw("sb").stop());
    row("a module in itself", ErrorCode::Damaged, "lies in itself", [] {
        PickleWriter pickle;
        pickle.global("model", "Net").raw(")\x81q\x01}").text("_parameters").raw("}s").text("_modules").raw("}");
        return pickle.text("me").raw("h\x01ssb").stop();
    }());
    row("two modules in each other", ErrorCode::Damaged, "lies in itself", [] {
        PickleWriter pickle;
        pickle.global("model", "Net").raw("q\x03)\x81q\x01h\x03)\x81q\x02}");
        pickle.text("_parameters").raw("}s").text("_modules").raw("}").text("one").raw("h\x01ssb0}");
        pickle.text("_parameters").raw("}s").text("_modules").raw("}").text("two").raw("h\x02ssb");
        return pickle.stop();
    }());
    row("101 modules in each other", ErrorCode::TooLarge, "deeper than 100 levels", chain(101));
    row("2^40 names", ErrorCode::TooLarge, "", doubled(40));
    row("a long name", ErrorCode::Damaged, "bytes, at most 1000", [] {
        return net({}, {{std::string(600, 'a'), net({}, {{std::string(600, 'b'), net().value()}}).value()}}).pickle();
    }());
    const auto holding = [](ModulePickle::Value tensor) {
        ModulePickle module;
        module.parameters = {{"weight", std::move(tensor)}};
        return module.pickle();
    };
    row("a tensor beyond its storage", ErrorCode::Damaged, "lies beyond", holding(bufferPair(3)));
    row("a storage that is not there", ErrorCode::Damaged, "not in the archive",
        holding([](PickleWriter& p) { p.tensor("1", 4, 0, {2}, {1}); }));
    row("the same name twice", ErrorCode::Damaged, "is there twice", [] {
        ModulePickle module = net();
        module.buffers = {{"weight", bufferPair()}};
        return module.pickle();
    }());
    row("attributes beyond belief", ErrorCode::TooLarge, "attributes", [] {
        ModulePickle inner = net();
        for (int i = 0; i < 500; ++i)
            inner.attributes.emplace_back("a" + std::to_string(i), rawValue("K\x01"));
        PickleWriter pickle;
        inner.write(pickle);
        pickle.raw("q\x01"
                   "0");
        ModulePickle outer;
        for (int i = 0; i < 500; ++i)
            outer.children.emplace_back("m" + std::to_string(i), rawValue("h\x01"));
        outer.write(pickle);
        return pickle.stop();
    }());

    addHostileRow("a plain pickle without storages", ModulePickle().pickle(), ErrorCode::Unsupported,
                  "not one of torch.save");
    addHostileRow("bytes that are no file", plainPickle("no pickle at all"), ErrorCode::Unsafe, "instruction");
    addHostileRow("bytes of another pickle", plainPickle(PickleWriter().integer(3).stop()), ErrorCode::Damaged,
                  "should hold one storage");
    addHostileRow("a nested storage cut short", plainPickle(storageFile(4, std::string(8, '\0'))), ErrorCode::Damaged,
                  "8 bytes are left");
    addHostileRow("a nested storage beyond belief", plainPickle(storageFile(INT64_MAX, std::string(8, '\0'))),
                  ErrorCode::Damaged, "bytes are left");
    addHostileRow("a file in a file in a file",
                  plainPickle(legacyFile(written(nestedTensor(storageFile(4, fourFloats))), legacyKeys({}), "")),
                  ErrorCode::Damaged, "should hold one storage");
    addHostileRow("bytes longer than the file",
                  PickleWriter().global("torch.storage", "_load_from_bytes").raw("B\xff\xff\xff\x7f").stop(),
                  ErrorCode::Damaged, "cut short");
}

void TestWholeModel::refuses()
{
    QFETCH(QByteArray, bytes);
    expectHostileOutcome(m_file, bytes.toStdString());
}

void TestWholeModel::opens_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("object");
    const auto row = [](const char* name, const std::string& bytes, const Strings& names,
                        const char* object = "model.Net") {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << listed(names) << QString(object);
    };
    const auto zip = [&row](const char* name, const std::string& pickle, const Strings& names,
                            const char* object = "model.Net") { row(name, zipOf(pickle), names, object); };
    ModulePickle full = net({}, {{"conv", net().value()}, {"relu", ModulePickle().value()}, {"none", rawValue("N")}});
    full.parameters.emplace_back("bias", rawValue("N"));
    full.buffers = {{"running", bufferPair(2)}, {"count", rawValue("N")}, {"scratch", bufferPair()}};
    full.passing = {"scratch"};
    zip("parameters, buffers and children", full.pickle(), {"conv.weight", "running", "weight"});
    zip("one module under two names", doubled(1), {"a.weight", "b.weight"});
    ModulePickle parallel;
    parallel.module = "torch.nn.parallel.data_parallel";
    parallel.name = "DataParallel";
    parallel.children = {{"module", full.value()}};
    zip("DataParallel", parallel.pickle(), {"conv.weight", "running", "weight"});
    zip("depth 60", chain(60), {[] {
            std::string name;
            for (int i = 1; i < 60; ++i)
                name += "m.";
            return name + "weight";
        }()});

    const auto intr = [](const char* name) {
        ModulePickle query = net();
        ModulePickle presence = net();
        presence.buffers = {};
        ModulePickle model = ModulePickle();
        model.name = name;
        model.children = {{"query_embed", query.value()}, {"presence_vector", presence.value()}};
        return model;
    };
    const Strings intrNames{"presence_vector.weight", "query_embed.weight"};
    ModulePickle average = ModulePickle();
    average.name = "AveragedModel";
    average.children = {{"module", intr("INTR").value()}};
    average.buffers = {{"n_averaged", bufferPair()}};
    zip("an average with a counter beside it", average.pickle(), intrNames, "model.INTR");
    ModulePickle lightning = ModulePickle();
    lightning.name = "LitINTR";
    lightning.children = {{"model", intr("INTR").value()}, {"loss", net().value()}};
    zip("a LightningModule", lightning.pickle(), intrNames, "model.INTR");
    zip("under a key, a callback's class beside it", written([&](PickleWriter& p) {
            p.raw("}").text("callbacks").raw("}").global("lightning", "ModelCheckpoint").raw("Nss").text("model");
            intr("INTR").write(p);
            p.raw("s");
        }),
        intrNames, "model.INTR");
    zip("a criterion beside a state dict", written([](PickleWriter& p) {
            p.raw("}").text("criterion");
            net().write(p);
            p.raw("s").text("model").raw("}").text("query_embed.weight").tensor("0", 4, 0, {2}, {1}).raw("ss");
        }),
        {"query_embed.weight"}, "");
    zip("a ring beside a state dict", written([](PickleWriter& p) {
            p.raw("}").text("criterion").global("model", "Net").raw(")\x81q\x01}").text("_parameters").raw("}s");
            p.text("_modules").raw("}").text("me").raw("h\x01ssbs");
            p.text("model").raw("}").text("query_embed.weight").tensor("0", 4, 0, {2}, {1}).raw("ss");
        }),
        {"query_embed.weight"}, "");

    const std::string command = std::string("touch ") + executionMark;
    const std::string touch = "X" + rawBytes(static_cast<std::uint32_t>(command.size())) + command;
    zip("a command as an attribute", net({{"note", rawValue("cposix\nsystem\n" + touch + "\x85R")}}).pickle(),
        {"weight"});
    zip("a backend before 1.3",
        net({{"_backend", rawValue("ctorch.nn.backends.thnn\n_get_thnn_function_backend\n)R")}}).pickle(), {"weight"});
    zip("a class as an attribute", net({{"block", rawValue("cresnet_features\nBasicBlock\n")}}).pickle(), {"weight"});
    zip("slots beside the attributes",
        [] {
            const std::string pickle = net().pickle();
            return pickle.substr(0, pickle.size() - 2) + "N\x86" + "b.";
        }(),
        {"weight"});
    zip("a set of no list", net({{"note", rawValue("c__builtin__\nset\nK\x01\x85R")}}).pickle(), {"weight"});
    zip("objects as keys", net({{"_out_map", rawValue("}cmodel\nNode\n)\x81K\x03s")}}).pickle(), {"weight"});
    zip("tensors as attributes", net({{"identity", bufferPair(2)}}).pickle(), {".identity", "weight"});

    row("legacy, with the source of each class",
        [] {
            PickleWriter pickle;
            pickle.raw("(").text("module").global("model", "Net").text("model.py").text("import os\nos.system('x')\n");
            pickle.raw("tQ)\x81}").text("_parameters").raw("}").text("weight");
            floatPair()(pickle);
            pickle.raw("ss").text("_modules").raw("}sb");
            return legacyFile(pickle.stop(), legacyKeys({"0"}), rawBytes(std::int64_t{4}) + fourFloats);
        }(),
        {"weight"});
    row("a plain pickle", plainPickle(storageFile(4, fourFloats)), {"weight"});
}

void TestWholeModel::opens()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, names);
    QFETCH(QString, object);
    const std::filesystem::path path = m_file.write(bytes.toStdString());
    const Outcome outcome = openAndRead(path);
    QVERIFY2(!outcome.failed, qPrintable(outcome.message));
    QCOMPARE(listed(namesOf(outcome)), names);
    QVERIFY2(!std::filesystem::exists(executionMark), "something was executed");
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path);
    QCOMPARE(QString::fromStdString(checkpoint->origin().object), object);
    QCOMPARE(checkpoint->object().is_null(), object.isEmpty());
}

void TestWholeModel::givesValues()
{
    ModulePickle module = net();
    module.buffers = {{"running", bufferPair(2)}};
    const std::map<std::string, std::vector<float>> expected{{"running", {3, 4}}, {"weight", {1, 2}}};
    QVERIFY(openAndRead(m_file.write(zipOf(module.pickle()))).values == expected);
    const std::map<std::string, std::vector<float>> plain{{"weight", {1, 2}}};
    QVERIFY(openAndRead(m_file.write(plainPickle(storageFile(4, fourFloats)))).values == plain);
    QCOMPARE(Checkpoint::open(m_file.path())->format().c_str(), "Python pickle");
}

void TestWholeModel::saysWhatItIs()
{
    const std::unique_ptr<Checkpoint> checkpoint =
        Checkpoint::open(m_file.write(zipOf(net({{"note", rawValue("cposix\nsystem\n)R")}}).pickle())));
    QCOMPARE(originText(checkpoint->origin()).c_str(), "whole pickled object model.Net");
    QCOMPARE(objectsText(checkpoint->origin()).c_str(), "model.Net, posix.system");
}

void TestWholeModel::givesWhatItSaysOfItself()
{
    const auto node = [](int index) {
        ModulePickle made;
        made.name = "Node";
        made.attributes = {{"_index", rawValue("K" + std::string(1, static_cast<char>(index)))},
                           {"_log", rawValue("\x89")}};
        return made;
    };
    const ModulePickle module = net({{"img_size", rawValue("K\x10")},
                                     {"shape", rawValue("K\x06K\x04\x86")},
                                     {"activation", [](PickleWriter& p) { p.text("log"); }},
                                     {"function", rawValue("cmodel\nlinear\n")},
                                     {"_out_map",
                                      [&](PickleWriter& p) {
                                          p.raw("}");
                                          node(8).write(p);
                                          p.raw("K\x02s");
                                      }}},
                                    {{"_root", node(7).value()}});
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(m_file.write(zipOf(module.pickle())));
    const auto expected = nlohmann::json::parse(R"({
        "class": "model.Net",
        "attributes": {"img_size": 16, "shape": [6, 4], "activation": "log", "_out_map": {}},
        "objects": {"function": "model.linear"},
        "tables": {"_out_map": [[{"_index": 8, "_log": false}, 2]]},
        "modules": {"_root": {"_index": 7, "_log": false}}})");
    QCOMPARE(QString::fromStdString(checkpoint->object().dump()), QString::fromStdString(expected.dump()));
}

void TestWholeModel::leavesOutTooMuch()
{
    ModulePickle module = net({{"names", [](PickleWriter& p) {
                                    p.raw("](");
                                    for (int i = 0; i < 30'000; ++i)
                                        p.raw("K\x01");
                                    p.raw("e");
                                }}});
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(m_file.write(zipOf(module.pickle())));
    QCOMPARE(checkpoint->tensors().size(), std::size_t{1});
    QVERIFY(checkpoint->object().at("attributes").empty());
}

void TestWholeModel::equalsTheReference_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("whole_model.pth, committed") << "";
    for (const char* name :
         {"protopnet-zip", "protopnet-legacy", "protopnet-dp", "hostile", "prototree-model", "prototree-tree"})
        if (std::filesystem::exists(goldenFolder() / ("pickle-" + std::string(name) + ".safetensors")))
            QTest::newRow(name) << name;
}

void TestWholeModel::equalsTheReference()
{
    QFETCH(QString, name);
    if (name.isEmpty()) {
        const Outcome outcome = openAndRead(OCELLUS_TEST_DATA "/io/whole_model.pth");
        QVERIFY2(!outcome.failed, qPrintable(outcome.message));
        QCOMPARE(listed(namesOf(outcome)), (QStringList{"bias", "weight"}));
        return;
    }
    const std::string bytes =
        readFile(QString::fromStdString((goldenFolder() / ("pickle-" + name.toStdString() + ".safetensors")).string()))
            .toStdString();
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    const auto header = nlohmann::json::parse(bytes.substr(sizeof length, length));
    const nlohmann::json& said = header.at("__metadata__");
    const std::filesystem::path path =
        goldenFolder() / "pickles" / nlohmann::json::parse(said.at("file").get<std::string>()).get<std::string>();
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path);
    // The reference looks at DataParallel's own attributes, which are none of the model's.
    const bool isParallel = name == "protopnet-dp";
    QCOMPARE(checkpoint->tensors().size(), header.size() - 1 + (isParallel ? 1 : 0));
    for (const TensorInfo& tensor : checkpoint->tensors()) {
        if (isParallel && tensor.name.starts_with('.'))
            continue;
        QVERIFY2(header.contains(tensor.name), tensor.name.c_str());
        const nlohmann::json& expected = header.at(tensor.name);
        QCOMPARE(tensor.shape, expected.at("shape").get<std::vector<std::int64_t>>());
        if (tensor.dtype != DType::Float32)
            continue;
        std::vector<float> values(static_cast<std::size_t>(tensor.count()));
        checkpoint->read(tensor, values);
        const std::size_t start = sizeof length + length + expected.at("data_offsets").at(0).get<std::size_t>();
        QVERIFY2(std::memcmp(values.data(), bytes.data() + start, values.size() * sizeof(float)) == 0,
                 tensor.name.c_str());
    }
    const nlohmann::json& object = checkpoint->object();
    const auto attributes = nlohmann::json::parse(said.at("attributes").get<std::string>());
    for (const auto& [key, value] : attributes.items())
        if (!isParallel)
            QCOMPARE(QString::fromStdString(object.at("attributes").at(key).dump()),
                     QString::fromStdString(value.dump()));
    if (!said.contains("out_map"))
        return;
    nlohmann::json outMap;
    for (const nlohmann::json& row : object.at("tables").at("_out_map"))
        outMap[row.at(0).at("_index").dump()] = row.at(1);
    QCOMPARE(QString::fromStdString(outMap.dump()),
             QString::fromStdString(nlohmann::json::parse(said.at("out_map").get<std::string>()).dump()));
}

QTEST_GUILESS_MAIN(TestWholeModel)
#include "test_whole_model.moc"
