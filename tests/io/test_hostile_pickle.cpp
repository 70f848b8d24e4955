// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "tests/io/hostile_rows.h"
#include "tests/io/legacy_writer.h"
#include "tests/io/pickle_writer.h"
#include "tests/io/zip_writer.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

std::string repeated(std::string_view piece, std::size_t count)
{
    std::string text;
    text.reserve(piece.size() * count);
    for (std::size_t i = 0; i < count; ++i)
        text += piece;
    return text;
}

void addExecutionRows()
{
    const std::string touch = std::string("touch ") + executionMark;
    const auto writer = [] { return PickleWriter(); };
    addHostileRow("os.system by GLOBAL", writer().global("os", "system").raw("(").text(touch).raw("tR").stop(),
                  ErrorCode::Unsupported, "os.system");
    addHostileRow("posix.system by GLOBAL", writer().global("posix", "system").raw("(").text(touch).raw("tR").stop(),
                  ErrorCode::Unsupported, "posix.system");
    addHostileRow("builtins.eval by STACK_GLOBAL",
                  writer().text("builtins").text("eval").raw("\x93(").text("1").raw("tR").stop(),
                  ErrorCode::Unsupported, "builtins.eval");
    addHostileRow("os.system by INST", writer().raw("(").text(touch).raw("ios\nsystem\n").stop(), ErrorCode::Unsafe,
                  "os.system");
    addHostileRow("os.system by OBJ", writer().raw("(").global("os", "system").text(touch).raw("o").stop(),
                  ErrorCode::Unsafe, "instruction 111");
    addHostileRow("allowed class by OBJ", writer().raw("(").global("argparse", "Namespace").raw("o").stop(),
                  ErrorCode::Unsafe, "instruction 111");
    addHostileRow("allowed class by INST", writer().raw("(iargparse\nNamespace\n").stop(), ErrorCode::Unsafe,
                  "instruction 105");
    addHostileRow("getattr", writer().global("__builtin__", "getattr").stop(), ErrorCode::Unsupported,
                  "__builtin__.getattr");
    addHostileRow("torch.load", writer().global("torch", "load").stop(), ErrorCode::Unsupported, "torch.load");
    addHostileRow("dotted name", writer().text("torch").text("os.system").raw("\x93").stop(), ErrorCode::Unsupported,
                  "torch.os.system");
    addHostileRow("control characters in a name", writer().global("os\x1b[2J", "system").stop(), ErrorCode::Unsupported,
                  "os?[2J.system");
    addHostileRow("class of a package", writer().global("models.intr", "INTR").raw(")\x81").stop(),
                  ErrorCode::Unsupported, "models.intr.INTR");
    addHostileRow("REDUCE of a text", writer().text("os.system").raw(")R").stop(), ErrorCode::Unsafe, "calls a value");
    addHostileRow("REDUCE of a result", writer().global("torch", "device").raw(")R)R").stop(), ErrorCode::Unsupported,
                  "torch.device");
    addHostileRow("NEWOBJ of a number", writer().integer(3).raw(")\x81").stop(), ErrorCode::Unsafe, "calls a value");
    addHostileRow("BUILD of a list", writer().raw("]}b").stop(), ErrorCode::Unsafe, "changes the state");
    addHostileRow("BUILD of a function", writer().global("torch._utils", "_rebuild_tensor_v2").raw("}b").stop(),
                  ErrorCode::Unsafe, "changes the state");
    addHostileRow("extension registry", writer().raw("\x82\x01").stop(), ErrorCode::Unsafe, "instruction 130");
    addHostileRow("persistent id as text", writer().raw("P0\n").stop(), ErrorCode::Unsafe, "instruction 80");
    addHostileRow("memo by text", writer().raw("Np4000000000\n").stop(), ErrorCode::Unsafe, "instruction 112");
}

void addBombRows()
{
    const auto writer = [] { return PickleWriter(); };
    addHostileRow("lists in lists", writer().raw(repeated("]", 100'000) + repeated("a", 99'999)).stop(),
                  ErrorCode::TooLarge, "nested deeper than 200");
    addHostileRow("marks in marks", writer().raw(repeated("(", 100'000)).stop(), ErrorCode::TooLarge,
                  "nested deeper than 200");
    addHostileRow("tuples in tuples", writer().raw("N" + repeated("\x85", 100'000)).stop(), ErrorCode::TooLarge,
                  "nested deeper than 200");
    addHostileRow("two million tuples", writer().raw(repeated("N\x85", 1'100'000)).stop(), ErrorCode::TooLarge,
                  "more than 2000000 instructions");
    addHostileRow("a list of itself", writer().raw("]q\x01h\x01").raw("a").stop(), ErrorCode::Unsupported,
                  "no state dict");
    addHostileRow("a dictionary of itself", writer().raw("}q\x01").text("model").raw("h\x01s").stop(),
                  ErrorCode::Unsupported, "no state dict");
    addHostileRow("PUT with a huge index", writer().raw("Nr\xff\xff\xff\xff").stop(), ErrorCode::TooLarge,
                  "4294967295");
    addHostileRow("GET of nothing", writer().raw("h\x07").stop(), ErrorCode::Damaged, "recalls the value 7");
    addHostileRow("GET in a hole", writer().raw(std::string_view("Nr\xff\xff\0\0h\x07", 8)).stop(), ErrorCode::Damaged,
                  "recalls the value");
    // A dictionary copied again and again: 4 bytes of pickle for 16000 of memory.
    std::string thousand = "}(";
    for (int i = 0; i < 1000; ++i)
        thousand += "NN";
    addHostileRow(
        "copied dictionaries",
        writer()
            .global("collections", "OrderedDict")
            .raw(std::string("q\0", 2) + thousand + "u\x85q\x01" + repeated(std::string_view("h\0h\1R0", 6), 100'000))
            .stop(),
        ErrorCode::TooLarge, "builds strings and tensors");
    addHostileRow("LONG4 beyond the file", writer().raw("\x8b\xff\xff\xff\x7f\x01").stop(), ErrorCode::Damaged,
                  "2147483647 bytes are needed");
    addHostileRow("negative LONG4", writer().raw("\x8b\xff\xff\xff\xff\x01").stop(), ErrorCode::Damaged, "cut short");
    addHostileRow("BINUNICODE8 beyond the file", writer().raw("\x8d" + rawBytes(INT64_MAX) + "a").stop(),
                  ErrorCode::Damaged, "9223372036854775807 bytes are needed");
    addHostileRow("BINBYTES8 beyond everything", writer().raw("\x8e" + rawBytes(UINT64_MAX) + "a").stop(),
                  ErrorCode::Damaged, "18446744073709551615 bytes are needed");
    addHostileRow("BINUNICODE beyond the file",
                  writer()
                      .raw("X\xff\xff\xff\xff"
                           "a")
                      .stop(),
                  ErrorCode::Damaged, "4294967295");
}

void addMalformedRows()
{
    const auto writer = [] { return PickleWriter(); };
    addHostileRow("nothing", "", ErrorCode::Damaged, "cut short");
    addHostileRow("no STOP", "\x80\x02N", ErrorCode::Damaged, "cut short");
    addHostileRow("empty stack", writer().stop(), ErrorCode::Damaged, "value that is not there");
    addHostileRow("takes below a mark", writer().raw("N(a").stop(), ErrorCode::Damaged, "value that is not there");
    addHostileRow("tuple without mark", writer().raw("t").stop(), ErrorCode::Damaged, "never began");
    addHostileRow("protocol 0", "\x80\x01N.", ErrorCode::Damaged, "protocol 1");
    addHostileRow("protocol 9", "\x80\x09N.", ErrorCode::Damaged, "protocol 9");
    addHostileRow("key without value", writer().raw("}(Nu").stop(), ErrorCode::Damaged, "no value");
    addHostileRow("append to a dictionary", writer().raw("}Na").stop(), ErrorCode::Damaged, "no list");
    addHostileRow("items of a list", writer().raw("]NNs").stop(), ErrorCode::Damaged, "no dictionary");
    addHostileRow("endless name", writer().raw("c" + std::string(5000, 'a')).stop(), ErrorCode::Damaged, "has no end");
    addHostileRow("STACK_GLOBAL of numbers", writer().integer(1).integer(2).raw("\x93").stop(), ErrorCode::Damaged,
                  "no text");
    addHostileRow("tensor without storage",
                  writer().global("torch._utils", "_rebuild_tensor_v2").raw("(N").tensorTail(0, {1}, {1}).stop(),
                  ErrorCode::Damaged, "a tensor's storage");
    addHostileRow("parameter of nothing", writer().global("torch._utils", "_rebuild_parameter").raw(")R").stop(),
                  ErrorCode::Damaged, "a parameter");
    addHostileRow("storage by a call", writer().global("torch", "FloatStorage").raw(")R").stop(), ErrorCode::Damaged,
                  "a storage");
    addHostileRow("persistent number", writer().integer(1).raw("Q").stop(), ErrorCode::Damaged, "persistent");
    addHostileRow("Namespace with a list", writer().global("argparse", "Namespace").raw(")\x81]b").stop(),
                  ErrorCode::Unsupported, "argparse.Namespace");
    addHostileRow(
        "args that are copies of copies",
        [&] {
            PickleWriter pickle;
            pickle.raw("}").text("w").tensor("0", 4, 0, {4}, {1}).raw("s").text("args").raw("}q\x01").text("x");
            pickle.raw("](NNNNNNNNNNeq\x02"
                       "0");
            for (int level = 0; level < 8; ++level) // ten times itself, eight times over
                pickle.raw("](" + repeated("h\x02", 10) +
                           "eq\x02"
                           "0");
            return pickle.raw("h\x02ss").stop();
        }(),
        ErrorCode::TooLarge, "settings have more than");
}

} // namespace

/// Pickles made to run something, to exhaust the memory or to reach beyond their storages.
class TestHostilePickle : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { limitMemory(); }
    void refusesPickle_data();
    void refusesPickle();
    void refusesTensor_data();
    void refusesTensor();

private:
    ScratchFile m_file;
};

void TestHostilePickle::refusesPickle_data()
{
    addHostileColumns();
    addExecutionRows();
    addBombRows();
    addMalformedRows();
}

void TestHostilePickle::refusesPickle()
{
    QFETCH(QByteArray, bytes);
    const std::string pickle = bytes.toStdString();
    expectHostileOutcome(m_file, ZipWriter::checkpoint(pickle));
    if (QTest::currentTestFailed() || pickle.empty())
        return;
    // The same in a legacy file, where more bytes follow the pickle.
    const Outcome legacy = openAndRead(m_file.write(legacyFile(pickle, legacyKeys({"0"}), floats(4, 4))));
    QVERIFY(legacy.failed);
}

void TestHostilePickle::refusesTensor_data()
{
    addHostileColumns();
    constexpr std::int64_t huge = std::int64_t{1} << 62;
    const auto row = [](const char* name, std::int64_t count, std::int64_t offset, std::vector<std::int64_t> shape,
                        std::vector<std::int64_t> stride, ErrorCode code, const char* message) {
        addHostileRow(name, ZipWriter::checkpoint(PickleWriter::stateDict(count, offset, shape, stride)), code,
                      message);
    };
    row("product overflows", 4, 0, {huge, huge}, {1, 1}, ErrorCode::Damaged, "impossible shape");
    row("product overflows before a 0", 4, 0, {huge, huge, 0}, {1, 1, 1}, ErrorCode::Damaged, "impossible shape");
    row("bytes overflow", 4, 0, {huge}, {0}, ErrorCode::Damaged, "impossible shape");
    row("reach overflows", 4, 0, {3, 2}, {huge, huge}, ErrorCode::Damaged, "lies beyond the 4 elements");
    row("negative extent", 4, 0, {-1}, {1}, ErrorCode::Damaged, "negative");
    row("negative stride", 4, 0, {2}, {-1}, ErrorCode::Damaged, "negative");
    row("negative offset", 4, -1, {2}, {1}, ErrorCode::Damaged, "negative");
    row("negative count", -4, 0, {2}, {1}, ErrorCode::Damaged, "a storage");
    row("offset beyond", 4, 5, {0}, {1}, ErrorCode::Damaged, "lies beyond the 4 elements");
    row("huge offset", 4, INT64_MAX, {1}, {1}, ErrorCode::Damaged, "lies beyond the 4 elements");
    row("end beyond", 4, 1, {4}, {1}, ErrorCode::Damaged, "lies beyond the 4 elements");
    row("stride beyond", 4, 0, {2}, {4}, ErrorCode::Damaged, "lies beyond the 4 elements");
    row("more elements than the storage", 4, 0, {1000, 1000}, {0, 0}, ErrorCode::Damaged, "more elements than");
    row("storage larger than its entry", 5, 0, {5}, {1}, ErrorCode::Damaged, "its entry has 16 bytes");
    row("storage smaller than its entry", 3, 0, {3}, {1}, ErrorCode::Damaged, "its entry has 16 bytes");
    row("huge storage", huge, 0, {2}, {1}, ErrorCode::Damaged, "its entry has 16 bytes");
    row("shape without strides", 4, 0, {2, 2}, {1}, ErrorCode::Damaged, "strides");
    row("a hundred dimensions", 4, 0, std::vector<std::int64_t>(100, 1), std::vector<std::int64_t>(100, 1),
        ErrorCode::Damaged, "shape");

    const auto pickleRow = [](const char* name, const PickleWriter& pickle, ErrorCode code, const char* message) {
        addHostileRow(name, ZipWriter::checkpoint(pickle.stop()), code, message);
    };
    pickleRow("storage that is not there", PickleWriter().raw("}").text("w").tensor("7", 4, 0, {4}, {1}).raw("s"),
              ErrorCode::Damaged, "storage 7 is not in the archive");
    pickleRow("storage outside of its folder",
              PickleWriter().raw("}").text("w").tensor("../data.pkl", 4, 0, {4}, {1}).raw("s"), ErrorCode::Damaged,
              "storage ../data.pkl is not in the archive");
    pickleRow("two sizes of one storage",
              PickleWriter()
                  .raw("}")
                  .text("a")
                  .tensor("0", 4, 0, {4}, {1})
                  .raw("s")
                  .text("b")
                  .tensor("0", 8, 0, {4}, {1})
                  .raw("s"),
              ErrorCode::Damaged, "4 elements in one place and 8");
    pickleRow("a name twice",
              PickleWriter()
                  .raw("}")
                  .text("w")
                  .tensor("0", 4, 0, {4}, {1})
                  .raw("s")
                  .text("module.w")
                  .tensor("0", 4, 0, {4}, {1})
                  .raw("s"),
              ErrorCode::Damaged, "tensor w is there twice");
    pickleRow("a name that is not UTF-8", PickleWriter().raw("}").text("w\xff").tensor("0", 4, 0, {4}, {1}).raw("s"),
              ErrorCode::Damaged, "not UTF-8");

    // Every view alone is honest; together they are a hundred times the file.
    PickleWriter views;
    views.raw("}")
        .storage("0", 1'000'000)
        .raw("q\x01"
             "0");
    for (int i = 0; i < 100; ++i)
        views.text("w" + std::to_string(i))
            .global("torch._utils", "_rebuild_tensor_v2")
            .raw("(h\x01")
            .tensorTail(0, {1'000'000}, {1})
            .raw("s");
    addHostileRow("views that multiply memory", ZipWriter::checkpoint(views.stop(), std::string(4'000'000, '\0')),
                  ErrorCode::TooLarge, "which allows 75");
}

void TestHostilePickle::refusesTensor()
{
    QFETCH(QByteArray, bytes);
    expectHostileOutcome(m_file, bytes.toStdString());
}

QTEST_GUILESS_MAIN(TestHostilePickle)
#include "test_hostile_pickle.moc"
