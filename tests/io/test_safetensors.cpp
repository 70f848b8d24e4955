// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include <QtTest>

#include "core/io/checkpoint.h"
#include "core/io/safetensors_reader.h"
#include "core/io/safetensors_writer.h"
#include "tests/io/hostile_rows.h"
#include "tests/io/pickle_writer.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

/// A file with that header before `dataBytes` zeros.
std::string fileOf(const std::string& header, std::size_t dataBytes = 0)
{
    return rawBytes<std::uint64_t>(header.size()) + header + std::string(dataBytes, '\0');
}

std::string tensorEntry(const std::string& name, const std::string& shape, const std::string& offsets,
                        const std::string& dtype = "F32")
{
    return R"(")" + name + R"(":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

/// Two tensors by a function, to write.
class TestSource : public TensorSource {
public:
    explicit TestSource(float scale = 1) : m_scale(scale) {}

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = m_scale * (static_cast<float>(i) / 3 + static_cast<float>(tensor.shape.size()));
    }

private:
    float m_scale;
    std::vector<TensorInfo> m_tensors{{"a.\"quoted\" \xc3\xa4", DType::Float32, {2, 3}},
                                      {"b", DType::Float64, {}},
                                      {"c", DType::Int64, {4}},
                                      {"d", DType::Float32, {0}}};
};

} // namespace

/// Headers that lie, and the way there and back.
class TestSafetensors : public QObject {
    Q_OBJECT

private slots:
    void namesThatAreNoUtf8AreReplaced();
    void initTestCase() { limitMemory(); }
    void refusesHeader_data();
    void refusesHeader();
    void refusesTruncated();
    void survivesBitFlips();
    void refusesToWrite();
    void writesAndReads_data();
    void writesAndReads();
    void opensHeadersOfEveryLength();

private:
    ScratchFile m_file;
};

void TestSafetensors::refusesHeader_data()
{
    addHostileColumns();
    const auto row = [](const char* name, const std::string& header, const char* message,
                        ErrorCode code = ErrorCode::Damaged,
                        std::size_t dataBytes = 16) { addHostileRow(name, fileOf(header, dataBytes), code, message); };
    const std::string good = tensorEntry("a", "[4]", "[0,16]");
    addHostileRow("header beyond the file", rawBytes<std::uint64_t>(1000) + "{}", ErrorCode::Damaged,
                  "claims 1000 bytes");
    addHostileRow("header of 2^63 bytes", rawBytes(std::uint64_t{1} << 63) + "{}", ErrorCode::TooLarge,
                  "9223372036854775808");
    row("no JSON", "{hello", "not valid JSON");
    row("cut JSON", "{" + good, "not valid JSON");
    row("two values", "{" + good + "}{}", "not valid JSON");
    row("not UTF-8", "{" + tensorEntry("\xff", "[4]", "[0,16]") + "}", "not valid JSON");
    row("nested deeply", "{\"a\":" + std::string(1'000'000, '[') + "}", "a list where none belongs");
    row("objects nested", R"({"a":{"dtype":{"dtype":{}}}})", "an object where none belongs");
    row("lists nested", R"({"a":{"shape":[[[[]]]]}})", "a list where none belongs");
    row("a number for a tensor", R"({"a":1})", "a number where none belongs");
    row("a list for a tensor", R"({"a":[1]})", "a list where none belongs");
    row("metadata of a number", R"({"__metadata__":{"a":1}})", "a number where none belongs");
    row("metadata of an object", R"({"__metadata__":{"a":{}}})", "an object where none belongs");
    row("metadata twice the same", R"({"__metadata__":{"a":"x","a":"y"}})", "names a twice");
    row("a name twice", "{" + good + "," + good + "}", "names a twice");
    row("a name twice without module.",
        "{" + tensorEntry("a", "[2]", "[0,8]") + "," + tensorEntry("module.a", "[2]", "[8,16]") + "}",
        "a is there twice");
    row("an unknown field", R"({"a":{"dtype":"F32","shape":[4],"offsets":[0,16]}})", "unexpected");
    row("a field twice", R"({"a":{"dtype":"F32","dtype":"F32"}})", "unexpected or repeated field dtype");
    row("a field missing", R"({"a":{"dtype":"F32","shape":[4]}})", "not all of dtype");
    row("unknown type", "{" + tensorEntry("a", "[4]", "[0,16]", "F8_E4M3") + "}", "element type F8_E4M3",
        ErrorCode::Unsupported);
    row("negative extent", "{" + tensorEntry("a", "[-4]", "[0,16]") + "}", "a negative number");
    row("broken extent", "{" + tensorEntry("a", "[4.5]", "[0,16]") + "}", "not whole");
    row("extent over 63 bits", "{" + tensorEntry("a", "[9223372036854775808]", "[0,16]") + "}", "63 bits");
    row("extent over 64 bits", "{" + tensorEntry("a", "[99999999999999999999]", "[0,16]") + "}", "not whole");
    row("product overflows", "{" + tensorEntry("a", "[4294967296,4294967296,4]", "[0,16]") + "}", "impossible shape");
    row("many dimensions", "{" + tensorEntry("a", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4]", "[0,16]") + "}",
        "more than 16 dimensions");
    row("three offsets", "{" + tensorEntry("a", "[4]", "[0,8,16]") + "}", "not two numbers");
    row("offsets backwards", "{" + tensorEntry("a", "[4]", "[16,0]") + "}", "needs 16 bytes");
    row("extent and offsets differ", "{" + tensorEntry("a", "[3]", "[0,16]") + "}", "needs 12 bytes");
    row("beyond the file", "{" + good + "}", "the file has 8", ErrorCode::Damaged, 8);
    row("bytes left over", "{" + good + "}", "the file has 17", ErrorCode::Damaged, 17);
    row("huge offsets", "{" + tensorEntry("a", "[1]", "[18446744073709551611,18446744073709551615]") + "}", "gap");
    row("overlap", "{" + tensorEntry("a", "[3]", "[0,12]") + "," + tensorEntry("b", "[2]", "[8,16]") + "}",
        "where another one lies");
    row("gap", "{" + tensorEntry("a", "[2]", "[0,8]") + "," + tensorEntry("b", "[1]", "[12,16]") + "}",
        "a gap is left");
    row("no tensor but data", "{}", "end at byte 0");

    std::string many = "{";
    for (int i = 0; i < 120'000; ++i)
        many += (i ? "," : "") + tensorEntry(std::to_string(i), "[]", "[0,4]");
    row("more tensors than any model has", many + "}", "more than 100000 tensors", ErrorCode::TooLarge);
    std::string metadata = R"({"__metadata__":{)";
    for (int i = 0; i < 20'000; ++i)
        metadata += (i ? ",\"" : "\"") + std::to_string(i) + "\":\"\"";
    row("endless metadata", metadata + "}}", "more than 10000 entries", ErrorCode::TooLarge);
}

void TestSafetensors::refusesHeader()
{
    QFETCH(QByteArray, bytes);
    expectHostileOutcome(m_file, bytes.toStdString());
}

void TestSafetensors::refusesTruncated()
{
    const QByteArray whole = testFile("bare.safetensors");
    for (qsizetype fiftieth = 0; fiftieth < 50; ++fiftieth) {
        const Outcome outcome = openAndRead(m_file.write(whole.first(whole.size() * fiftieth / 50).toStdString()));
        QVERIFY(outcome.failed);
        QVERIFY2(outcome.code == ErrorCode::Damaged, qPrintable(outcome.message));
    }
}

void TestSafetensors::survivesBitFlips()
{
    const QByteArray whole = testFile("bare.safetensors");
    std::size_t refused = 0;
    for (qsizetype at = 0; at < whole.size(); ++at) {
        std::string flipped = whole.toStdString();
        flipped[static_cast<std::size_t>(at)] =
            static_cast<char>(flipped[static_cast<std::size_t>(at)] ^ (1 << at % 8));
        refused += openAndRead(m_file.write(flipped)).failed ? 1 : 0;
    }
    QVERIFY(refused > 200);
}

void TestSafetensors::refusesToWrite()
{
    const std::filesystem::path path = m_file.path("written.safetensors");
    QVERIFY_EXCEPTION_THROWN(writeSafetensors(path, TestSource(), DType::BFloat16), Error);
    QVERIFY_EXCEPTION_THROWN(writeSafetensors(path, TestSource(50'000), DType::Float16), Error);
    QVERIFY_EXCEPTION_THROWN(writeSafetensors("/nonexistent/a", TestSource(), DType::Float32), Error);
    QVERIFY2(!std::filesystem::exists(path), "a part of a file was left");
}

void TestSafetensors::writesAndReads_data()
{
    QTest::addColumn<bool>("half");
    QTest::newRow("float32") << false;
    QTest::newRow("float16") << true;
}

void TestSafetensors::writesAndReads()
{
    QFETCH(bool, half);
    const TestSource source;
    const std::filesystem::path path = m_file.path("written.safetensors");
    writeSafetensors(path, source, half ? DType::Float16 : DType::Float32, {{"nheads", "8"}, {"quote", "\"\n"}});

    const SafetensorsReader reader(path);
    QCOMPARE(reader.args()["nheads"].get<std::string>(), std::string("8"));
    QCOMPARE(reader.args()["quote"].get<std::string>(), std::string("\"\n"));
    QCOMPARE(reader.tensors().size(), std::size_t{3}); // the whole numbers are no weights
    for (const TensorInfo& tensor : reader.tensors()) {
        QCOMPARE(tensor.shape, source.find(tensor.name)->shape);
        std::vector<float> expected(static_cast<std::size_t>(tensor.count()));
        std::vector<float> got(expected.size());
        source.read(tensor, expected);
        reader.read(tensor, got);
        for (std::size_t i = 0; i < got.size(); ++i)
            QVERIFY(std::abs(got[i] - expected[i]) <= (half ? std::abs(expected[i]) * 0x1p-11F : 0.0F));
    }
}

void TestSafetensors::opensHeadersOfEveryLength()
{
    // Padded to a multiple of eight, so steps of four reach every length's first byte, a pickle's 0x80 among them.
    const std::filesystem::path path = m_file.path("written.safetensors");
    for (std::size_t length = 0; length < 256; length += 4) {
        writeSafetensors(path, TestSource(), DType::Float32, {{"note", std::string(length, '.')}});
        QCOMPARE(Checkpoint::open(path)->args()["note"].get<std::string>().size(), length);
    }
}

/// Folders can be named with any bytes, and classes are named after folders.
void TestSafetensors::namesThatAreNoUtf8AreReplaced()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.safetensors").toStdString();
    writeSafetensors(path, TestSource(), DType::Float32, {{"classes", "Papilio \xFF"}});
    QFile file(folder.filePath("a.safetensors"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("Papilio \xEF\xBF\xBD"));
}

QTEST_GUILESS_MAIN(TestSafetensors)
#include "test_safetensors.moc"
