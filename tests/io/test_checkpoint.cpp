// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include <QtTest>

#include "core/io/safetensors_reader.h"
#include "tests/io/test_files.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

/// What tests/scripts/make_checkpoints.py puts into a tensor: element i of tensor t is t + i / 64.
std::vector<float> numbered(int t, std::size_t count)
{
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(t) + static_cast<float>(i) / 64;
    return values;
}

struct Expected {
    const char* name;
    DType dtype;
    std::vector<std::int64_t> shape;
    int t;
};

const std::vector<Expected> bare{
    {"a.float32", DType::Float32, {2, 3, 2}, 0},
    {"b.float16", DType::Float16, {3, 4}, 1},
    {"c.bfloat16", DType::BFloat16, {5}, 1},
    {"d.float64", DType::Float64, {7}, 3},
    {"e.scalar", DType::Float32, {}, 4},
    {"f.empty", DType::Float32, {0, 3}, 5},
    {"g.shared_first", DType::Float32, {6}, 6},
    {"h.shared_second", DType::Float32, {2, 3}, 7},
    {"i.transposed", DType::Float32, {3, 4}, 8},
    {"j.columns", DType::Float32, {3, 3}, 9},
    {"k.every_other", DType::Float32, {4}, 10},
    {"l.parameter", DType::Float32, {2, 2}, 11},
    {"m.channels_last", DType::Float32, {1, 2, 2, 2}, 12},
    {"n.num_batches_tracked", DType::Int64, {}, 13},
};

const std::vector<Expected> released{
    {"0.bias", DType::Float32, {2}, 1},         {"0.weight", DType::Float32, {2, 3}, 0},
    {"1.bias", DType::Float32, {2}, 3},         {"1.num_batches_tracked", DType::Int64, {}, 6},
    {"1.running_mean", DType::Float32, {2}, 4}, {"1.running_var", DType::Float32, {2}, 5},
    {"1.weight", DType::Float32, {2}, 2},
};

std::unique_ptr<Checkpoint> openTestFile(const char* name)
{
    return Checkpoint::open(std::string(OCELLUS_TEST_DATA "/io/") + name);
}

} // namespace

/// Files by the real torch.save, in both formats and several protocols: every tensor, value by value.
class TestCheckpoint : public QObject {
    Q_OBJECT

private slots:
    void refusesRead();
    void refusesPath_data();
    void refusesPath();
    void readsTensors_data();
    void readsTensors();
    void readsArgs_data();
    void readsArgs();
    void hasNoArgsWhereNoneAre();
    void givesSafetensorsMetadata();
    void reportsProgress();
};

void TestCheckpoint::refusesRead()
{
    const std::unique_ptr<Checkpoint> checkpoint = openTestFile("bare_zip.pth");
    std::vector<float> values(1);
    const auto codeOf = [&](const TensorInfo& tensor) {
        try {
            checkpoint->read(tensor, values);
            return -1;
        } catch (const Error& error) {
            return static_cast<int>(error.code());
        }
    };
    QCOMPARE(codeOf({"nothing", DType::Float32, {1}}), static_cast<int>(ErrorCode::NotFound));
    QCOMPARE(codeOf(*checkpoint->find("n.num_batches_tracked")), static_cast<int>(ErrorCode::Unsupported));
    QCOMPARE(codeOf(*checkpoint->find("a.float32")), static_cast<int>(ErrorCode::Internal)); // room for one of twelve
    QCOMPARE(codeOf(*checkpoint->find("e.scalar")), -1);
}

void TestCheckpoint::refusesPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("nothing there") << "/nonexistent/a.pth" << static_cast<int>(ErrorCode::NotFound) << "No such file";
    QTest::newRow("a folder") << QDir::tempPath() << static_cast<int>(ErrorCode::Unreadable) << "a folder";
    QTest::newRow("a device") << "/dev/zero" << static_cast<int>(ErrorCode::Unreadable) << "a device";
    QTest::newRow("below a file") << OCELLUS_TEST_DATA "/io/bare_zip.pth/a" << static_cast<int>(ErrorCode::NotFound)
                                  << "Not a directory";
}

void TestCheckpoint::refusesPath()
{
    QFETCH(QString, path);
    QFETCH(int, code);
    QFETCH(QString, message);
    const Outcome outcome = openAndRead(path.toStdString());
    QVERIFY(outcome.failed);
    QCOMPARE(static_cast<int>(outcome.code), code);
    QVERIFY2(outcome.message.contains(message), qPrintable(outcome.message));
}

void TestCheckpoint::readsTensors_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<bool>("isBare");
    for (const char* name :
         {"bare_zip.pth", "protocol3_zip.pth", "protocol4_zip.pth", "protocol5_zip.pth", "module_prefix.pth"})
        QTest::newRow(name) << "PyTorch zip" << true;
    for (const char* name : {"bare_legacy.pth", "protocol4_legacy.pth"})
        QTest::newRow(name) << "PyTorch legacy" << true;
    QTest::newRow("bare.safetensors") << "safetensors" << true;
    QTest::newRow("released_zip.pth") << "PyTorch zip" << false;
    QTest::newRow("released_legacy.pth") << "PyTorch legacy" << false;
}

void TestCheckpoint::readsTensors()
{
    QFETCH(QString, format);
    QFETCH(bool, isBare);
    const std::vector<Expected>& expected = isBare ? bare : released;
    const std::unique_ptr<Checkpoint> checkpoint = openTestFile(QTest::currentDataTag());
    QCOMPARE(QString::fromStdString(checkpoint->format()), format);
    QCOMPARE(checkpoint->fileBytes(), static_cast<std::uint64_t>(testFile(QTest::currentDataTag()).size()));
    QCOMPARE(checkpoint->tensors().size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const TensorInfo& tensor = checkpoint->tensors()[i];
        QCOMPARE(tensor.name.c_str(), expected[i].name);
        QCOMPARE(toString(tensor.dtype), toString(expected[i].dtype));
        QCOMPARE(tensor.shape, expected[i].shape);
        if (tensor.dtype == DType::Int64)
            continue;
        std::vector<float> values(static_cast<std::size_t>(tensor.count()), -1.0F);
        // Twice: the first reading checks the CRC, the second one seeks.
        for (int reading = 0; reading < 2; ++reading) {
            checkpoint->read(tensor, values);
            QVERIFY2(values == numbered(expected[i].t, values.size()), tensor.name.c_str());
        }
    }
}

void TestCheckpoint::readsArgs_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("zip") << "released_zip.pth";
    QTest::newRow("legacy") << "released_legacy.pth";
}

void TestCheckpoint::readsArgs()
{
    QFETCH(QString, name);
    const nlohmann::json args = openTestFile(qPrintable(name))->args();
    // The device, the array, the number, the bytes and the infinite value are left out, as is args itself; a set is a
    // list.
    QCOMPARE(QString::fromStdString(args.dump()),
             QString(R"({"backbone":"resnet50","betas":[0.9,0.999],"dilation":false,"extents":[800,1333],"lr":0.0001,)"
                     R"("masks":null,"names":["a","b"],"nested":{"dropout":0.1},"nheads":8,"output_dir":"/tmp/run",)"
                     R"("pre_norm":true})"));
}

void TestCheckpoint::hasNoArgsWhereNoneAre()
{
    QVERIFY(openTestFile("bare_zip.pth")->args().is_null());
    QVERIFY(openTestFile("module_prefix.pth")->args().is_null());
}

void TestCheckpoint::givesSafetensorsMetadata()
{
    QCOMPARE(QString::fromStdString(openTestFile("bare.safetensors")->args().dump()),
             QString(R"({"format":"pt","nheads":"8"})"));
}

void TestCheckpoint::reportsProgress()
{
    for (const char* name : {"released_zip.pth", "released_legacy.pth", "bare.safetensors"}) {
        std::vector<double> fractions;
        const Progress progress({}, [&](Stage stage, double fraction) {
            QCOMPARE(static_cast<int>(stage), static_cast<int>(Stage::Read));
            fractions.push_back(fraction);
        });
        Checkpoint::open(std::string(OCELLUS_TEST_DATA "/io/") + name, progress);
        QVERIFY(fractions.size() >= 2);
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        QCOMPARE(fractions.back(), 1.0);
    }
}

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "test_checkpoint.moc"
