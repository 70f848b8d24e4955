// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "tests/io/hostile_rows.h"
#include "tests/io/legacy_writer.h"
#include "tests/io/module_writer.h"
#include "tests/io/zip_writer.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

const std::string fourFloats = rawBytes(1.0F) + rawBytes(2.0F) + rawBytes(3.0F) + rawBytes(4.0F);

/// Every instruction that whole models and state dicts are written with.
const std::set<int>& understood()
{
    static const std::set<int> all{'(',  '.',  '0',  '1',  'J',  'K',  'M',  'N',  'Q',  'R',  'T',  'U',  'X',
                                   'a',  'b',  'c',  'e',  'h',  'j',  'q',  'r',  's',  't',  'u',  ']',  ')',
                                   '}',  'G',  'B',  'C',  0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b,
                                   0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96};
    return all;
}

/// A module with one parameter and an attribute of those bytes.
std::string holding(const std::string& bytes)
{
    ModulePickle module;
    module.parameters = {{"weight", floatPair()}};
    module.attributes = {{"note", rawValue(bytes)}};
    return module.pickle();
}

/// A module whose one parameter is `value`, beside one that is sound.
std::string with(ModulePickle::Value value)
{
    ModulePickle module;
    module.parameters = {{"odd", std::move(value)}, {"weight", floatPair()}};
    return module.pickle();
}

/// A call of a function on a tensor and what follows it.
ModulePickle::Value rebuilt(const std::string& module, const std::string& name, const std::string& rest)
{
    return [=](PickleWriter& pickle) {
        pickle.global(module, name).raw("(").tensor("0", 4, 2, {2}, {1}).raw(rest + "tR");
    };
}

std::string calling(const std::string& how)
{
    const std::string command = std::string("touch ") + executionMark;
    return how + "(X" + rawBytes(static_cast<std::uint32_t>(command.size())) + command + "t";
}

} // namespace

/// The rules of a reader of whole pickled models that never executes, a row or more for each.
class TestModuleRules : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { limitMemory(); }
    void refusesOtherInstructions_data();
    void refusesOtherInstructions();
    void refuses_data();
    void refuses();
    void opens_data();
    void opens();
    void keepsObjectsApart();

private:
    ScratchFile m_file;
};

void TestModuleRules::refusesOtherInstructions_data()
{
    QTest::addColumn<int>("byte");
    for (int byte = 0; byte < 256; ++byte)
        if (!understood().contains(byte))
            QTest::newRow(qPrintable(QString::number(byte))) << byte;
}

/// Rule 1: a closed set of instructions; anything else is refused by its name.
void TestModuleRules::refusesOtherInstructions()
{
    QFETCH(int, byte);
    static const std::map<int, const char*> named{{'F', "FLOAT"},  {'I', "INT"},          {'L', "LONG"},
                                                  {'P', "PERSID"}, {'S', "STRING"},       {'V', "UNICODE"},
                                                  {'2', "DUP"},    {'d', "DICT"},         {'g', "GET"},
                                                  {'i', "INST"},   {'l', "LIST"},         {'o', "OBJ"},
                                                  {'p', "PUT"},    {0x82, "EXT1"},        {0x83, "EXT2"},
                                                  {0x84, "EXT4"},  {0x97, "NEXT_BUFFER"}, {0x98, "READONLY_BUFFER"}};
    const std::string pickle = holding("N" + std::string(1, static_cast<char>(byte)) + "os\nsystem\n");
    const Outcome outcome = openAndRead(m_file.write(ZipWriter::checkpoint(pickle, fourFloats)));
    QVERIFY2(outcome.failed, "it was accepted");
    QVERIFY(outcome.code == ErrorCode::Unsafe);
    QVERIFY2(outcome.message.contains("instruction " + QString::number(byte)), qPrintable(outcome.message));
    if (const auto name = named.find(byte); name != named.end())
        QVERIFY2(outcome.message.contains(QString("(%1)").arg(name->second)), qPrintable(outcome.message));
}

void TestModuleRules::refuses_data()
{
    addHostileColumns();
    const auto row = [](const char* name, ErrorCode code, const char* message, const std::string& pickle) {
        addHostileRow(name, ZipWriter::checkpoint(pickle, fourFloats), code, message);
    };
    // Rule 3: only a class or function that is named can be called, and only a record has a state.
    row("a call of a text", ErrorCode::Unsafe, "calls a value",
        holding(calling("X\x02" + std::string(3, '\0') + "os") + "R"));
    row("a state of a number", ErrorCode::Unsafe, "changes the state", holding("K\x01}b"));
    row("items of a text", ErrorCode::Damaged, "no dictionary",
        holding("U\x01"
                "aNNs"));
    row("members of a number", ErrorCode::Damaged, "no list", holding("K\x01Na"));
    // Rule 6: counted before anything is allocated.
    row("an offset beyond the storage", ErrorCode::Damaged, "lies beyond",
        with([](PickleWriter& p) { p.tensor("0", 4, 5, {1}, {1}); }));
    row("strides beyond the storage", ErrorCode::Damaged, "lies beyond", with([](PickleWriter& p) {
            p.tensor("0", 4, 0, {2, 2}, {3, 1});
        }));
    row("elements that nobody has", ErrorCode::Damaged, "more elements", with([](PickleWriter& p) {
            p.tensor("0", 4, 0, {1 << 20, 1 << 20}, {0, 0});
        }));
    row("a storage larger than its entry", ErrorCode::Damaged, "its entry has", [] {
        ModulePickle module;
        module.parameters = {{"weight", [](PickleWriter& p) { p.tensor("0", INT64_C(1) << 40, 0, {2}, {1}); }}};
        return module.pickle();
    }());
    row("a storage of two sizes", ErrorCode::Damaged, "elements in one place",
        with([](PickleWriter& p) { p.tensor("0", INT64_C(1) << 40, 0, {2}, {1}); }));
    row("a negative extent", ErrorCode::Damaged, "negative",
        with([](PickleWriter& p) { p.tensor("0", 4, 0, {-2}, {1}); }));
    row("a memo beyond the file", ErrorCode::TooLarge, "memo", holding("Nr\xff\xff\xff\x7f"));
    row("what was never kept", ErrorCode::Damaged, "recalls", holding("h\xfe"));
    row("more values than there are", ErrorCode::Damaged, "not there", holding("0000000000"));
    row("a text longer than the file", ErrorCode::Damaged, "bytes are needed",
        holding("X\xff\xff\xff\x7f"
                "a"));
    row("bytes longer than the file", ErrorCode::Damaged, "",
        holding("B\xff\xff\xff\x7f"
                "a"));
    // Persistent ids: a storage, or in old files a class with its source, nothing else.
    row("a persistent number", ErrorCode::Damaged, "persistent", holding("K\x01Q"));
    row("a persistent function", ErrorCode::Damaged, "persistent",
        holding("(U\x04"
                "callcos\nsystem\nNNNtQ"));
    row("a storage of a negative count", ErrorCode::Damaged, "a storage",
        with([](PickleWriter& p) { p.tensor("0", -4, 0, {1}, {1}); }));
    // Rule 7: a root that is neither a dictionary nor a module.
    row("a number as the root", ErrorCode::Unsupported, "no state dict", PickleWriter().integer(3).stop());
    row("a list as the root", ErrorCode::Unsupported, "no state dict", PickleWriter().raw("](NNe").stop());
    row("a class as the root", ErrorCode::Unsupported, "model.Net", PickleWriter().global("model", "Net").stop());
    row("a tensor as the root", ErrorCode::Unsupported, "single tensor",
        PickleWriter().tensor("0", 4, 0, {2}, {1}).stop());
}

void TestModuleRules::refuses()
{
    QFETCH(QByteArray, bytes);
    expectHostileOutcome(m_file, bytes.toStdString());
}

void TestModuleRules::opens_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("names"); // of the tensors, one space between
    const auto bytes = [](const char* name, const std::string& file, const char* names) {
        QTest::newRow(name) << QByteArray::fromStdString(file) << QString(names);
    };
    const auto row = [&](const char* name, const std::string& pickle, const char* names = "weight") {
        bytes(name, ZipWriter::checkpoint(pickle, fourFloats), names);
    };
    // Rule 2: a name is a name, and only a few have a meaning.
    row("a command by GLOBAL", holding("cposix\nsystem\n"));
    row("a command by STACK_GLOBAL", holding("U\x02osU\x06system\x93"));
    row("a tensor by a name that is nearly right", with(rebuilt("torch.utils", "_rebuild_tensor_v2", "")));
    row("a storage's class by another module", holding("(U\x07storagecnumpy\nFloatStorage\nU\x01"
                                                       "9U\x03"
                                                       "cpuK\x04tQ"));
    // Rule 3: a call, an instance and its keywords make a record, whatever is named, and nothing runs.
    row("a command by REDUCE", holding(calling("cposix\nsystem\n") + "R"));
    row("a command by NEWOBJ", holding(calling("cposix\nsystem\n") + "\x81"));
    row("a command by NEWOBJ_EX", holding(calling("csubprocess\nPopen\n") + "}U\x05shell\x88s\x92"));
    row("a call of what a call gives", holding(calling(calling("cbuiltins\ngetattr\n") + "R") + "R"));
    row("a state of an inert record", holding(calling("cposix\nsystem\n") + "R}b"));
    row("a state with slots", holding("ca\nB\n)\x81}}\x86"
                                      "b"));
    row("a state without attributes", holding("ca\nB\n)\x81N}\x86"
                                              "b"));
    row("a state that is a call", holding("ca\nB\n)\x81" + calling("cposix\nsystem\n") + "Rb"));
    row("items of a record", holding("ca\nB\n)\x81(U\x01"
                                     "aNU\x01"
                                     "bNu"));
    row("members of a record", holding("ca\nB\n)\x81(NNe"));
    // Rule 4: a class is a value, and a key.
    row("a class as a value", holding("cresnet_features\nBasicBlock\n"));
    row("a class as a key", holding("}cpytorch_lightning.callbacks.model_checkpoint\nModelCheckpoint\nNs"));
    // Rule 5: an object is a key.
    row("an object as a key", holding("}cmodel\nBranch\n)\x81K\x03s"));
    row("an object as its own key", holding("cmodel\nBranch\n)\x81q\x07h\x07h\x07s"));
    // What tensors and parameters are rebuilt by.
    row("a parameter", with(rebuilt("torch._utils", "_rebuild_parameter", "\x88}")), "odd weight");
    row("a parameter with a state", with(rebuilt("torch._utils", "_rebuild_parameter_with_state", "\x88}}")),
        "odd weight");
    row("a parameter before 0.4", with(rebuilt("torch.nn.parameter", "Parameter", "\x88")), "odd weight");
    row("no elements", with([](PickleWriter& p) { p.tensor("0", 4, 0, {1, 0, 2}, {2, 2, 1}); }), "odd weight");
    row("a single element", with([](PickleWriter& p) { p.tensor("0", 4, 3, {}, {}); }), "odd weight");
    row("strides that are not contiguous", with([](PickleWriter& p) {
            p.tensor("0", 4, 0, {2, 2}, {1, 2});
        }),
        "odd weight");
    // What modules keep besides.
    row("tables of Python 2", [] {
        PickleWriter pickle;
        pickle.global("model", "Net").raw(")\x81}").text("_parameters");
        pickle.global("collections", "OrderedDict").raw("(](](").text("weight").tensor("0", 4, 0, {2}, {1});
        pickle.raw("eetRs").text("_modules").global("collections", "OrderedDict").raw(")Rsb");
        return pickle.stop();
    }());
    row("a set of protocol 4 that names passing buffers", [] {
        PickleWriter pickle;
        pickle.global("model", "Net").raw(")\x81}").text("_parameters").raw("}").text("weight");
        pickle.tensor("0", 4, 0, {2}, {1}).raw("ss").text("_buffers").raw("}").text("scratch");
        pickle.tensor("0", 4, 0, {2}, {1}).raw("ss").text("_non_persistent_buffers_set").raw("\x8f(");
        pickle.text("scratch").raw("\x90s").text("_modules").raw("}sb");
        return pickle.stop();
    }());
    ModulePickle distributed;
    distributed.module = "torch.nn.parallel.distributed";
    distributed.name = "DistributedDataParallel";
    ModulePickle inner;
    inner.parameters = {{"weight", floatPair()}};
    distributed.children = {{"module", inner.value()}};
    row("DistributedDataParallel", distributed.pickle());
    bytes("a root of another name",
          ZipWriter::archive({{"PPNet_0.8/data.pkl", holding("N")}, {"PPNet_0.8/data/0", fourFloats}}), "weight");
    bytes(
        "legacy, a source that was not found",
        [] {
            PickleWriter pickle;
            pickle.raw("(").text("module").global("model", "Net").raw("NNtQ)\x81}").text("_parameters").raw("}");
            pickle.text("weight").tensor("0", 4, 0, {2}, {1}).raw("ss").text("_modules").raw("}sb");
            return legacyFile(pickle.stop(), legacyKeys({"0"}), rawBytes(std::int64_t{4}) + fourFloats);
        }(),
        "weight");
    bytes(
        "legacy, no view",
        [] {
            PickleWriter pickle;
            pickle.global("model", "Net").raw(")\x81}").text("_parameters").raw("}").text("weight");
            pickle.global("torch._utils", "_rebuild_tensor_v2").raw("((").text("storage");
            pickle.global("torch", "FloatStorage")
                .text("0")
                .text("cuda:0")
                .integer(4)
                .raw("NtQ")
                .tensorTail(0, {2}, {1});
            pickle.raw("ss").text("_modules").raw("}sb");
            return legacyFile(pickle.stop(), legacyKeys({"0"}), rawBytes(std::int64_t{4}) + fourFloats);
        }(),
        "weight");
    bytes(
        "of a GPU, before 1.0",
        [] {
            PickleWriter pickle;
            pickle.global("model", "Net").raw(")\x81}").text("_parameters").raw("}").text("weight");
            pickle.global("torch._utils", "_rebuild_tensor_v2").raw("((").text("storage");
            pickle.global("torch.cuda", "FloatStorage")
                .text("0")
                .text("cuda:3")
                .integer(4)
                .raw("tQ")
                .tensorTail(0, {2}, {1});
            return ZipWriter::checkpoint(pickle.raw("ss").text("_modules").raw("}sb").stop(), fourFloats);
        }(),
        "weight");
}

void TestModuleRules::opens()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, names);
    const Outcome outcome = openAndRead(m_file.write(bytes.toStdString()));
    QVERIFY2(!outcome.failed, qPrintable(outcome.message));
    QStringList got;
    for (const auto& [name, values] : outcome.values)
        got << QString::fromStdString(name);
    QCOMPARE(got.join(' '), names);
    QVERIFY2(!std::filesystem::exists(executionMark), "something was executed");
}

/// Rule 5: keys are compared by identity, so that two objects that look alike are two keys.
void TestModuleRules::keepsObjectsApart()
{
    const std::string branch = "cmodel\nBranch\n)\x81}U\x06_indexK\x04sb";
    ModulePickle module;
    module.parameters = {{"weight", floatPair()}};
    module.attributes = {{"_out_map", rawValue("}" + branch + "K\x01s" + branch + "K\x02s")}};
    const auto checkpoint = Checkpoint::open(m_file.write(ZipWriter::checkpoint(module.pickle(), fourFloats)));
    const nlohmann::json& table = checkpoint->object().at("tables").at("_out_map");
    QCOMPARE(table.size(), std::size_t{2});
    QCOMPARE(table.at(0).at(1).get<int>(), 1);
    QCOMPARE(table.at(1).at(1).get<int>(), 2);
}

QTEST_GUILESS_MAIN(TestModuleRules)
#include "test_module_rules.moc"
