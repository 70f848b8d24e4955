// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>

#include <QtTest>

#include "tests/io/hostile_rows.h"
#include "tests/io/legacy_writer.h"
#include "tests/io/pickle_writer.h"
#include "tests/io/zip_writer.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

/// An archive with the records that PyTorch writes for more than 65535 entries, whose places count from its own start.
std::string longArchive()
{
    const std::string whole = ZipWriter::archive({{"a/data.pkl", std::string(1000, '.')}});
    const std::string end = whole.substr(whole.size() - 22);
    const std::string longEnd = "PK\x06\x06" + rawBytes<std::uint64_t>(44) + std::string(44, '\0');
    const std::string locator =
        "PK\x06\x07" + std::string(4, '\0') + rawBytes<std::uint64_t>(whole.size() - 22) + std::string(4, '\1');
    return whole.substr(0, whole.size() - 22) + longEnd + locator + end;
}

} // namespace

/// Files that were cut, changed, put together wrongly or are no checkpoints at all.
class TestBrokenCheckpoint : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { limitMemory(); }
    void refusesArchive_data();
    void refusesArchive();
    void refusesLegacy_data();
    void refusesLegacy();
    void namesWhatItIs_data();
    void namesWhatItIs();
    void namesParts_data();
    void namesParts();
    void refusesTruncated_data();
    void refusesTruncated();
    void survivesBitFlips_data();
    void survivesBitFlips();
    void survivesTruncationWhileOpen();
    void stopsWhenAsked();

private:
    ScratchFile m_file;
};

void TestBrokenCheckpoint::refusesArchive_data()
{
    addHostileColumns();
    using Entries = std::vector<ZipWriter::Entry>;
    const std::string pickle = PickleWriter::stateDict(4, 0, {4}, {1});
    const std::string data(16, '\0');
    const auto row = [](const char* name, const Entries& entries, ErrorCode code, const char* message) {
        addHostileRow(name, ZipWriter::archive(entries), code, message);
    };
    const ZipWriter::Entry object{"a/data.pkl", pickle};
    const ZipWriter::Entry storage{"a/data/0", data};
    row("no data.pkl", {{"a/readme", "x"}, storage}, ErrorCode::Unsupported, "no data.pkl");
    row("no entry at all", {}, ErrorCode::Unsupported, "no data.pkl");
    row("two data.pkl", {object, {"b/data.pkl", pickle}, storage}, ErrorCode::Damaged, "more than one data.pkl");
    row("no storage", {object}, ErrorCode::Damaged, "storage 0 is not in the archive");
    row("duplicate entry", {object, storage, storage}, ErrorCode::Damaged, "duplicate");
    row("duplicate data.pkl", {object, storage, object}, ErrorCode::Damaged, "duplicate");
    row("compressed", {object, {"a/data/0", data, 8}}, ErrorCode::Unsupported, "a/data/0 is compressed");
    row("encrypted", {object, {"a/data/0", data, 0, 1}}, ErrorCode::Unsupported, "a/data/0 is encrypted");
    row("wrong CRC of a storage", {object, {"a/data/0", data, 0, 0, 1}}, ErrorCode::Damaged, "CRC");
    row("wrong CRC of data.pkl", {{"a/data.pkl", pickle, 0, 0, 1}, storage}, ErrorCode::Damaged, "CRC");
    row("size beyond the file", {object, {"a/data/0", data, 0, 0, 0, 0x7FFFFFFF}}, ErrorCode::Damaged, "zip archive");
    row("two names for one place", {storage, object, {"a/data/1", data, 0, 0, 0, UINT32_MAX, 0}}, ErrorCode::Damaged,
        "contradict each other");
    // The second entry lies, header and all, in the data of the first one, after its header of 30 bytes and its name.
    row("an entry inside another one",
        {{"a/outer", ZipWriter::localEntry(storage)}, {"a/data/0", data, 0, 0, 0, UINT32_MAX, 37}, object},
        ErrorCode::Damaged, "entries may not overlap");
    row("big-endian", {object, storage, {"a/byteorder", "big"}}, ErrorCode::Unsupported, "big-endian");
    row("TorchScript", {object, storage, {"a/constants.pkl", pickle}}, ErrorCode::Unsupported, "TorchScript");

    const std::string whole = ZipWriter::archive({object, storage});
    // APPNOTE.TXT 4.3.14: a directory of 2^40 entries, which must not be allocated.
    const std::string longEnd = "PK\x06\x06" + rawBytes<std::uint64_t>(44) + std::string(12, '\0') +
                                rawBytes(std::uint64_t{1} << 40) + rawBytes(std::uint64_t{1} << 40) +
                                std::string(16, '\0');
    const std::string locator =
        "PK\x06\x07" + std::string(4, '\0') + rawBytes<std::uint64_t>(whole.size() - 22) + std::string(4, '\1');
    addHostileRow("a directory of 2^40 entries",
                  whole.substr(0, whole.size() - 22) + longEnd + locator + whole.substr(whole.size() - 22),
                  ErrorCode::TooLarge, "1099511627776 entries");
    addHostileRow("only a signature", "PK\x03\x04", ErrorCode::Damaged, "zip archive");
}

void TestBrokenCheckpoint::refusesArchive()
{
    QFETCH(QByteArray, bytes);
    expectHostileOutcome(m_file, bytes.toStdString());
}

void TestBrokenCheckpoint::refusesLegacy_data()
{
    addHostileColumns();
    const std::string object = PickleWriter::stateDict(4, 0, {4}, {1});
    const std::string keys = legacyKeys({"0"});
    addHostileRow("count beyond the file", legacyFile(object, keys, floats(INT64_MAX, 4)), ErrorCode::Damaged,
                  "the file says 9223372036854775807");
    addHostileRow("negative count", legacyFile(object, keys, floats(-1, 4)), ErrorCode::Damaged, "the file says -1");
    addHostileRow("both counts huge",
                  legacyFile(PickleWriter::stateDict(INT64_MAX, 0, {4}, {1}), keys, floats(INT64_MAX, 4)),
                  ErrorCode::Damaged, "16 bytes are left");
    addHostileRow("storage cut short", legacyFile(object, keys, floats(4, 3)), ErrorCode::Damaged, "12 bytes are left");
    addHostileRow("no storages", legacyFile(object, keys, ""), ErrorCode::Damaged, "are needed");
    addHostileRow("storage not listed", legacyFile(object, legacyKeys({}), ""), ErrorCode::Damaged,
                  "storage 0 is not in the file");
    addHostileRow("storage listed twice", legacyFile(object, legacyKeys({"0", "0"}), floats(4, 4) + floats(4, 4)),
                  ErrorCode::Damaged, "twice");
    addHostileRow("unknown storage listed", legacyFile(object, legacyKeys({"1"}), floats(4, 4)), ErrorCode::Damaged,
                  "names 1, which nothing refers to");
    addHostileRow("keys that are no list", legacyFile(object, PickleWriter().raw("N").stop(), floats(4, 4)),
                  ErrorCode::Damaged, "list of its storages");
    addHostileRow("big-endian", legacyFile(object, keys, floats(4, 4), false), ErrorCode::Unsupported, "big-endian");
    addHostileRow("another magic number", PickleWriter().integer(42).stop(), ErrorCode::Unsupported,
                  "not one of torch.save");

    const auto view = [&](std::int64_t first, std::int64_t count, std::int64_t elements) {
        const PickleWriter pickle = PickleWriter()
                                        .raw("}")
                                        .text("w")
                                        .global("torch._utils", "_rebuild_tensor_v2")
                                        .raw("(")
                                        .storage("0", 4, "FloatStorage", {first, count});
        return legacyFile(PickleWriter(pickle).tensorTail(0, {elements}, {1}).raw("s").stop(), keys, floats(4, 4));
    };
    addHostileRow("view beyond its storage", view(2, 3, 1), ErrorCode::Damaged, "a view lies beyond");
    addHostileRow("view that overflows", view(INT64_MAX, INT64_MAX, 1), ErrorCode::Damaged, "a view lies beyond");
    addHostileRow("tensor beyond its view", view(1, 2, 3), ErrorCode::Damaged, "lies beyond the 2 elements");
}

void TestBrokenCheckpoint::refusesLegacy()
{
    QFETCH(QByteArray, bytes);
    expectHostileOutcome(m_file, bytes.toStdString());
}

void TestBrokenCheckpoint::namesWhatItIs_data()
{
    addHostileColumns();
    addHostileRow("empty", "", ErrorCode::Damaged, "empty");
    addHostileRow("JPEG", "\xff\xd8\xff\xe0 and so on", ErrorCode::Unsupported, "a JPEG picture");
    addHostileRow("HDF5", "\x89HDF\r\n\x1a\n and so on", ErrorCode::Unsupported, "HDF5");
    addHostileRow("web page", "<!DOCTYPE html><html>", ErrorCode::Unsupported, "a web page");
    addHostileRow("Git LFS", "version https://git-lfs.github.com/spec/v1\n", ErrorCode::Unsupported, "Git LFS");
    addHostileRow("tar", std::string(257, 'a') + "ustar", ErrorCode::Unsupported, "a tar archive");
    addHostileRow("text", "hello", ErrorCode::Unsupported, "expected a file of torch.save");
    addHostileRow("Python pickle", PickleWriter().text("hello").stop(), ErrorCode::Unsupported,
                  "not one of torch.save");
    const auto saved = [](const char* name, ErrorCode code, const char* message) {
        addHostileRow(name, testFile(name).toStdString(), code, message);
    };
    saved("torchscript.pt", ErrorCode::Unsupported, "TorchScript");
    const ZipWriter::Entry packed{"intr.pth", ZipWriter::checkpoint(PickleWriter::stateDict(4, 0, {4}, {1}))};
    addHostileRow("a checkpoint in a zip", ZipWriter::archive({{"__MACOSX/._intr.pth", "x"}, packed}),
                  ErrorCode::Unsupported, "Unpack the archive and open intr.pth");
    addHostileRow("a large checkpoint in a zip", ZipWriter::archive({{"intr.pth", longArchive()}}),
                  ErrorCode::Unsupported, "Unpack the archive and open intr.pth");
    saved("single_tensor.pth", ErrorCode::Unsupported, "a single tensor");
    saved("not_tensors.pth", ErrorCode::Unsupported, "found: epoch, optimizer");
    saved("complex.pth", ErrorCode::Unsupported, "tensor a has complex");
}

void TestBrokenCheckpoint::namesWhatItIs()
{
    QFETCH(QByteArray, bytes);
    expectHostileOutcome(m_file, bytes.toStdString());
}

void TestBrokenCheckpoint::namesParts_data()
{
    QTest::addColumn<QString>("bytes");
    QTest::addColumn<QString>("message");
    QTest::newRow("model.safetensors.index.json") << R"({"metadata":{"total_size":4},"weight_map":{}})"
                                                  << "expected a weight_map";
    QTest::newRow("no.safetensors.index.json") << "[1]"
                                               << "expected a weight_map";
    QTest::newRow("elsewhere.safetensors.index.json") << R"({"weight_map":{"a":"../a.safetensors"}})"
                                                      << "got another place";
    QTest::newRow("pickles.safetensors.index.json") << R"({"weight_map":{"a":"a.bin"}})"
                                                    << "got another kind";
    QTest::newRow("number.safetensors.index.json") << R"({"weight_map":{"a":7}})"
                                                   << "a file's name";
    QTest::newRow("missing.safetensors.index.json") << R"({"weight_map":{"a":"missing.safetensors"}})"
                                                    << "missing.safetensors";
    QTest::newRow("pytorch_model.bin.index.json") << "{}"
                                                  << "the index of a checkpoint in parts";
    QTest::newRow("model-00001-of-00002.safetensors") << "12345678{}"
                                                      << "part 1 of 2";
    QTest::newRow("pytorch_model-00002-of-00010.bin") << "PK"
                                                      << "part 2 of 10";
    QTest::newRow("model-00001-of-00001.safetensors") << "12345678{}"
                                                      << "header claims";
    QTest::newRow("settings.json") << "{}"
                                   << "this is no checkpoint";
}

void TestBrokenCheckpoint::namesParts()
{
    QFETCH(QString, bytes);
    QFETCH(QString, message);
    const std::filesystem::path path = m_file.path(QTest::currentDataTag());
    std::filesystem::rename(m_file.write(bytes.toStdString()), path);
    const Outcome outcome = openAndRead(path);
    QVERIFY(outcome.failed);
    QVERIFY2(outcome.message.contains(message), qPrintable(outcome.message));
    QCOMPARE(outcome.message.contains("save_file"), message.contains("part"));
}

void TestBrokenCheckpoint::refusesTruncated_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char* name : {"bare_zip.pth", "bare_legacy.pth", "protocol4_zip.pth", "protocol4_legacy.pth",
                             "released_zip.pth", "released_legacy.pth"})
        QTest::newRow(name) << testFile(name);
}

void TestBrokenCheckpoint::refusesTruncated()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!bytes.isEmpty());
    for (qsizetype fiftieth = 0; fiftieth < 50; ++fiftieth) {
        const std::string cut = bytes.first(bytes.size() * fiftieth / 50).toStdString();
        const Outcome outcome = openAndRead(m_file.write(cut));
        QVERIFY2(outcome.failed, qPrintable(QString("%1/50 was accepted").arg(fiftieth)));
        QVERIFY2(outcome.code == ErrorCode::Damaged, qPrintable(outcome.message));
    }
}

void TestBrokenCheckpoint::survivesBitFlips_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("checked"); // whether a CRC covers the values
    for (const char* name : {"bare_zip.pth", "released_zip.pth", "protocol4_zip.pth"})
        QTest::newRow(name) << testFile(name) << true;
    for (const char* name : {"bare_legacy.pth", "released_legacy.pth", "protocol4_legacy.pth"})
        QTest::newRow(name) << testFile(name) << false;
}

void TestBrokenCheckpoint::survivesBitFlips()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, checked);
    const Outcome whole = openAndRead(m_file.write(bytes.toStdString()));
    QVERIFY(!whole.failed);
    std::mt19937 random(20240607);
    int refused = 0;
    for (int i = 0; i < 600; ++i) {
        std::string flipped = bytes.toStdString();
        const std::size_t at = random() % flipped.size();
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << random() % 8));
        const Outcome outcome = openAndRead(m_file.write(flipped));
        refused += outcome.failed ? 1 : 0;
        if (outcome.failed)
            QVERIFY(!outcome.message.isEmpty());
        else if (checked)
            QVERIFY2(outcome.values == whole.values, qPrintable(QString("byte %1").arg(at)));
    }
    QVERIFY2(refused > 100, qPrintable(QString("only %1 of 600 were refused").arg(refused)));
}

void TestBrokenCheckpoint::survivesTruncationWhileOpen()
{
    constexpr std::size_t count = 1 << 20; // more than any buffer holds
    const std::string object = PickleWriter::stateDict(count, 0, {count}, {1});
    for (const std::string& bytes : {ZipWriter::checkpoint(object, std::string(4 * count, '\0')),
                                     legacyFile(object, legacyKeys({"0"}), floats(count, count))}) {
        const std::filesystem::path path = m_file.write(bytes);
        const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path);
        std::filesystem::resize_file(path, 1000);
        QVERIFY_EXCEPTION_THROWN(readAll(*checkpoint), Error);
    }
}

void TestBrokenCheckpoint::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const std::filesystem::path path = m_file.write(testFile("bare_zip.pth").toStdString());
    try {
        Checkpoint::open(path, Progress(stop.get_token()));
        QFAIL("it went on");
    } catch (const Error& error) {
        QCOMPARE(static_cast<int>(error.code()), static_cast<int>(ErrorCode::Cancelled));
    }
}

QTEST_GUILESS_MAIN(TestBrokenCheckpoint)
#include "test_broken_checkpoint.moc"
